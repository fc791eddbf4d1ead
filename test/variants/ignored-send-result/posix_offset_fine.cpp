#include <cstddef>
#include <sys/socket.h>

bool send_all(int s, const char *buf, std::size_t len) {
  std::size_t total = 0;
  do {
    int n = send(s, buf + total, len - total, 0);
    if (n < 0)
      return false;
    total += n;
  } while (total < len);
  return true;
}
