#include <string>
#include <sys/socket.h>

struct Channel {
  int fd;
  bool Put(const void *data, unsigned size) const {
    return ::sendto(fd, data, size, MSG_NOSIGNAL, nullptr, 0) == static_cast<ssize_t>(size);
  }
};
