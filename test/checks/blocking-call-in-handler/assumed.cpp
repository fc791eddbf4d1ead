// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Assumed registrations: a callable that goes where this program has no code to
// look at is taken for a handler, and the finding says "may". Each with its near miss.

#include <chrono>
#include <functional>
#include <string>
#include <thread>

using namespace std::chrono_literals;

// The project's own function, its body in another file or a closed library.
namespace bus {
void subscribe(const char *topic, std::function<void(int)> callback);
void subscribe_raw(int topic, void (*callback)(void *), void *user);
void configure(const char *topic, int depth);
} // namespace bus
static void on_raw(void *) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'bus::subscribe_raw'; {{.*}} [nettune-blocking-call-in-handler]
}
static int slow_depth() {
  std::this_thread::sleep_for(1s);
  return 1;
}
void subscriptions() {
  bus::subscribe("prices", [](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'bus::subscribe'; {{.*}} [nettune-blocking-call-in-handler]
  });
  bus::subscribe_raw(1, &on_raw, nullptr);
  bus::configure("prices", slow_depth());
}

// A function with a body is looked into: this one only runs what it gets.
static void run_now(std::function<void()> work) { work(); }
void start_up() {
  run_now([] { std::this_thread::sleep_for(1s); });
}

// A callback's field that nothing here calls, in a class whose methods are elsewhere.
class web_socket {
public:
  std::function<void(const std::string &)> on_message;
  void listen(int port);
};
void listen(web_socket &socket) {
  socket.on_message = [](const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'web_socket::on_message'; {{.*}} [nettune-blocking-call-in-handler]
  };
  socket.listen(80);
}

// All of this class is here, and none of it calls the field.
struct complete {
  std::function<void()> on_message;
  void listen() {}
};
// A field that is not named like a callback.
struct comparator {
  std::function<bool(int, int)> less;
  void sort();
};
void fill(complete &c, comparator &order) {
  c.on_message = [] { std::this_thread::sleep_for(1s); };
  order.less = [](int a, int b) {
    std::this_thread::sleep_for(1s);
    return a < b;
  };
}
