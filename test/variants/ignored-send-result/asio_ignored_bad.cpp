#include <asio.hpp>
#include <string>

void daytime(asio::ip::tcp::acceptor &acceptor, const std::string &now) {
  for (;;) {
    asio::ip::tcp::socket socket = acceptor.accept();
    asio::error_code ignored_error;
    asio::write(socket, asio::buffer(now), ignored_error);
  }
}
