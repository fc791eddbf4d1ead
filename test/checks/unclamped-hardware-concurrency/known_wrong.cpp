// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency

#include <algorithm>
#include <asio.hpp>
#include <thread>

// The subtraction wraps before std::max sees it.
void fn_max_after_wrap() { asio::thread_pool pool(std::max(1u, std::thread::hardware_concurrency() - 1)); }

// The test is of something else.
void fn_other_test() {
  const unsigned cores = std::thread::hardware_concurrency();
  if (cores > 64)
    return;
  asio::thread_pool pool(cores - 1);
}
