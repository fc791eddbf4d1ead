// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Two lambdas of one function have one name: the path tells the called one by its line.

#include <asio.hpp>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

void accept_again() {
  auto retry = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  asio::post(io, [retry] { retry(); });
// CHECK-NOTES: :[[@LINE-1]]:3: note: the lambda in 'accept_again' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES: :[[@LINE-2]]:28: note: the lambda in 'accept_again' calls the lambda at line 13 here
// CHECK-NOTES: :[[@LINE-6]]:5: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES: :[[@LINE-7]]:5: note: guide: {{.*}}#blocking-call-in-handler
}
