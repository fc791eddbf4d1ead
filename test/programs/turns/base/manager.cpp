#include "base/manager.h"

#include <sys/socket.h>

namespace net {

int manager::wait(std::vector<pollfd> &fds, int timeout) { return ::poll(fds.data(), fds.size(), timeout); }

void manager::wait_and_serve(int timeout) {
  std::vector<pollfd> fds{{listener_, POLLIN, 0}};
  for (socket *s : sockets_)
    fds.push_back({s->fd, POLLIN, 0});
  wait(fds, timeout);
  for (socket *s : sockets_)
    s->ready();
  if (fds.front().revents)
    sockets_.push_back(make_socket(::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)));
}

void manager::turn(int timeout) { wait_and_serve(timeout); }

} // namespace net
