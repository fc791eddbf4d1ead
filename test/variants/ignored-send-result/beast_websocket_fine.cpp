#include <boost/beast.hpp>
#include <boost/asio.hpp>
#include <memory>
#include <string>

namespace beast = boost::beast;
class session : public std::enable_shared_from_this<session> {
public:
  void echo() {
    ws_.async_write(boost::asio::buffer(text_), beast::bind_front_handler(&session::on_write, shared_from_this()));
  }

private:
  void on_write(beast::error_code ec, std::size_t bytes_transferred) {
    if (ec)
      return;
    total_ += bytes_transferred;
    read();
  }
  void read();
  beast::websocket::stream<boost::asio::ip::tcp::socket> ws_;
  std::string text_;
  std::size_t total_ = 0;
};
