// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// A context that one thread runs for itself, that nobody else gets and that waits for
// no peer is how that thread is given its work.

#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

using namespace std::chrono_literals;
using asio::ip::tcp;

void private_variable() {
  static asio::io_context background;
  static std::thread thread([] { background.run(); });
  asio::post(background, [] { std::this_thread::sleep_for(1s); });
  asio::post(background.get_executor(), [] { std::this_thread::sleep_for(1s); });
}

void private_variable_of_a_made_thread() {
  static asio::io_context background;
  static auto thread = std::make_unique<std::thread>([] { background.run(); });
  asio::post(background, [] { std::this_thread::sleep_for(1s); });
}

// Asks the time now and then.
class clock_sync {
public:
  clock_sync() : timer_(service_) {}
  void start() {
    thread_.reset(new std::thread(std::bind(&clock_sync::run, this)));
    asio::post(service_, std::bind(&clock_sync::sync, this));
  }
  void stop() {
    service_.stop();
    thread_->join();
  }

private:
  void run() {
    while (!service_.stopped())
      service_.run();
  }
  void sync() {
    asio::io_context query;
    tcp::socket server(query);
    std::this_thread::sleep_for(1s);
    timer_.expires_after(1h);
    timer_.async_wait([this](std::error_code ec) {
      if (!ec)
        sync();
    });
  }
  asio::io_context service_;
  asio::steady_timer timer_;
  std::unique_ptr<asio::steady_timer> other_{new asio::steady_timer(service_)};
  std::unique_ptr<std::thread> thread_;
};
void keep_time() {
  static clock_sync sync;
  sync.start();
}

// It waits for peers.
class server {
public:
  server() : acceptor_(io_, tcp::endpoint(tcp::v4(), 80)), thread_([this] { io_.run(); }) {
    asio::post(io_, [this] { accept(); });
  }

private:
  void accept() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to '{{.*}}'; {{.*}} [nettune-blocking-call-in-handler]
    acceptor_.async_accept([this](std::error_code, tcp::socket) { accept(); });
  }
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};
server one_server;

// Others get it, and may wait for peers on it.
struct shared_context {
  asio::io_context io;
  std::thread thread{[this] { io.run(); }};
  asio::io_context &get() { return io; }
  void later() {
    asio::post(io, [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
  }
};
void sessions(asio::io_context &io);
void given_away() {
  static asio::io_context io;
  static std::thread thread([] { io.run(); });
  sessions(io);
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// The main thread runs it, too.
asio::io_context of_main;
void also_main() {
  std::thread helper([] { of_main.run(); });
  asio::post(of_main, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  of_main.run();
  helper.join();
}
// A function that a thread runs, and others.
asio::io_context of_several;
static void run_it() { of_several.run(); }
void several() {
  std::thread helper(run_it);
  asio::post(of_several, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  run_it();
  helper.join();
}

// It is in the hands of an object, of a callable, of another thread.
struct listener {
  explicit listener(asio::io_context &io);
};
class owns_listener {
public:
  owns_listener() : listener_(std::make_unique<listener>(io_)), thread_([this] { io_.run(); }) {
    asio::post(io_, [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
  }

private:
  asio::io_context io_;
  std::unique_ptr<listener> listener_;
  std::thread thread_;
};
void serve(asio::io_context &io);
void given_to_a_thread() {
  static asio::io_context io;
  static std::thread runner([] { io.run(); });
  static std::thread server(serve, std::ref(io));
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
void given_to_a_callable() {
  static asio::io_context io;
  static std::thread runner([] { io.run(); });
  static std::function<void()> start = std::bind(serve, std::ref(io));
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
asio::steady_timer timer_of(asio::io_context &io);
void given_to_a_function() {
  static asio::io_context io;
  static std::thread runner([] { io.run(); });
  static asio::steady_timer timer(timer_of(io));
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
