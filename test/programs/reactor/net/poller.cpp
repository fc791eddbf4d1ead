#include "poller.h"

#include "channel.h"

#include <sys/epoll.h>

namespace net {

epoll_poller::epoll_poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

void epoll_poller::poll(int timeout, std::vector<channel *> &active) {
  epoll_event events[64];
  int count = ::epoll_wait(epoll_, events, 64, timeout);
  for (int i = 0; i < count; ++i) {
    auto *c = static_cast<channel *>(events[i].data.ptr);
    c->set_ready(events[i].events);
    active.push_back(c);
  }
}

void epoll_poller::watch(channel &c) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &c;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, c.fd(), &event);
}

} // namespace net
