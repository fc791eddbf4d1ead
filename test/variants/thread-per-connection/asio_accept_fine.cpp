#include <asio.hpp>

using asio::ip::tcp;
void session(tcp::socket s);
void run(tcp::acceptor &a) {
  asio::thread_pool pool(8);
  while (true) {
    int n = 0;
    asio::post(pool, [n] {});
    session(a.accept());
  }
}
