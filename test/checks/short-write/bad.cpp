// RUN: %nettune_check %s nettune-short-write
//
// Sends that may take a part: the error is looked at, the count is not.

#include <asio.hpp>
#include <boost/asio.hpp>
#include <cerrno>
#include <cstdio>
#include <string>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

using asio::ip::tcp;

bool less_than_zero(int fd, const std::string &text) {
  if (send(fd, text.data(), text.size(), MSG_NOSIGNAL) < 0)
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'send' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
    return false;
  return true;
}
bool minus_one(int fd, const char *data, std::size_t size) {
  ssize_t sent = ::send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'send' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
  if (sent == -1) {
    std::perror("send");
    return false;
  }
  return true;
}
bool in_the_condition(int fd, const char *data, std::size_t size) {
  int count;
  while ((count = send(fd, data, size, 0)) == -1 && errno == EINTR)
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'send' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
    ;
  return count != -1;
}
void not_positive(int fd, const char *data, std::size_t size) {
  ssize_t sent = send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'send' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
  if (sent <= 0)
    close(fd);
  std::printf("sent %zd of %zu\n", sent, size);
}
bool compared(int fd, const char *data, std::size_t size) { return send(fd, data, size, 0) >= 0; }
// CHECK-MESSAGES: :[[@LINE-1]]:68: warning: 'send' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
bool accepted(int listener, const iovec *parts, int count) {
  int peer = accept(listener, nullptr, nullptr);
  return writev(peer, parts, count) > 0;
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'writev' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
}
class client {
public:
  bool say(const std::string &text) { return write(socket_, text.data(), text.size()) != -1; }
// CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'write' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]

private:
  int socket_;
};

void throwing(tcp::socket &socket, const std::string &text) {
  socket.write_some(asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: asio::write(socket, asio::buffer(text));
}
bool with_error(tcp::socket &socket, const std::string &text) {
  asio::error_code error;
  socket.write_some(asio::buffer(text), error);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: asio::write(socket, asio::buffer(text), error);
  return !error;
}
bool count_as_success(tcp::socket *socket, const std::string &text) {
  auto sent = socket->write_some(asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: auto sent = asio::write(*socket, asio::buffer(text));
  return sent > 0;
}
struct session {
  void start() {
    socket_.async_write_some(asio::buffer(text_), [this](std::error_code error, std::size_t) {
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'asio::basic_stream_socket::async_write_some' can take a part only, and its count is not used; use 'asio::async_write' [nettune-short-write]
      if (!error)
        start();
    });
    socket_.async_write_some(asio::buffer(text_), std::bind(&session::on_write, this, std::placeholders::_1));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'asio::basic_stream_socket::async_write_some' can take a part only, and its count is not used; use 'asio::async_write' [nettune-short-write]
  }
  void on_write(const std::error_code &error) {
    if (!error)
      start();
  }
  boost::asio::ip::tcp::socket boost_socket_;
  tcp::socket socket_;
  std::string text_;
  void boost_write() {
    boost_socket_.write_some(boost::asio::buffer(text_));
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'boost::asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'boost::asio::write' [nettune-short-write]
// CHECK-FIXES: boost::asio::write(boost_socket_, boost::asio::buffer(text_));
  }
};
asio::awaitable<void> awaited(tcp::socket &socket, const std::string &text) {
  co_await socket.async_write_some(asio::buffer(text), asio::use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'asio::basic_stream_socket::async_write_some' can take a part only, and its count is not used; use 'asio::async_write' [nettune-short-write]
}
bool stream_pair(const char *data, std::size_t size) {
  int ends[2];
  return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && send(ends[0], data, size, 0) >= 0;
// CHECK-MESSAGES: :[[@LINE-1]]:60: warning: 'send' can take a part only, and its count is not used; go on where it stopped [nettune-short-write]
}
