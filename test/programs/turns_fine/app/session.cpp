#include "app/session.h"

#include <unistd.h>

namespace app {

void session::ready() {
  if (net::readable(fd, 0))
    read_line();
}

void session::read_line() {
  char next = 0;
  while (next != '\n' && net::readable(fd, 0))
    ::read(fd, &next, 1);
}

} // namespace app
