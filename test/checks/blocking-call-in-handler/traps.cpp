// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Where name matching and one-function checks go wrong. Wrong answers that are
// known and accepted are in known_wrong.cpp.

#include <algorithm>
#include <asio.hpp>
#include <boost/asio.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <variant>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// One leaf, reached from start-up, from a worker and from a handler: reported
// once, for the handler.
static void reload() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
static void on_hangup() { reload(); }
void start_up() {
  reload();
  std::thread(reload).detach();
  asio::post(io, &on_hangup);
}

// A pool that runs a task itself while it has no threads: still a hand-off.
class fallback_pool {
public:
  void submit(std::function<void()> task) {
    if (!running_) {
      task();
      return;
    }
    queue_.push(std::move(task));
  }
  void start() {
    running_ = true;
    thread_ = std::thread([this] {
      while (running_) {
        auto task = std::move(queue_.front());
        queue_.pop();
        task();
      }
    });
  }

private:
  bool running_ = false;
  std::queue<std::function<void()>> queue_;
  std::thread thread_;
};
void use_fallback_pool(fallback_pool &pool) {
  asio::post(io, [&pool] {
    pool.submit([] { std::this_thread::sleep_for(1s); });
  });
}

// A function that calls its own parameter does not mix up its callers.
template <typename F> void timed(const char *, F &&work) { std::forward<F>(work)(); }
static void timed_erased(const std::function<void()> &work) { work(); }
void start_timed() {
  timed("start-up", [] { std::this_thread::sleep_for(1s); });
  timed_erased([] { std::this_thread::sleep_for(1s); });
  asio::post(io, [] {
    timed("handler", [] {});
    timed_erased([] {});
  });
  asio::post(io, [] {
    timed("handler", [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    timed_erased([] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
  });
}

// Library functions that run the callable before they return.
void algorithms(std::vector<int> &v, std::variant<int, char> &choice) {
  static std::once_flag once;
  asio::post(io, [&] {
    std::for_each(v.begin(), v.end(), [](int) {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    std::invoke([] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    std::call_once(once, [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    std::visit(
        [](auto) {
          std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
        },
        choice);
    std::sort(v.begin(), v.end(), [](int a, int b) {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
      return a < b;
    });
  });
}

// Two lambdas of one shape in a template with two instantiations: one finding each.
template <typename T> void in_two_instances(T value) {
  asio::post(io, [value] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [value] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
template void in_two_instances<int>(int);
template void in_two_instances<char>(char);

// Macros: a call inside one stands at its use, an argument where it is written.
#define NAP() std::this_thread::sleep_for(1s)
#define IN_LOOP(...) asio::post(io, [] { __VA_ARGS__; })
void macros() {
  asio::post(io, [] {
    NAP();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  IN_LOOP(std::this_thread::sleep_for(1s));
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}

// Registration by macro and call operator.
class rule {
public:
  template <typename F> void operator()(F f) { handler_ = std::move(f); }
  void handle() { handler_(); }

private:
  std::function<void()> handler_;
};
class application {
public:
  rule &route(const std::string &path) { return rules_[path]; }
  void on_request(const std::string &path) {
    asio::post(io, [this, path] { rules_[path].handle(); });
  }

private:
  std::map<std::string, rule> rules_;
};
#define ROUTE(app, path) (app).route(path)
void routes(application &app) {
  ROUTE(app, "/slow")([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Shapes of lambdas: noexcept, made by a factory, called at once, in a member's
// initialiser, in a structured binding.
auto make_handler(int n) {
  return [n](const auto &...) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  };
}
struct with_default {
  std::function<void()> on_idle = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
};
void lambdas(asio::steady_timer &timer, with_default &object) {
  timer.async_wait(make_handler(1));
  asio::post(io, []() noexcept {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [&object] {
    [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    }();
    object.on_idle();
    std::pair<int, std::function<void()>> entry(1, [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    auto &[id, callback] = entry;
    callback();
  });
}

// A handler inside a handler, and one that a thread inside a handler gives back.
void nested(asio::steady_timer &timer) {
  asio::post(io, [&timer] {
    timer.async_wait([](std::error_code) {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
    });
    std::thread([] {
      std::this_thread::sleep_for(1s);
      asio::dispatch(io, [] {
        std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::dispatch'; {{.*}} [nettune-blocking-call-in-handler]
      });
    }).detach();
  });
}

// Recursion ends.
static void odd(int n);
static void even(int n) {
  if (n > 0)
    odd(n - 1);
}
static void odd(int n) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  if (n > 0)
    even(n - 1);
}
void recursive() {
  asio::post(io, [] { even(8); });
}

// Overloads: only the one that is meant.
class client {
public:
  std::string request(int) {
    std::this_thread::sleep_for(1s);
    return {};
  }
  void request(int, std::function<void(std::string)> done) { done({}); }
  void run(int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void run(double) { std::this_thread::sleep_for(1s); }
};
void overloads(client &c) {
  asio::post(io, [&c] { c.request(1, [](std::string) {}); });
  asio::post(io, std::bind(static_cast<void (client::*)(int)>(&client::run), &c, 1));
}

// A hand-off in one branch does not excuse the other.
static void save(int) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void both_ways(bool urgent) {
  asio::post(io, [urgent] {
    if (urgent)
      save(1);
    else
      std::thread(&save, 1).detach();
  });
}

// Asked first what is there: the read after it does not wait.
void drain(boost::asio::ip::tcp::socket &socket, char (&data)[64]) {
  socket.async_wait(boost::asio::socket_base::wait_read, [&](boost::system::error_code) {
    boost::system::error_code ec;
    if (socket.available(ec) > 0)
      socket.read_some(boost::asio::buffer(data), ec);
  });
  socket.async_wait(boost::asio::socket_base::wait_read, [&](boost::system::error_code) {
    socket.read_some(boost::asio::buffer(data));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'boost::asio::basic_stream_socket::read_some' may block the event loop: called from the handler given to 'boost::asio::basic_socket::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
