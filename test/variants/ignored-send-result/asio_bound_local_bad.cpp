#include <boost/asio.hpp>
#include <boost/bind/bind.hpp>
#include <string>

struct peer {
  boost::asio::ip::tcp::socket socket;
  std::string text;
  void send() {
    boost::system::error_code error;
    boost::asio::async_write(socket, boost::asio::buffer(text), boost::bind(&peer::sent, this, error));
  }
  void sent(const boost::system::error_code &error) {
    if (error)
      socket.close();
  }
};
