#include <asio.hpp>
#include <chrono>
#include <deque>
#include <string>
#include <thread>

void pump(asio::ip::tcp::socket &socket, std::deque<std::string> &lines) {
  for (const auto &line : lines) {
    asio::error_code ec;
    asio::write(socket, asio::buffer(line), ec);
    if (ec) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      continue;
    }
  }
}
