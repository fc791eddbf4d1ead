#include <cstring>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

static int commands, bytes;

static void count(const char *data, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    bytes += data[i];
}

void on_readable(int fd) {
  char buffer[4096];
  ssize_t size = recv(fd, buffer, sizeof buffer, 0);
  if (size <= 0)
    return;
  char copy[4096];
  memcpy(copy, buffer, size);
  count(copy, size);
}
