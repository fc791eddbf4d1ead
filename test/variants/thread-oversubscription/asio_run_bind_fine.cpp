#include <asio.hpp>
#include <functional>
#include <algorithm>
#include <thread>
#include <vector>

void run(asio::io_context &io) {
  std::vector<std::thread> threads;
  const auto count = std::clamp(std::thread::hardware_concurrency(), 2u, 8u);
  for (unsigned i = 0; i < count; ++i)
    threads.emplace_back([&] { io.run(); });
  for (auto &t : threads)
    t.join();
}
