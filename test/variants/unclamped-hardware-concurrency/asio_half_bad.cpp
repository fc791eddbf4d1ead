#include <asio.hpp>
#include <algorithm>
#include <thread>
#include <vector>

asio::thread_pool pool(std::thread::hardware_concurrency() / 2);
