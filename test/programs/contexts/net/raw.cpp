#include "raw.h"

#include <sys/socket.h>

namespace net {

// Its descriptors are made non-blocking in another file.
int receive(int fd, void *data, unsigned long size) { return ::recv(fd, data, size, 0); }

void drain(int fd) {
  char data[64];
  while (receive(fd, data, sizeof data) > 0) {
  }
}

} // namespace net
