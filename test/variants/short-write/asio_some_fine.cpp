#include <asio.hpp>
#include <string>

class client {
public:
  void request(const std::string &line) { asio::write(*socket_, asio::buffer(line)); }

private:
  asio::ip::tcp::socket *socket_ = nullptr;
};
