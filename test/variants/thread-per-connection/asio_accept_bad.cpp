#include <asio.hpp>
#include <thread>

using asio::ip::tcp;
void session(tcp::socket s);
void run(tcp::acceptor &a) {
  while (true) {
    tcp::socket s = a.accept();
    std::thread(session, std::move(s)).detach();
  }
}
