#include <cstdio>
#include <string>
#include <sys/socket.h>

struct Connection {
  int sockfd;
  void Send(const std::string &message) {
    int n = send(sockfd, message.data(), message.size(), 0);
    printf("[%d] sent %d bytes\n", sockfd, n);
  }
};
