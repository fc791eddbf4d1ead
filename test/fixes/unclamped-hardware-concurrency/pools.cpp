// FIXES: 8
//
// The machine's cores are told by this program, so that it prints the same
// everywhere: for each number of cores the threads that are made.

#include <algorithm>
#include <asio.hpp>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <thread>
#include <vector>

static unsigned machine_cores = 0;
// Stands in the place of the library's.
unsigned std::thread::hardware_concurrency() noexcept { return machine_cores; }

namespace {

/// Threads of this process.
long threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

template <typename Make> void count(const char *name, Make make) {
  // A thread that was joined can stay listed for a moment.
  while (threads() > 1)
    std::this_thread::yield();
  make([&] { std::cout << ' ' << name << ' ' << threads() - 1; });
}

void pools() {
  count("minus_one", [](auto say) {
    asio::thread_pool pool(std::thread::hardware_concurrency() - 1);
    say();
  });
  count("minus_two", [](auto say) {
    asio::thread_pool pool{std::thread::hardware_concurrency() - 2u};
    say();
  });
  count("half", [](auto say) {
    asio::thread_pool pool(std::thread::hardware_concurrency() / 2);
    say();
  });
  count("twice", [](auto say) {
    asio::thread_pool pool(2 * std::thread::hardware_concurrency());
    say();
  });
  count("of_jthread", [](auto say) {
    asio::thread_pool pool(std::jthread::hardware_concurrency() * 2);
    say();
  });
}

void named() {
  const unsigned workers = std::thread::hardware_concurrency() - 1;
  count("named", [&](auto say) {
    asio::thread_pool pool(workers);
    say();
  });
}

// The calling thread works too.
void beside_this_one() {
  count("beside", [](auto say) {
    asio::io_context io;
    auto work = asio::make_work_guard(io);
    std::vector<std::thread> all;
    for (unsigned i = 0; i < std::thread::hardware_concurrency() - 1; ++i)
      all.emplace_back([&io] { io.run(); });
    say();
    work.reset();
    for (std::thread &t : all)
      t.join();
  });
}

class workers {
public:
  explicit workers(int count) {
    for (int i = 0; i < count; ++i)
      all_.emplace_back([this] { io_.run(); });
  }
  ~workers() {
    work_.reset();
    for (std::thread &t : all_)
      t.join();
  }

private:
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::vector<std::thread> all_;
};

void own_pool() {
  count("own", [](auto say) {
    workers all(std::thread::hardware_concurrency() - 1);
    say();
  });
}

} // namespace

int main() {
  for (unsigned cores : {4u, 7u, 16u}) {
    machine_cores = cores;
    std::cout << cores << ':';
    pools();
    named();
    beside_this_one();
    own_pool();
    std::cout << '\n';
  }
}
