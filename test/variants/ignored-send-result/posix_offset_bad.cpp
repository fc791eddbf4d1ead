#include <cstddef>
#include <sys/socket.h>

void send_all(int s, const char *buf, std::size_t len) {
  std::size_t total = 0;
  do {
    int n = send(s, buf + total, len - total, 0);
    total += n;
  } while (total < len);
}
