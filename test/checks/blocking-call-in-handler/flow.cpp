// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// How a callable gets from where it is written to where it is called: containers,
// holders, returned values, tables, template arguments, builders. Each place that
// calls is posted to the loop.

#include <array>
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// A map of maps, assigned to; found by iterators and handed on by reference.
class web_server {
public:
  using handler = std::function<void(std::shared_ptr<int>, std::shared_ptr<std::string>)>;
  std::map<std::string, std::map<std::string, handler>> resource;
  std::map<std::string, handler> default_resource;
  void start() {
    asio::post(io, [this] { find("GET"); });
  }

private:
  void find(const std::string &method) {
    for (auto &regex_method : resource) {
      auto it = regex_method.second.find(method);
      if (it != regex_method.second.end()) {
        call(it->second);
        return;
      }
    }
    if (auto it = default_resource.find(method); it != default_resource.end())
      call(it->second);
  }
  void call(handler &function) { function(nullptr, nullptr); }
};
void routes(web_server &server) {
  server.resource["^/x$"]["GET"] = [](std::shared_ptr<int>, std::shared_ptr<std::string>) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  server.resource["^/y$"]["POST"] = [&server](auto response, auto request) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  server.resource["^/work$"]["GET"] = [](std::shared_ptr<int>, std::shared_ptr<std::string>) {
    std::thread([] { std::this_thread::sleep_for(1s); }).detach();
  };
  server.default_resource["GET"] = [](std::shared_ptr<int>, std::shared_ptr<std::string>) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
}

// An array with a default, and a map of member pointers.
class by_opcode {
public:
  by_opcode() {
    handlers_.fill([](int) {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    handlers_.at(4) = [this](int n) { four(n); };
    named_["get"] = &by_opcode::get;
    named_.insert(std::make_pair("put", &by_opcode::put));
  }
  void start(int op, const std::string &name) {
    asio::post(io, [this, op, name] {
      handlers_.at(op)(op);
      if (auto it = named_.find(name); it != named_.end())
        (this->*(it->second))();
      std::invoke(table[0], this);
    });
  }

private:
  void four(int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void get() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void put() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void third() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  typedef void (by_opcode::*method)();
  static const method table[1];
  std::array<std::function<void(int)>, 16> handlers_;
  std::map<std::string, method> named_;
};
const by_opcode::method by_opcode::table[1] = {&by_opcode::third};

// Returned: from a switch, as a struct of callables, by a default argument.
static void slow(int) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
static void fast(int) {}
auto pick(int n) -> void (*)(int) {
  switch (n) {
  case 1:
    return slow;
  default:
    return &fast;
  }
}
struct callbacks {
  std::function<void()> open;
  std::function<void()> close;
};
callbacks make_callbacks() {
  callbacks c;
  c.open = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  c.close = [] { std::this_thread::sleep_for(1s); };
  return c;
}
static void on_elapsed() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
}
void later(asio::steady_timer &timer, std::function<void()> then = on_elapsed) {
  timer.async_wait([then](std::error_code) { then(); });
}
void returned(asio::steady_timer &timer) {
  asio::post(io, [c = make_callbacks()] {
    pick(1)(2);
    c.open();
  });
  later(timer);
}

// What else holds one.
struct holders {
  std::optional<std::function<void()>> optional;
  std::unique_ptr<std::function<void()>> unique;
  std::tuple<int, std::function<void()>> tuple;
  std::pair<std::string, std::function<void()>> pair;
  std::list<std::function<void()>> list;
  std::queue<std::function<void()>> queue;
};
void hold(holders &h) {
  h.optional = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  h.unique = std::make_unique<std::function<void()>>([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  std::get<1>(h.tuple) = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  h.pair = {"x", [] {
              std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
            }};
  h.list.push_front([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  h.queue.push([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [&h] {
    (*h.optional)();
    (*h.unique)();
    std::get<1>(h.tuple)();
    h.pair.second();
    for (auto &f : h.list)
      f();
    auto next = std::move(h.queue.front());
    h.queue.pop();
    next();
  });
}

// A rule that a macro made, a builder and a call operator.
struct rule {
  std::function<void(int)> handler;
  rule &methods(int) { return *this; }
  template <typename F> void operator()(F &&f) { handler = std::forward<F>(f); }
};
struct application {
  std::vector<std::unique_ptr<rule>> rules;
  template <unsigned Tag> rule &route(std::string) {
    return *rules.emplace_back(std::make_unique<rule>());
  }
  void run() {
    asio::post(io, [this] { rules[0]->handler(1); });
  }
};
#define ROUTE(app, url) app.template route<sizeof(url)>(url)
void routes(application &app) {
  ROUTE(app, "/x")
  ([](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  ROUTE(app, "/y").methods(1)([](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// A member named by a template argument: a delegate, and a table of trampolines.
template <typename T> class delegate;
template <typename R, typename... A> class delegate<R(A...)> {
  void *object_ = nullptr;
  R (*function_)(void *, A...) = nullptr;

public:
  template <auto Member, typename C> static delegate from(C *object) {
    delegate d;
    d.bind<Member>(object);
    return d;
  }
  template <auto Member, typename C> void bind(C *object) {
    object_ = object;
    function_ = [](void *o, A... a) -> R { return (static_cast<C *>(o)->*Member)(a...); };
  }
  R operator()(A... a) const { return function_(object_, a...); }
};
class device {
public:
  device() {
    first_ = delegate<void(int)>::from<&device::one>(this);
    second_.bind<&device::two>(this);
    on<&device::three>(3);
    asio::post(io, [this] {
      first_(1);
      second_(2);
      table_[3](this);
    });
  }

private:
  template <auto Member> void on(int op) {
    table_[op] = [](void *o) { (static_cast<device *>(o)->*Member)(); };
  }
  void one(int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void two(int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void three() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  delegate<void(int)> first_, second_;
  std::map<int, void (*)(void *)> table_;
};

// Through an inherited constructor.
struct periodic {
  explicit periodic(std::function<void()> task) : task_(std::move(task)) {}
  void arm() {
    asio::post(io, [this] { task_(); });
  }
  std::function<void()> task_;
};
struct named_periodic : periodic {
  using periodic::periodic;
};
void start_periodic() {
  static named_periodic p([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  p.arm();
}
