#include <asio.hpp>
#include <string>

void run(asio::ip::tcp::socket &s, std::string &all) {
  std::error_code error;
  char data[2048];
  while (!error) {
    std::size_t got = s.read_some(asio::buffer(data, 2048), error);
    all.append(data, got);
  }
}
