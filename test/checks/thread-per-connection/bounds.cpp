// RUN: %nettune_check %s nettune-thread-per-connection
//
// What looks like a limit and is none.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

void serve(int fd);
bool set_options(int fd);
class filter {
public:
  bool allows(int fd);
  bool running() const;
};

// It waits for work, not for room.
void waits_for_work(std::deque<int> &ready, std::mutex &mutex, std::condition_variable &some, int listener) {
  while (true) {
    std::unique_lock lock(mutex);
    some.wait(lock, [&] { return !ready.empty(); });
    std::thread(serve, accept(listener, nullptr, nullptr)).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
  }
}
// A connection is refused for what it is.
void refused(int listener, filter &peers) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (!set_options(fd) || !peers.allows(fd)) {
      close(fd);
      continue;
    }
    if (!peers.running()) {
      close(fd);
      return;
    }
    std::thread(serve, fd).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
  }
}
// The last one is let go, not waited for.
void let_go(int listener) {
  std::thread current;
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (current.joinable())
      current.detach();
    current = std::thread(serve, fd);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
  }
}
// The loop that is left is not the one that accepts; the break is of a switch.
void left_inside(int listener) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    while (true) {
      std::thread(serve, fd).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
      break;
    }
  }
}
void switched(int listener, int kind) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    switch (kind) {
    case 1: {
      std::thread(serve, fd).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
      break;
    }
    default:
      close(fd);
    }
  }
}
// The counted loop runs again each time there are events.
void ready_ones(int poller, int listener) {
  epoll_event events[16];
  while (true) {
    int ready = epoll_wait(poller, events, 16, -1);
    for (int i = 0; i < ready; ++i)
      if (events[i].data.fd == listener) {
        int fd = accept(listener, nullptr, nullptr);
        std::thread(serve, fd).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
      }
  }
}
