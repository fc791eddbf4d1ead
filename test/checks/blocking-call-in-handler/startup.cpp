// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Code beside the loop's: before run() and after it, threads of its own, what is done
// once, what is never done. Only what a handler reaches each time is reported.

#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using asio::ip::tcp;
asio::io_context io;

// What a function's static variable is made with, at the first call: in main, as a rule.
class configuration {
public:
  static configuration &instance() {
    static configuration c("server.conf");
    return c;
  }
  static const configuration &shared() {
    static const configuration *c = new configuration("shared.conf");
    return *c;
  }
  std::string get(const std::string &key) const { return values_.at(key); }
  void reload() {
    std::ifstream in("server.conf");
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  }

private:
  explicit configuration(const char *path) { std::ifstream in(path); }
  std::map<std::string, std::string> values_;
};
static const std::map<std::string, std::string> &media_types() {
  static const auto types = [] {
    std::ifstream in("mime.types");
    return std::map<std::string, std::string>();
  }();
  return types;
}
void once(asio::steady_timer &timer) {
  timer.async_wait([](std::error_code) {
    configuration::instance().get("x");
    configuration::shared().get("y");
    media_types().find("html");
    configuration::instance().reload();
  });
}
// A callable kept in one is called each time.
void kept(asio::steady_timer &timer) {
  static const std::function<void()> pause = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  };
  timer.async_wait([](std::error_code) { pause(); });
}

// Construction, run, stop, destruction.
class server {
public:
  server() : acceptor_(io_, tcp::endpoint()) { load(); }
  ~server() {
    stop();
    flush();
  }
  void run() {
    load();
    accept();
    std::thread helper([this] { io_.run(); });
    io_.run();
    helper.join();
    flush();
  }
  void stop() {
    io_.stop();
    thread_.join();
    std::this_thread::sleep_for(1s);
  }

private:
  void accept() {
    acceptor_.async_accept([this](std::error_code, tcp::socket) { accept(); });
  }
  void load() { std::ifstream in("state"); }
  void flush() { std::this_thread::sleep_for(1s); }
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};
static void signal_thread(server &s) {
  std::this_thread::sleep_for(1s);
  s.stop();
}
void *own_main(void *s) {
  static_cast<server *>(s)->run();
  std::this_thread::sleep_for(1s);
  return nullptr;
}
int main() {
  configuration::instance();
  server s;
  std::thread signals(signal_thread, std::ref(s));
  std::thread([&s] { s.run(); }).detach();
  s.run();
  signals.join();
  std::this_thread::sleep_for(1s);
}

// Named like handlers, called like functions.
class client {
public:
  void on_read(std::error_code, std::size_t) { std::this_thread::sleep_for(1s); }
  void handle_timeout() { std::this_thread::sleep_for(1s); }
  static void onMessage(void *) { std::this_thread::sleep_for(1s); }
};
void by_hand(client &c) {
  c.on_read({}, 0);
  c.handle_timeout();
  client::onMessage(nullptr);
}

// Never done.
#define TRACING 0
void branches() {
  constexpr bool debug = false;
  asio::post(io, [] {
#if TRACING
    std::this_thread::sleep_for(1s);
#endif
    if (TRACING)
      std::this_thread::sleep_for(1s);
    if (false) {
      std::this_thread::sleep_for(1s);
    } else if (!debug || TRACING) {
      std::this_thread::sleep_for(2s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    }
    if (debug && io.stopped())
      std::this_thread::sleep_for(1s);
    while (TRACING)
      std::this_thread::sleep_for(1s);
    do
      std::this_thread::yield();
    while (false);
  });
}
