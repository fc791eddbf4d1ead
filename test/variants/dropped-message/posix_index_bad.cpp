#include <cstddef>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

void push(int fd, const std::string *lines, std::size_t count) {
  for (std::size_t i = 0; i < count; i++) {
    if (send(fd, lines[i].c_str(), lines[i].size(), MSG_DONTWAIT) < 0)
      usleep(500);
  }
}
