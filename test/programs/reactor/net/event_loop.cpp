#include "event_loop.h"

#include "channel.h"

namespace net {

void event_loop::run() {
  std::vector<channel *> active;
  while (running_) {
    active.clear();
    poller_->poll(-1, active);
    for (channel *c : active)
      c->handle_event();
  }
}

} // namespace net
