#include "app/session.h"

#include <sys/socket.h>

int main() {
  net::event_loop loop(std::make_unique<net::epoll_poller>());
  app::session first(loop, ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0));
  loop.run();
}
