#include <cstddef>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

void push(int fd, const std::string *lines, std::size_t count) {
  for (std::size_t i = 0; i < count; i++) {
    while (send(fd, lines[i].c_str(), lines[i].size(), MSG_DONTWAIT) != static_cast<ssize_t>(lines[i].size()))
      usleep(500);
  }
}
