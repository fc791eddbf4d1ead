#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

bool line(int fd, std::string &out) {
  char c;
  while (recv(fd, &c, 1, 0) > 0) {
    out.push_back(c);
    if (c == '\n')
      return true;
  }
  return false;
}
