// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// `for (;;) manager.turn();`: what waits, dispatches and takes in connections is a
// function of its own; the loop stands around a call of it, further out.

#include <chrono>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

// The wait, the dispatch and the accept are a turn in a function of its own; the loop
// stands further out. With no descriptors the same wait is a sleep.
namespace turns {
struct connection {
  virtual ~connection() = default;
  virtual void ready() = 0;
};
class manager {
public:
  void turn(timeval wait) { select_and_serve(wait); }

private:
  int wait_for_events(timeval *wait) {
    if (fds_.empty())
      return ::select(0, nullptr, nullptr, nullptr, wait);
    return ::poll(fds_.data(), fds_.size(), wait->tv_sec * 1000);
  }
  void select_and_serve(timeval wait) {
    wait_for_events(&wait);
    for (connection *c : connections_) {
      if (!c)
        fds_.push_back({::accept(listener_, nullptr, nullptr), POLLIN, 0}); // the wait said that one is there
      else
        c->ready();
    }
  }
  std::vector<pollfd> fds_;
  std::vector<connection *> connections_;
  int listener_;
};
void serve(manager &m, bool changed) {
  for (;;) {
    if (changed)
      std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'turns::serve'; {{.*}} [nettune-blocking-call-in-handler]
    m.turn({1, 0});
  }
}
// The sleep comes with the wait, not in its place.
void slow_loop(int highest, fd_set &all, void (*ready)(int)) {
  for (fd_set now = all;; now = all) {
    ::select(highest + 1, &now, nullptr, nullptr, nullptr);
    ready(highest);
    timeval pause{0, 1000};
    if (highest > 3)
      ::select(0, nullptr, nullptr, nullptr, &pause);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'select' blocks the event loop: called from the event loop in 'turns::slow_loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
} // namespace turns

// Near miss: a turn that takes in no connections, as a client has it, three calls down.
namespace client {
struct request {
  virtual ~request() = default;
  virtual void answered() = 0;
};
int wait_for(std::vector<pollfd> &fds) { return ::poll(fds.data(), fds.size(), 10); }
void step(std::vector<pollfd> &fds, std::vector<request *> &requests) {
  wait_for(fds);
  for (request *r : requests)
    r->answered();
}
void fetch(std::vector<pollfd> &fds, std::vector<request *> &requests) {
  while (!requests.empty()) {
    step(fds, requests);
    std::this_thread::sleep_for(1ms);
  }
}
} // namespace client
