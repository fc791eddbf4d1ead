// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Wrappers of the project's own that hide what they hold: recognised by structure, or
// followed through their virtual call.

#include <asio.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// A reference to a callable: who is given it calls it before it returns.
template <typename> class function_ref;
template <typename R, typename... A> class function_ref<R(A...)> {
  void *object_ = nullptr;
  R (*function_)(void *, A...) = nullptr;

public:
  template <typename F>
  function_ref(F &&f)
      : object_((void *)&f),
        function_([](void *o, A... a) -> R { return (*(std::remove_reference_t<F> *)o)(a...); }) {}
  R operator()(A... a) const { return function_(object_, a...); }
};
void each(function_ref<void(int)> f) { f(1); }
void use_function_ref() {
  asio::post(io, [] {
    each([](int) {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
  });
  each([](int) { std::this_thread::sleep_for(1s); });
}

// Stored in place, with a table of functions.
template <class Signature, int Size = 64> class inplace_function;
template <class R, class... A, int Size> class inplace_function<R(A...), Size> {
  struct table {
    R (*invoke)(void *, A...);
  };
  const table *table_ = nullptr;
  alignas(8) unsigned char buffer_[Size];
  template <class F> static R call(void *p, A... a) { return (*static_cast<F *>(p))(a...); }

public:
  inplace_function() = default;
  template <class F> inplace_function(F f) {
    static const table of_type{&call<F>};
    table_ = &of_type;
    new (buffer_) F(std::move(f));
  }
  R operator()(A... a) { return table_->invoke(buffer_, a...); }
};
class session {
public:
  void set_callback(inplace_function<void(int)> callback) { callback_ = std::move(callback); }
  void start() {
    asio::post(io, [this] { callback_(1); });
  }

private:
  inplace_function<void(int)> callback_;
};
void use_inplace(session &s) {
  s.set_callback([](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Signals with slots: each its own list.
template <typename... A> class signal_list {
  std::vector<std::function<void(A...)>> slots_;

public:
  void connect(std::function<void(A...)> slot) { slots_.push_back(std::move(slot)); }
  signal_list &operator+=(std::function<void(A...)> slot) {
    connect(std::move(slot));
    return *this;
  }
  void operator()(A... a) {
    for (auto &slot : slots_)
      slot(a...);
  }
};
class model {
public:
  signal_list<int> changed;
  signal_list<long> never_raised;
  void start() {
    asio::post(io, [this] { changed(1); });
  }
};
void use_signals(model &m) {
  m.changed.connect([](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  m.changed += [](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  m.never_raised.connect([](long) { std::this_thread::sleep_for(1s); });
}

// A handler behind an interface, made by a template.
struct handler {
  virtual ~handler() = default;
  virtual void handle(const std::string &) = 0;
};
template <class F> struct function_handler : handler {
  F f;
  explicit function_handler(F f) : f(std::move(f)) {}
  void handle(const std::string &text) override { f(text); }
};
class dispatcher {
public:
  template <class F> void on(const std::string &key, F f) {
    handlers_[key] = std::make_shared<function_handler<F>>(std::move(f));
  }
  void start() {
    asio::post(io, [this] { handlers_["x"]->handle("y"); });
  }

private:
  std::map<std::string, std::shared_ptr<handler>> handlers_;
};
void use_dispatcher(dispatcher &d) {
  d.on("a", [](const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// The same shape drained by a worker.
struct task {
  virtual ~task() = default;
  virtual void run() = 0;
};
template <class F> struct function_task : task {
  F f;
  explicit function_task(F f) : f(std::move(f)) {}
  void run() override { f(); }
};
class worker {
public:
  template <class F> void push(F f) {
    tasks_.push_back(std::make_unique<function_task<F>>(std::move(f)));
  }

private:
  std::vector<std::unique_ptr<task>> tasks_;
  std::thread thread_{[this] {
    for (auto &t : tasks_)
      t->run();
  }};
};
void use_worker(worker &w) {
  asio::post(io, [&w] { w.push([] { std::this_thread::sleep_for(1s); }); });
}

// C callbacks kept in a list with their user data.
extern "C" typedef void (*c_callback)(void *user, int event);
struct c_entry {
  c_callback callback;
  void *user;
};
static std::vector<c_entry> c_entries;
void c_register(c_callback callback, void *user) { c_entries.push_back({callback, user}); }
void c_fire(int event) {
  for (auto &e : c_entries)
    e.callback(e.user, event);
}
class c_user {
public:
  void start() {
    c_register(&c_user::trampoline, this);
    asio::post(io, [] { c_fire(1); });
  }

private:
  static void trampoline(void *self, int) { static_cast<c_user *>(self)->on_event(); }
  void on_event() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
