#include <cstdio>
#include <string>
#include <sys/socket.h>

int say(int sock, const std::string &text) {
  int rc = send(sock, text.c_str(), text.size(), 0);
  if (rc == -1) {
    perror("send");
    return -1;
  }
  return 0;
}
