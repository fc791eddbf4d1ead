// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// From the handler to the call: the ways in which servers find the code for a
// message. Each handler is posted; what differs is how the wait is reached.

#include <asio.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// A C callback with user data, cast back inside.
struct c_event {
  void (*callback)(int fd, void *user);
  void *user;
};
class c_client {
public:
  void arm(c_event &e) {
    e.callback = &c_client::on_event;
    e.user = this;
  }
  static void on_event(int fd, void *user) { static_cast<c_client *>(user)->handle(fd); }
  void handle(int fd) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
void fire(c_event &e, int fd) {
  asio::post(io, [&e, fd] { e.callback(fd, e.user); });
}

// A table of member pointers.
class member_table {
  typedef void (member_table::*command)(const std::string &);
  struct row {
    const char *name;
    command run;
  };

public:
  void dispatch(const std::string &line) {
    for (const row &r : rows)
      if (line == r.name)
        (this->*r.run)(line);
  }
  void start() {
    asio::post(io, [this] { dispatch("list"); });
  }

private:
  void list(const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void join(const std::string &) {}
  static const row rows[2];
};
const member_table::row member_table::rows[2] = {{"list", &member_table::list},
                                                 {"join", &member_table::join}};

// A map from message id to std::function, filled with binds.
class message_map {
public:
  message_map() {
    using namespace std::placeholders;
    handlers_.insert({1, std::bind(&message_map::login, this, _1)});
    handlers_[2] = std::bind(&message_map::chat, this, _1);
    handlers_.emplace(3, [this](const std::string &s) { leave(s); });
  }
  std::function<void(const std::string &)> find(int id) {
    auto it = handlers_.find(id);
    if (it == handlers_.end())
      return [](const std::string &) {
        std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
      };
    return it->second;
  }
  void start() {
    asio::post(io, [this] {
      auto handler = find(1);
      handler("x");
    });
  }

private:
  void login(const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void chat(const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void leave(const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  std::unordered_map<int, std::function<void(const std::string &)>> handlers_;
};

// Function pointers in an array of structs, as in C servers.
static void cmd_save(int) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
static void cmd_ping(int) {}
static struct {
  const char *name;
  void (*proc)(int);
} commands[] = {{"save", cmd_save}, {"ping", cmd_ping}};
void run_command(unsigned index) {
  asio::post(io, [=] { commands[index].proc(7); });
}

// A callable in a field, set by the application, called in the library's handler.
class tcp_connection {
public:
  std::function<void(const char *, std::size_t)> on_message;
  void set_close_callback(const std::function<void()> &cb) { on_close_ = cb; }
  void start() {
    asio::post(io, [this] {
      on_message("", 0);
      if (on_close_)
        on_close_();
    });
  }

private:
  std::function<void()> on_close_;
};
void application(tcp_connection &connection) {
  connection.on_message = [](const char *, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  connection.set_close_callback([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// An interface with one implementation, and one with two.
struct storage {
  virtual ~storage() = default;
  virtual void save(int) = 0;
};
struct disk_storage : storage {
  void save(int) override {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
struct cache {
  virtual ~cache() = default;
  virtual void put(int) {}
};
struct remote_cache : cache {
  void put(int) override {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
class service {
public:
  void start() {
    asio::post(io, [this] {
      storage_->save(1);
      cache_->put(1);
      onion();
    });
  }

private:
  // Pimpl, defined below.
  struct impl;
  void onion();
  std::unique_ptr<storage> storage_;
  std::unique_ptr<cache> cache_;
  std::unique_ptr<impl> impl_;
};
struct service::impl {
  void work() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
void service::onion() { impl_->work(); }

// A CRTP base, and a template method.
template <typename Derived> class session_base {
public:
  void run() {
    asio::post(io, [this] { static_cast<Derived *>(this)->on_data(3); });
  }
};
class crtp_session : public session_base<crtp_session> {
public:
  void on_data(int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
void run_crtp(crtp_session &s) { s.run(); }

class acceptor_base {
public:
  virtual ~acceptor_base() = default;
  void run() {
    asio::post(io, [this] { on_accept(); });
  }

private:
  virtual void on_accept() = 0;
};
class logging_acceptor : public acceptor_base {
  void on_accept() override {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};

// A switch on the message id.
enum class opcode { login, stats };
static void login() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
static void on_packet(opcode op) {
  switch (op) {
  case opcode::login:
    return login();
  case opcode::stats:
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    break;
  }
}
void receive() {
  asio::post(io, [] { on_packet(opcode::stats); });
}

// Local lambdas called by name; the inner one is recursive through std::function.
void local_lambdas() {
  asio::post(io, [] {
    auto pause = [](int n) {
      std::this_thread::sleep_for(1ms * n);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    };
    std::function<void(int)> walk = [&](int depth) {
      std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
      if (depth > 0)
        walk(depth - 1);
    };
    pause(3);
    walk(3);
  });
}

// Queues of tasks and lists of observers that the loop works off itself.
class task_loop {
public:
  void run_in_loop(std::function<void()> task) { tasks_.push_back(std::move(task)); }
  void wake() {
    asio::post(io, [this] {
      std::vector<std::function<void()>> pending;
      pending.swap(tasks_);
      for (const auto &task : pending)
        task();
      for (auto &[name, hook] : hooks_)
        hook();
    });
  }
  std::map<std::string, std::function<void()>> hooks_;

private:
  std::vector<std::function<void()>> tasks_;
};
void enqueue(task_loop &loop) {
  loop.run_in_loop([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  loop.hooks_["idle"] = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
}

// A wrapper of the project's own, like std::function.
template <typename Signature> class unique_function;
template <typename R, typename... Args> class unique_function<R(Args...)> {
  struct base {
    virtual ~base() = default;
    virtual R call(Args...) = 0;
  };
  template <typename F> struct model final : base {
    explicit model(F f) : f(std::move(f)) {}
    R call(Args... args) override { return f(args...); }
    F f;
  };
  std::unique_ptr<base> impl_;

public:
  unique_function() = default;
  template <typename F> unique_function(F f) : impl_(new model<F>(std::move(f))) {}
  R operator()(Args... args) { return impl_->call(args...); }
};
unique_function<void(int)> on_signal;
void install_and_raise() {
  on_signal = [](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  asio::post(io, [] { on_signal(2); });
}
