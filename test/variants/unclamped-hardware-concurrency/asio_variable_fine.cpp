#include <asio.hpp>
#include <algorithm>
#include <thread>
#include <vector>

void run() {
  unsigned n = std::thread::hardware_concurrency();
  if (n < 2)
    n = 2;
  asio::thread_pool pool(n - 1);
}
