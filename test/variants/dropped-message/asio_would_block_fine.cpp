#include <asio.hpp>
#include <chrono>
#include <deque>
#include <string>
#include <thread>

void pump(asio::ip::tcp::socket &socket, std::deque<std::string> &lines) {
  while (!lines.empty()) {
    asio::error_code ec;
    asio::write(socket, asio::buffer(lines.front()), ec);
    if (ec)
      return;
    lines.pop_front();
  }
}
