#include "core/loop.h"

#include <sys/epoll.h>

namespace core {

Loop::Loop() : epoll_(epoll_create1(0)) {}

void Loop::watch(int fd, std::function<void()> ready) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
  ready_[fd] = std::move(ready);
}

void Loop::run() {
  epoll_event events[16];
  for (;;) {
    int count = epoll_wait(epoll_, events, 16, -1);
    for (int i = 0; i < count; ++i)
      ready_[events[i].data.fd]();
  }
}

} // namespace core
