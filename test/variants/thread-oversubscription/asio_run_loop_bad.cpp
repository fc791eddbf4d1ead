#include <asio.hpp>
#include <algorithm>
#include <thread>
#include <vector>

void run(asio::io_context &io) {
  std::vector<std::thread> threads;
  const auto count = 32u;
  for (unsigned i = 0; i < count; ++i)
    threads.emplace_back([&io] { io.run(); });
  for (auto &t : threads)
    t.join();
}
