#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace beast = boost::beast;

class session : public std::enable_shared_from_this<session> {
public:
  explicit session(boost::asio::ip::tcp::socket &&socket) : stream_(std::move(socket)) {}

  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](boost::system::error_code error, std::size_t) {
      if (!error)
        self->on_read();
    });
  }

private:
  void on_read() {
    auto text = beast::buffers_to_string(buffer_.data());
    buffer_.consume(buffer_.size()); // the string is what remains
    boost::asio::post(stream_executor(),
                      [self = shared_from_this(), text = std::move(text)] { self->pings_ += text.size(); });
    read();
  }
  boost::asio::any_io_executor stream_executor();

  beast::websocket::stream<boost::asio::ip::tcp::socket> stream_;
  beast::flat_buffer buffer_;
  std::size_t pings_ = 0;
};
