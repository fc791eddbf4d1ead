#include <asio.hpp>
#include <memory>
#include <vector>

class session : public std::enable_shared_from_this<session> {
public:
  void write() {
    socket_.async_write_some(asio::buffer(data_), [self = shared_from_this()](std::error_code ec, std::size_t /*length*/) {
      if (!ec)
        self->read();
    });
  }
  void read();

private:
  asio::ip::tcp::socket socket_;
  std::vector<char> data_;
};
