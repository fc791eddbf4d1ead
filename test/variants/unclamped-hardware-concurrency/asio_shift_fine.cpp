#include <asio.hpp>
#include <algorithm>
#include <thread>
#include <vector>

asio::thread_pool pool(std::max(2u, std::thread::hardware_concurrency()) >> 1);
