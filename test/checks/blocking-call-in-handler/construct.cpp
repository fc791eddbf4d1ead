// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Code that runs in a handler without a call being written: constructors,
// destructors, initialisers, default arguments, operators, conversions.

#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// Constructors and destructors that wait: guards, pooled connections.
struct pooled {
  pooled() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  ~pooled() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
struct shared_one {
  shared_one(int, int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
struct unique_one {
  explicit unique_one(std::string) : value(wait_for_value()) {}
  static int wait_for_value() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    return 1;
  }
  int value;
};
struct element {
  explicit element(int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
struct member_of_local {
  member_of_local() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
struct base_of_local {
  int first;
  member_of_local second;
};
struct local_with_base : base_of_local {};
void construct() {
  asio::post(io, [] {
    pooled connection;
    auto shared = std::make_shared<shared_one>(1, 2);
    auto unique = std::make_unique<unique_one>("x");
    std::vector<element> elements;
    elements.emplace_back(4);
    local_with_base nested;
  });
}

// A library makes an object of a library: what its constructor does stands in the models.
void construct_of_library(const std::string &path, std::ofstream &other) {
  asio::post(io, [&] {
    auto log = std::make_shared<std::ofstream>(path, std::ios::app);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::basic_ofstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [&] {
    auto log = std::make_unique<std::ifstream>("file");
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::basic_ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [&] {
    std::vector<std::ofstream> files;
    files.emplace_back(path);
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::basic_ofstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  // Neither opens a file, nor does a thread's work run here.
  asio::post(io, [&] {
    auto closed = std::make_shared<std::ofstream>();
    auto moved = std::make_unique<std::ofstream>(std::move(other));
    auto thread = std::make_unique<std::thread>([] { std::this_thread::sleep_for(1s); });
    thread->detach();
  });
}

// Nothing constructs these in a handler.
struct at_start_up {
  at_start_up() { std::this_thread::sleep_for(1s); }
  ~at_start_up() { std::this_thread::sleep_for(1s); }
};
at_start_up global;

// A member's destructor, and an object that a container or a field owns.
struct flusher {
  ~flusher() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
struct owner {
  flusher member;
};
struct guard {
  explicit guard(int) {}
  ~guard() { leave(); }
  static void leave() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
void destroy() {
  asio::post(io, [] {
    owner local;
    guard(3);
  });
}

// Initialisers: of a member, of a static, of a captured variable.
static int slow_value() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  return 1;
}
static int slow_capture() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  return 1;
}
struct with_initialiser {
  int value = slow_value();
};
void initialise() {
  asio::post(io, [] {
    with_initialiser w;
    asio::post(io, [n = slow_capture()] { (void)n; });
  });
}

// A default argument runs at the call that leaves it out.
static int default_timeout() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  return 1;
}
static int other_default() {
  std::this_thread::sleep_for(1s);
  return 1;
}
static void request(int, int timeout = default_timeout()) {}
static void request_with(int, int timeout = other_default()) {}
void call_with_defaults() {
  asio::post(io, [] {
    request(1);
    request_with(1, 2);
  });
  request_with(1);
}

// Operators and conversions.
struct remote_log {
  remote_log &operator<<(const std::string &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    return *this;
  }
};
struct lazy_value {
  operator int() const {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    return 1;
  }
};
struct rows {
  struct iterator {
    int operator*() const { return 1; }
    iterator &operator++() {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
      return *this;
    }
    bool operator!=(const iterator &) const { return true; }
  };
  iterator begin() const { return {}; }
  iterator end() const { return {}; }
};
void operators(remote_log &log, const lazy_value &value) {
  asio::post(io, [&] {
    log << "request";
    int n = value;
    for (int row : rows())
      n += row;
  });
}
