// FIXES: 5
//
// Buffers that Asio and POSIX fill, over a pair of local sockets.

#include <asio.hpp>
#include <iostream>
#include <string>
#include <sys/socket.h>
#include <vector>

using stream = asio::local::stream_protocol;

namespace {

struct line_log {
  std::vector<std::string> lines;
  void add(std::string line) { lines.push_back(std::move(line)); }
};

void print(const char *what, const std::vector<char> &data) {
  std::cout << what << ' ';
  std::cout.write(data.data(), static_cast<std::streamsize>(data.size())) << '\n';
}

void read_whole(stream::socket &from) {
  std::vector<char> data(5);
  asio::read(from, asio::buffer(data));
  const std::size_t size = data.size();
  auto copy = data;
  print("copy", copy);
  std::cout << size << ' ' << data.size() << '\n';
}

void read_and_post(stream::socket &from, asio::thread_pool &pool) {
  std::vector<char> data(6);
  asio::read(from, asio::buffer(data));
  print("read", data);
  asio::post(pool, [data] { print("posted", data); });
}

void read_in_loop(stream::socket &from, std::vector<std::vector<char>> &all) {
  for (int i = 0; i < 3; ++i) {
    std::vector<char> data(4);
    asio::read(from, asio::buffer(data));
    all.push_back(data);
  }
}

void receive(int fd, line_log &log) {
  std::string line(8, ' ');
  ssize_t got = recv(fd, line.data(), line.size(), MSG_WAITALL);
  if (got <= 0)
    return;
  line.resize(static_cast<std::size_t>(got));
  [line] { std::cout << "line " << line << '\n'; }();
  log.add(line);
}

} // namespace

int main() {
  asio::io_context io;
  stream::socket to(io), from(io);
  asio::local::connect_pair(to, from);
  asio::write(to, asio::buffer(std::string("helloworld!one.two.six.linebyte")));
  asio::thread_pool pool(1);
  std::vector<std::vector<char>> all;
  line_log log;
  read_whole(from);
  read_and_post(from, pool);
  pool.join();
  read_in_loop(from, all);
  receive(from.native_handle(), log);
  for (const std::vector<char> &data : all)
    print("kept", data);
  for (const std::string &line : log.lines)
    std::cout << line << '\n';
}
