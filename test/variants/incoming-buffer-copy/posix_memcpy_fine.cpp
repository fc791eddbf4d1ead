#include <cstring>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

static int commands, bytes;

struct header {
  unsigned length, kind;
};

void on_readable(int fd) {
  char buffer[4096];
  ssize_t size = recv(fd, buffer, sizeof buffer, 0);
  header head;
  if (size < static_cast<ssize_t>(sizeof head))
    return;
  memcpy(&head, buffer, sizeof head);
  bytes += head.length;
}
