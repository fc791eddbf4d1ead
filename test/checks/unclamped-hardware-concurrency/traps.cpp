// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency

#include <asio.hpp>
#include <cstdio>
#include <thread>
#include <vector>

// No arithmetic: what 0 threads mean is the pool's own business.
void as_it_is() { asio::thread_pool a(std::thread::hardware_concurrency()); }

// Not a count of threads.
void other_uses() {
  std::printf("%u\n", std::thread::hardware_concurrency() - 1);
  std::vector<int> counters(std::thread::hardware_concurrency() * 2);
  std::size_t queue = std::thread::hardware_concurrency() * 100;
  counters.resize(queue);
}

// Functions that say at least 1.
extern "C" int get_nprocs(void) noexcept;
void at_least_one() { asio::thread_pool a(get_nprocs() * 2); }

// Of the same name.
struct machine {
  static unsigned hardware_concurrency();
};
void own_function() { asio::thread_pool a(machine::hardware_concurrency() - 1); }

// Asked in another place of the function.
void asked() {
  const unsigned cores = std::thread::hardware_concurrency();
  const bool many = cores > 4;
  switch (cores) {
  case 0:
  case 1:
    return;
  }
  asio::thread_pool a(many ? cores / 2 : 2);
}

// The calling thread works too: no helper, or -1 of them, is right for one core.
void work(int part);
void helpers() {
  int helpers = int(std::thread::hardware_concurrency()) - 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < helpers; ++i)
    threads.emplace_back(work, i);
  work(-1);
}
void helpers_of_a_loop(asio::io_context &io) {
  const int helpers = static_cast<int>(std::thread::hardware_concurrency()) - 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < helpers; ++i)
    threads.emplace_back([&io] { io.run(); });
  io.run();
}
