// FIXES: 6
//
// Every way that 'asio::write' is offered, over a pair of local sockets; the
// other end prints what arrives.

#include <asio.hpp>
#include <iostream>
#include <numeric>
#include <string>
#include <thread>

using stream = asio::local::stream_protocol;

namespace {

class peer {
public:
  explicit peer(asio::io_context &io) : socket_(io) {}
  stream::socket &socket() { return socket_; }
  void greet(const std::string &name) {
    socket_.write_some(asio::buffer("hello "));
    this->socket_.write_some(asio::buffer(name));
  }

private:
  stream::socket socket_;
};

struct connection {
  stream::socket socket;
};

void plain(stream::socket &socket) { socket.write_some(asio::buffer(std::string("plain "))); }

bool with_error(stream::socket &socket, const std::string &text) {
  std::error_code error;
  socket.write_some(asio::buffer(text), error);
  return !error;
}

void by_pointer(connection *to) {
  const std::string large(300'000, 'x');
  to->socket.write_some(asio::buffer(large));
}

void parts(stream::socket *to) {
  const std::string head = "[", tail = "]";
  std::vector<asio::const_buffer> both{asio::buffer(head), asio::buffer(tail)};
  to->write_some(both);
}

/// All that comes until the other end is closed.
std::string drain(stream::socket &from) {
  std::string all;
  char part[4096];
  std::error_code error;
  while (std::size_t got = from.read_some(asio::buffer(part), error))
    all.append(part, got);
  return all;
}

} // namespace

int main() {
  asio::io_context io;
  peer from(io);
  stream::socket to(io);
  asio::local::connect_pair(from.socket(), to);
  std::string arrived;
  std::thread reader([&] { arrived = drain(to); });

  plain(from.socket());
  from.greet("world");
  bool first = with_error(from.socket(), " with an error code ");
  connection moved{std::move(from.socket())};
  parts(&moved.socket);
  by_pointer(&moved);
  moved.socket.close();
  bool second = with_error(moved.socket, "lost");
  reader.join();

  std::cout << arrived.substr(0, 64) << '\n' << arrived.size() << '\n'
            << std::accumulate(arrived.begin(), arrived.end(), 0u) << '\n'
            << first << second << '\n';
}
