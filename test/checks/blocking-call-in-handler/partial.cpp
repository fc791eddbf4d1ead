// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// A file that does not compile: what was understood is looked at, and the handler
// in a call that was not understood does not vanish.

#include <asio.hpp>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

struct session {
  asio::ip::tcp::socket socket{io};
  char data[16];
  void unknown_argument() {
    socket.async_read_some(asio::buffer(data), no_such_condition, [this](std::error_code, std::size_t) {
// CHECK-MESSAGES: :[[@LINE-1]]:48: error: use of undeclared identifier 'no_such_condition' [clang-diagnostic-error]
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to '{{(asio::basic_stream_socket::)?}}async_read_some'; {{.*}} [nettune-blocking-call-in-handler]
    });
  }
  // A name that says nothing about where the callable runs.
  void unknown_function() {
    missing_function([] { std::this_thread::sleep_for(1s); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: error: use of undeclared identifier 'missing_function' [clang-diagnostic-error]
  }
};

void beside() {
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
