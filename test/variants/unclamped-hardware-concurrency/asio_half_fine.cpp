#include <asio.hpp>
#include <algorithm>
#include <thread>
#include <vector>

asio::thread_pool pool(std::max(1u, std::thread::hardware_concurrency() / 2));
