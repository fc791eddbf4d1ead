#include "ev.h"

#include <poll.h>
#include <vector>

struct ev_watcher {
  ev_callback callback;
  void *user;
};
struct ev_loop {
  std::vector<pollfd> fds;
  std::vector<ev_watcher> watchers;
  bool stop = false;
};

ev_loop *ev_new() { return new ev_loop; }

void ev_watch(ev_loop *loop, int fd, ev_callback callback, void *user) {
  loop->fds.push_back({fd, POLLIN, 0});
  loop->watchers.push_back({callback, user});
}

static int wait_for_events(ev_loop *loop) { return ::poll(loop->fds.data(), loop->fds.size(), -1); }

void ev_run(ev_loop *loop) {
  while (!loop->stop) {
    if (wait_for_events(loop) <= 0)
      continue;
    for (std::size_t i = 0; i < loop->fds.size(); ++i)
      if (loop->fds[i].revents)
        loop->watchers[i].callback(loop->fds[i].fd, loop->watchers[i].user);
  }
}
