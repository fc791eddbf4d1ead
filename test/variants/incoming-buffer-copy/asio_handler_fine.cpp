#include <array>
#include <asio.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

class session : public std::enable_shared_from_this<session> {
public:
  explicit session(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

  void read() {
    socket_.async_read_some(asio::buffer(data_),
                            [self = shared_from_this()](std::error_code error, std::size_t size) {
                              if (!error)
                                self->on_read(size);
                            });
  }

private:
  void on_read(std::size_t size) {
    handle(std::string_view(data_.data(), size));
    read();
  }
  void handle(std::string_view text) { lines_ += text.find('\n') != std::string_view::npos; }

  asio::ip::tcp::socket socket_;
  std::vector<char> data_ = std::vector<char>(16384);
  std::size_t lines_ = 0;
};
