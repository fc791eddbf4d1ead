#include <boost/asio.hpp>
#include <array>
#include <string>

void run(boost::asio::ip::tcp::socket &s, std::string &all) {
  std::array<char, 8192> data;
  boost::system::error_code error;
  while (!error) {
    std::size_t got = s.read_some(boost::asio::buffer(data), error);
    all.append(data.data(), got);
  }
}
