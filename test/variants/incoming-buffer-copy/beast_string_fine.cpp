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
    std::string_view text(static_cast<const char *>(buffer_.data().data()), buffer_.size());
    if (text.find("ping") != std::string_view::npos)
      ++pings_;
    buffer_.consume(buffer_.size());
    read();
  }

  beast::websocket::stream<boost::asio::ip::tcp::socket> stream_;
  beast::flat_buffer buffer_;
  std::size_t pings_ = 0;
};
