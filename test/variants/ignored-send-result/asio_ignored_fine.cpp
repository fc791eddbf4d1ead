#include <asio.hpp>
#include <string>

int daytime(asio::ip::tcp::acceptor &acceptor, const std::string &now) {
  for (int failed = 0; failed < 100;) {
    asio::ip::tcp::socket socket = acceptor.accept();
    asio::error_code error;
    asio::write(socket, asio::buffer(now), error);
    if (error)
      ++failed;
  }
  return 1;
}
