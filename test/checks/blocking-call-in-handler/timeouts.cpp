// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// A function that waits as long as its caller says: with a timeout of 0 it only looks.
// The warning's way leads through a caller that does wait.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <poll.h>
#include <thread>
#include <unistd.h>

#define HANDLER [[clang::annotate("nettune::handler")]]

struct only_looked_at {
  static bool readable(int fd, long seconds) {
    pollfd entry{fd, POLLIN, 0};
    int n;
    while ((n = ::poll(&entry, 1, seconds * 1000)) < 0)
      ;
    return n > 0;
  }
};
HANDLER void on_look(int fd) {
  only_looked_at::readable(fd, 0);
  constexpr int now = 0;
  only_looked_at::readable(fd, now);
}
// Not loop code.
void start_up(int fd) { only_looked_at::readable(fd, 5); }

struct waited_for {
  static bool readable(int fd, int timeout = 0) {
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, timeout) > 0;
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'poll' may block the event loop: called from handler 'on_wait'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE+12]]:14: note: 'on_wait' runs on the event loop: it is annotated 'nettune::handler'
// CHECK-NOTES: :[[@LINE+14]]:3: note: 'on_wait' calls 'waited_for::readable' here
// CHECK-NOTES: :[[@LINE-4]]:12: note: 'poll' waits for the peer
// CHECK-NOTES: :[[@LINE-5]]:12: note: guide: docs/PERFORMANCE_TUNING.md#blocking-call-in-handler
  }
};
HANDLER void on_default(int fd) { waited_for::readable(fd); }
HANDLER void on_nothing(int fd) { waited_for::readable(fd, 0); }


// Several ways: this one waits.

HANDLER void on_wait(int fd) {
  waited_for::readable(fd, 0);

  waited_for::readable(fd, 10);
}

// A duration made of the parameter; a parameter that another value decides.
static void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }
HANDLER void on_no_pause() { pause(0); }
static void at_least(unsigned seconds) {
  if (seconds == 0)
    seconds = 1;
  ::sleep(seconds);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the event loop: called from handler 'on_at_least'; {{.*}} [nettune-blocking-call-in-handler]
}
HANDLER void on_at_least() { at_least(0); }

// A captured parameter is not the lambda's own.
static void later(unsigned, unsigned seconds) {
  auto pause = [=](int) { ::sleep(seconds); };
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'sleep' blocks the event loop: called from handler 'on_later'; {{.*}} [nettune-blocking-call-in-handler]
  pause(0);
}
HANDLER void on_later() { later(0, 1); }

// Who calls it through a pointer is not known.
static void taken(unsigned seconds) {
  ::sleep(seconds);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the event loop: called from handler 'on_taken'; {{.*}} [nettune-blocking-call-in-handler]
}
HANDLER void on_taken(void (*&kept)(unsigned)) {
  kept = &taken;
  taken(0);
}
