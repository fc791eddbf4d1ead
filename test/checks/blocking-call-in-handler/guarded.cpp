// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Nobody waits: the result is there, or the process ends.

#include <asio.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <future>
#include <stdexcept>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
asio::io_context io;

void ready(std::future<int> &answer, std::shared_future<int> &shared) {
  asio::post(io, [&answer] {
    if (answer.wait_for(0s) == std::future_status::ready)
      answer.get();
  });
  asio::post(io, [&shared] {
    if (shared.wait_for(std::chrono::milliseconds::zero()) != std::future_status::ready)
      return;
    shared.get();
  });
}
// To wait a while is no question, but what is got then is there.
void impatient(std::future<int> &answer) {
  asio::post(io, [&answer] {
    if (answer.wait_for(1s) == std::future_status::ready)
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::future::wait_for' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-3]]:3: note: the lambda in 'impatient' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES: :[[@LINE-3]]:16: note: 'std::future::wait_for' waits for another thread
// CHECK-NOTES: :[[@LINE-4]]:16: note: guide: docs/PERFORMANCE_TUNING.md#blocking-call-in-handler
      answer.get();
  });
}

// The last thing that the process does.
void fatal(const char *message) {
  std::fprintf(stderr, "%s\n", message);
  std::this_thread::sleep_for(100ms); // let the log server have it
  std::abort();
}
[[noreturn]] void give_up() {
  ::sleep(1);
  std::exit(1);
}
void out_of_memory() {
  std::this_thread::sleep_for(1s);
  fatal("out of memory");
}
void stopping(asio::signal_set &signals) {
  asio::post(io, [] { fatal("no way on"); });
  asio::post(io, [] { give_up(); });
  asio::post(io, out_of_memory);
  signals.async_wait([](std::error_code, int) {
    std::this_thread::sleep_for(1s);
    ::_exit(0);
  });
}

// It ends the process only sometimes, or not at all.
void check(bool fine) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  if (fine)
    return;
  std::abort();
}
[[noreturn]] void refuse() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  throw std::runtime_error("refused");
}
[[noreturn]] void pass_on(std::exception_ptr error) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  std::rethrow_exception(error);
}
void going_on() {
  asio::post(io, [] { check(true); });
  asio::post(io, [] { refuse(); });
  asio::post(io, [] { pass_on(nullptr); });
}
