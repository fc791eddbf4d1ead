#include <cerrno>
#include <ctime>
#include <string>
#include <sys/socket.h>
#include <vector>

int flush(int fd, const std::vector<std::string> &frames) {
  for (auto it = frames.begin(); it != frames.end(); ++it) {
    ssize_t n = send(fd, it->data(), it->size(), MSG_DONTWAIT);
    if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      timespec pause{0, 1000000};
      nanosleep(&pause, nullptr);
      continue;
    }
    if (n != static_cast<ssize_t>(it->size()))
      return -1;
  }
  return 0;
}
