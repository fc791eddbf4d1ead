// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Branches that the caller's constant decides: who leaves one out does not wait in it.

#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

// Hits: who gives the other constant, or what nobody knows, comes there.

static void stop_tunnels(std::thread &runner, bool clean) {
  if (clean)
    runner.join();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::thread::join' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void reload_tunnels(std::thread &runner) {
  asio::post(io, [&runner] {
    stop_tunnels(runner, false);
    stop_tunnels(runner, true);
  });
}
// CHECK-NOTES: :[[@LINE-5]]:3: note: the lambda in 'reload_tunnels' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES: :[[@LINE-4]]:5: note: the lambda in 'reload_tunnels' calls 'stop_tunnels' here
// CHECK-NOTES: :[[@LINE-11]]:12: note: 'std::thread::join' waits for a thread to end
// CHECK-NOTES: :[[@LINE-12]]:12: note: guide: {{.*}}#blocking-call-in-handler

enum class mode { memory, disk };
static void open_store(mode where, const std::string &name) {
  if (where != mode::disk)
    return;
  std::ofstream store(name);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ofstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void choose_store(mode chosen) {
  asio::post(io, [chosen] { open_store(chosen, "names"); });
  asio::post(io, [] { open_store(mode::memory, "names"); });
}

// A parameter that the function changes is not what was given.
static void retry(bool slowly) {
  slowly = !slowly;
  if (slowly)
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void retry_at_once() {
  asio::post(io, [] { retry(false); });
}

// Behind a label of a switch the condition before it no longer holds.
static void step(int state, bool fast) {
  switch (state) {
  case 0:
    break;
    if (fast)
      break;
  case 1:
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
void step_fast() {
  asio::post(io, [] { step(1, true); });
}

// Near misses.

static void flush(std::thread &runner, bool wait = false) {
  if (wait)
    runner.join();
}
void flush_by_default(std::thread &runner) {
  asio::post(io, [&runner] { flush(runner); });
}

static bool slow() {
  std::this_thread::sleep_for(1s);
  return true;
}
static int fetch(const char *proxy, int flags) {
  if (!proxy && flags == 3)
    return slow();
  while (flags != 0) {
    if (flags == 4)
      continue;
    slow();
    break;
  }
  return proxy == nullptr ? 0 : slow();
}
static bool ask(bool https) { return https && slow(); }
static bool ask_plain(bool https) { return https || slow(); }
class session {
public:
  explicit session(bool wait) {
    if (wait)
      slow();
  }
};
void fetch_directly() {
  asio::post(io, [] {
    fetch(nullptr, 4);
    ask(false);
    ask_plain(true);
    session now(false);
  });
}

// The same by a virtual call.
struct listener {
  virtual ~listener() = default;
  virtual bool listen(bool detach) {
    if (!detach)
      return slow();
    return true;
  }
};
struct logged_listener : listener {};
void listen_detached(logged_listener &l) {
  asio::post(io, [&l] { l.listen(true); });
}
