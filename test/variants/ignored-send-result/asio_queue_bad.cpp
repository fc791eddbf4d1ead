#include <asio.hpp>
#include <deque>
#include <memory>
#include <string>

class writer : public std::enable_shared_from_this<writer> {
public:
  void deliver(std::string line) {
    bool idle = lines_.empty();
    lines_.push_back(std::move(line));
    if (idle)
      write();
  }

private:
  void write() {
    asio::async_write(socket_, asio::buffer(lines_.front()), [this, self = shared_from_this()](auto ec, auto) {
      lines_.pop_front();
      if (!lines_.empty())
        write();
    });
  }
  asio::ip::tcp::socket socket_;
  std::deque<std::string> lines_;
};
