// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Whole messages: where the handler was registered, each hop, what the call waits
// for, where else it is reached from, the guide.

#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <netdb.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

// In the handler itself.
void direct() {
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-3]]:3: note: the lambda in 'direct' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES: :[[@LINE-3]]:5: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES: :[[@LINE-4]]:5: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  });
}

// A bound member and two calls.
class session : public std::enable_shared_from_this<session> {
public:
  void read() {
    using namespace std::placeholders;
    socket_.async_read_some(asio::buffer(data_),
                            std::bind(&session::on_read, shared_from_this(), _1, _2));
  }

private:
  void on_read(std::error_code ec, std::size_t n) {
    if (!ec)
      handle(std::string(data_, n));
  }
  void handle(const std::string &host) {
    if (!host.empty())
      this->look_up(host);
  }
  void look_up(const std::string &host) {
    addrinfo *found;
    getaddrinfo(host.c_str(), "80", nullptr, &found);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'getaddrinfo' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_read_some'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-17]]:13: note: 'session::on_read' runs on the event loop: given to 'asio::basic_stream_socket::async_read_some' here
// CHECK-NOTES: :[[@LINE-11]]:7: note: 'session::on_read' calls 'session::handle' here
// CHECK-NOTES: :[[@LINE-8]]:13: note: 'session::handle' calls 'session::look_up' here
// CHECK-NOTES: :[[@LINE-5]]:5: note: 'getaddrinfo' waits for a name server
// CHECK-NOTES: :[[@LINE-6]]:5: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  }
  asio::ip::tcp::socket socket_;
  char data_[64];
};

// A trampoline, an interface with one implementation, a file.
struct storage {
  virtual ~storage() = default;
  virtual void save(const std::string &) = 0;
};
class disk : public storage {
  void save(const std::string &path) override {
    std::ofstream file(path);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ofstream' may block the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE+10]]:12: note: the lambda in 'autosave::start' runs on the event loop: given to 'asio::basic_waitable_timer::async_wait' here
// CHECK-NOTES: :[[@LINE+9]]:49: note: the lambda in 'autosave::start' calls 'autosave::tick' here
// CHECK-NOTES: :[[@LINE+13]]:15: note: 'autosave::tick' calls 'disk::save' here (virtual)
// CHECK-NOTES: :[[@LINE-5]]:19: note: 'std::ofstream' waits for the disk
// CHECK-NOTES: :[[@LINE-6]]:19: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  }
};
class autosave {
public:
  void start() {
    timer_.async_wait([this](std::error_code) { tick(); });
  }

private:
  void tick() {
    storage_->save("state");
  }
  asio::steady_timer timer_;
  std::unique_ptr<storage> storage_;
};

// A callable in a field.
class server {
public:
  std::function<void(int)> on_message;
  void start() {
    asio::post(io, std::bind_front(&server::dispatch, this));
  }

private:
  void dispatch() {
    on_message(1);
  }
};
void configure(server &s) {
  s.on_message = [](int) {
    std::system("sync");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'system' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-12]]:5: note: 'server::dispatch' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES: :[[@LINE-8]]:5: note: 'server::dispatch' calls the lambda in 'configure' here (through a callable)
// CHECK-NOTES: :[[@LINE-4]]:5: note: 'system' waits for another process
// CHECK-NOTES: :[[@LINE-5]]:5: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  };
}

// A coroutine and a guard whose constructor waits.
struct lease {
  explicit lease(std::thread &owner) {
    owner.join();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::thread::join' blocks the event loop: called from coroutine 'renew'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE+6]]:23: note: coroutine 'renew' runs on the event loop
// CHECK-NOTES: :[[@LINE+6]]:9: note: 'renew' calls 'lease::lease' here
// CHECK-NOTES: :[[@LINE-4]]:11: note: 'std::thread::join' waits for a thread to end
// CHECK-NOTES: :[[@LINE-5]]:11: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  }
};
asio::awaitable<void> renew(std::thread &owner) {
  lease held(owner);
  co_return;
}

// An event loop in the program.
class reactor {
public:
  void run() {
    for (;;) {
      epoll_event event;
      if (::epoll_wait(epoll_, &event, 1, -1) == 1)
        serve(event.data.fd);
    }
  }

private:
  void serve(int listener) {
    int fd = ::accept(listener, nullptr, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'accept' may block the event loop: called from the event loop in 'reactor::run'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-9]]:11: note: the event loop in 'reactor::run' waits here with 'epoll_wait'
// CHECK-NOTES: :[[@LINE-9]]:9: note: 'reactor::run' calls 'reactor::serve' here
// CHECK-NOTES: :[[@LINE-4]]:14: note: 'accept' waits for the peer
// CHECK-NOTES: :[[@LINE-5]]:14: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
    (void)fd;
  }
  int epoll_;
};

// Two calls of one category in one function; two handlers that lead there.
static void pause_twice() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'on_first'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE+8]]:46: note: 'on_first' runs on the event loop: it is annotated 'nettune::handler'
// CHECK-NOTES: :[[@LINE+8]]:3: note: 'on_first' calls 'pause_twice' here
// CHECK-NOTES: :[[@LINE-4]]:3: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES: :[[@LINE+3]]:3: note: also blocks here: 'std::this_thread::sleep_for'
// CHECK-NOTES: :[[@LINE+9]]:3: note: also reached from 'on_second' here
// CHECK-NOTES: :[[@LINE-7]]:3: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  std::this_thread::sleep_for(2s);
}
[[clang::annotate("nettune::handler")]] void on_first() {
  pause_twice();
}
void start_up() { pause_twice(); }
[[clang::annotate("nettune::handler")]] void on_second() {
  pause_twice();
}
