#include <asio.hpp>
#include <string>

class client {
public:
  void request(const std::string &line) { socket_->write_some(asio::buffer(line)); }

private:
  asio::ip::tcp::socket *socket_ = nullptr;
};
