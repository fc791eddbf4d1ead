// A server that waits for a name server and for time on its only thread.
#include <asio.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

namespace {

using asio::ip::tcp;

void back_off() {
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

void greet(tcp::socket &peer, std::error_code &error) {
  if (error)
    back_off();
  asio::write(peer, asio::buffer("hello\n", 6), error);
}

void accept(tcp::acceptor &from) {
  from.async_accept([&from](std::error_code error, tcp::socket peer) {
    greet(peer, error);
    accept(from);
  });
}

int configured(int wanted) { return std::max(1024, wanted); }

} // namespace

int main() {
  asio::io_context io;
  tcp::acceptor from(io, tcp::endpoint(tcp::v4(), static_cast<unsigned short>(configured(7000))));
  accept(from);
  asio::thread_pool pool(std::thread::hardware_concurrency() / 2);
  asio::post(pool, [] { std::this_thread::sleep_for(std::chrono::seconds(1)); });
  io.run();
}
