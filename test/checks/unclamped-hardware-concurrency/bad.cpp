// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency -- -I%source_root/tools/bench/messaging
//
// Arithmetic on a number of cores that may be 0, used as a count of threads.

#include "messaging.h"
#include <algorithm>
#include <asio.hpp>
#include <thread>
#include <vector>

void pools() {
  asio::thread_pool a(std::thread::hardware_concurrency() - 1);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 4294967295; clamp the cores with 'std::max(2u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-NOTES: :[[@LINE-2]]:23: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
// CHECK-FIXES: asio::thread_pool a(std::max(2u, std::thread::hardware_concurrency()) - 1);
  asio::thread_pool b(std::thread::hardware_concurrency() / 2);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 0; clamp the count with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: asio::thread_pool b(std::max(1u, std::thread::hardware_concurrency() / 2));
  asio::thread_pool c(2 * std::jthread::hardware_concurrency());
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::jthread::hardware_concurrency' may return 0, and then the thread count is 0; clamp the count with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: asio::thread_pool c(2 * std::max(1u, std::jthread::hardware_concurrency()));
}

// The count goes through a variable; the fix is where the cores are asked for.
void variable() {
  const unsigned workers = std::thread::hardware_concurrency() - 2;
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 4294967294; clamp the cores with 'std::max(3u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: const unsigned workers = std::max(3u, std::thread::hardware_concurrency()) - 2;
  messaging::messaging_server server("variable");
  server.set_thread_count(workers);
}
void split() {
  const auto cores = std::thread::hardware_concurrency();
  messaging::messaging_server server("split");
  server.set_thread_count(cores / 2);
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 0; clamp the count with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
}

// The calling thread works too: none beside it is right for one core.
void helpers(asio::io_context &io) {
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency() - 1; ++i)
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 4294967295; clamp the cores with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()) - 1; ++i)
    threads.emplace_back([&io] { io.run(); });
  io.run();
}

// Into a class of the program's own.
class pool {
public:
  explicit pool(int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back([this] { io_.run(); });
  }

private:
  asio::io_context io_;
  std::vector<std::thread> threads_;
};
void own_pool() {
  pool p(std::thread::hardware_concurrency() - 1);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 4294967295; clamp the cores with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: pool p(std::max(1u, std::thread::hardware_concurrency()) - 1);
}

// The arithmetic around the subtraction does not change how many cores keep it from wrapping.
void quarter() {
  asio::thread_pool d((std::thread::hardware_concurrency() - 2) / 2);
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is a huge number; clamp the cores with 'std::max(4u, ...)' [nettune-unclamped-hardware-concurrency]
}

// More than one operation: the message says by what to clamp, and a fix of a part would not do.
void several() {
  asio::thread_pool e(std::thread::hardware_concurrency() * 3 / 4);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 0; clamp the count with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: asio::thread_pool e(std::thread::hardware_concurrency() * 3 / 4);
  asio::thread_pool f(std::thread::hardware_concurrency() / 2 - 1);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is {{.*}}; clamp the cores with 'std::max(4u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES: asio::thread_pool f(std::thread::hardware_concurrency() / 2 - 1);
}

// Nobody else does the work; the number that is compared has no sign.
void work(int part);
void no_worker() {
  int workers = int(std::thread::hardware_concurrency()) - 1;
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is -1; clamp the cores with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
  std::vector<std::thread> threads;
  for (int i = 0; i < workers; ++i)
    threads.emplace_back(work, i);
}
void wraps_in_the_test() {
  int helpers = int(std::thread::hardware_concurrency()) - 1;
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is -1; clamp the cores with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < helpers; ++i)
    threads.emplace_back(work, i);
  work(-1);
}
