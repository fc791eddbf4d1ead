#include <asio.hpp>
#include <functional>
#include <memory>
#include <string>

using namespace std::placeholders;
class tcp_connection : public std::enable_shared_from_this<tcp_connection> {
public:
  void start() {
    asio::async_write(socket_, asio::buffer(message_), std::bind(&tcp_connection::handle_write, shared_from_this(), _1, _2));
  }

private:
  void handle_write(const asio::error_code &error, std::size_t /*bytes_transferred*/) {
    if (error)
      socket_.close();
  }
  asio::ip::tcp::socket socket_;
  std::string message_;
};
