#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

bool line(int fd, std::string &out) {
  char data[4096];
  ssize_t n;
  while ((n = recv(fd, data, sizeof data, 0)) > 0)
    out.append(data, n);
  return n == 0;
}
