// RUN: %nettune_check %s nettune-ignored-send-result -- -I%source_root/tools/bench/messaging
//
// What becomes of a send's report, each way once.

#include "messaging.h"

#include <asio.hpp>
#include <boost/asio.hpp>
#include <boost/bind/bind.hpp>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;

// The guide's API: the report is an object.
void broadcast(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages)
    client.send(std::move(message));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: result of 'messaging::messaging_client::send' is ignored; a full send queue is reported only through it [nettune-ignored-send-result]
// CHECK-NOTES: :[[@LINE-2]]:12: note: guide: docs/PERFORMANCE_TUNING.md#ignored-send-result
}
void kept(messaging::messaging_server &server, messaging::session_id id, messaging::payload data) {
  auto result = server.send(id, std::move(data));
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: result of 'messaging::messaging_server::send' is kept in 'result' and never read; a full send queue is reported only through it [nettune-ignored-send-result]
}
void last_counts(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  messaging::send_result result;
  for (auto &message : messages)
    result = client.send(std::move(message));
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: result of 'messaging::messaging_client::send' in 'result' is overwritten by the next before it is read; a full send queue is reported only through it [nettune-ignored-send-result]
  if (!result)
    std::puts("not sent");
}

// POSIX: a count, or -1.
void discarded(int fd, const std::string &text) { send(fd, text.data(), text.size(), MSG_NOSIGNAL); }
// CHECK-MESSAGES: :[[@LINE-1]]:51: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
void never_read(int fd, const char *data, std::size_t size) {
  ssize_t sent = ::send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: result of 'send' is kept in 'sent' and never read; what a short write leaves is lost [nettune-ignored-send-result]
}
void read_before_only(int fd, const char *data, std::size_t size) {
  ssize_t sent = 0;
  std::printf("%zd\n", sent);
  sent = send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: result of 'send' is kept in 'sent' and never read; what a short write leaves is lost [nettune-ignored-send-result]
}
void first_is_lost(int fd, const char *data, std::size_t size) {
  ssize_t sent = send(fd, data, 4, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: result of 'send' is kept in 'sent' and never read; what a short write leaves is lost [nettune-ignored-send-result]
  sent = send(fd, data, size, 0);
  if (sent != static_cast<ssize_t>(size))
    std::abort();
}
void only_logged(int fd, const char *data, std::size_t size) {
  auto sent = send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: result of 'send' is only logged; what a short write leaves is lost [nettune-ignored-send-result]
  std::cout << "sent " << sent << " of " << size << '\n';
  std::printf("sent %zd\n", send(fd, data, size, 0));
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: result of 'send' is only logged; what a short write leaves is lost [nettune-ignored-send-result]
}
namespace spdlog {
template <typename... Args> void info(const char *format, Args &&...);
}
void only_to_the_logger(int fd, const char *data, std::size_t size) {
  auto sent = send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: result of 'send' is only logged; what a short write leaves is lost [nettune-ignored-send-result]
  spdlog::info("sent {}", sent);
}
void added(int fd, const char *data, std::size_t size) {
  std::size_t offset = 0;
  while (offset < size)
    offset += send(fd, data + offset, size - offset, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: result of 'send' is added to 'offset' unchecked; test it for -1 first [nettune-ignored-send-result]
}
void added_from_a_variable(int fd, const char *data, std::size_t size) {
  for (std::size_t offset = 0; offset < size;) {
    auto count = send(fd, data + offset, size - offset, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: result of 'send' is added to 'offset' unchecked; test it for -1 first [nettune-ignored-send-result]
    offset += count;
  }
}
void as_condition(int fd, const char *data, std::size_t size) {
  if (send(fd, data, size, 0))
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: result of 'send' is taken for a bool, and -1 is true; compare it with the size [nettune-ignored-send-result]
    std::puts("sent");
  if (!send(fd, data, size, 0))
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: result of 'send' is taken for a bool, and -1 is true; compare it with the size [nettune-ignored-send-result]
    std::puts("not sent");
}
bool as_bool(int fd, const char *data, std::size_t size) { return send(fd, data, size, 0); }
// CHECK-MESSAGES: :[[@LINE-1]]:67: warning: result of 'send' is taken for a bool, and -1 is true; compare it with the size [nettune-ignored-send-result]
bool overwritten(int fd, const std::vector<std::string> &lines) {
  ssize_t sent = 0;
  for (const std::string &line : lines)
    sent = send(fd, line.data(), line.size(), 0);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: result of 'send' in 'sent' is overwritten by the next before it is read; what a short write leaves is lost [nettune-ignored-send-result]
  return sent >= 0;
}

// write() on what is known to be a socket.
int accept_one(int listener, const char *data, std::size_t size) {
  int fd = accept(listener, nullptr, nullptr);
  write(fd, data, size);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: result of 'write' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
  return fd;
}
class connection {
public:
  void greet(const std::string &text) { write(fd_, text.data(), text.size()); }
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: result of 'write' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
  bool read() { return recv(fd_, buffer_, sizeof buffer_, 0) > 0; }

private:
  int fd_;
  char buffer_[512];
};
static void reply(int descriptor, const char *text, std::size_t size) { write(descriptor, text, size); }
// CHECK-MESSAGES: :[[@LINE-1]]:73: warning: result of 'write' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
void serve(int listener) {
  int client = accept(listener, nullptr, nullptr);
  reply(client, "hello", 5);
}

// Asio: an error code that nobody reads.
void out_parameter(tcp::socket &socket, const std::string &text) {
  asio::error_code ignored_error;
  asio::write(socket, asio::buffer(text), ignored_error);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: error of 'asio::write' is kept in 'ignored_error' and never read; a broken connection is reported only through it [nettune-ignored-send-result]
}
bool read_too_early(tcp::socket &socket, const tcp::endpoint &peer, const std::string &text) {
  asio::error_code error;
  socket.connect(peer, error);
  if (error)
    return false;
  asio::write(socket, asio::buffer(text), error);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: error of 'asio::write' is kept in 'error' and never read; a broken connection is reported only through it [nettune-ignored-send-result]
  return true;
}
void cleared_by_the_next(tcp::socket &socket, const std::vector<std::string> &lines) {
  asio::error_code error;
  for (const std::string &line : lines)
    asio::write(socket, asio::buffer(line), error);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: error of 'asio::write' in 'error' is overwritten by the next before it is read; a broken connection is reported only through it [nettune-ignored-send-result]
  if (error)
    std::cerr << error.message();
}
void neither(tcp::socket &socket, const std::string &text) {
  asio::error_code error;
  socket.write_some(asio::buffer(text), error);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: error of 'asio::basic_stream_socket::write_some' is kept in 'error' and never read; what a short write leaves is lost [nettune-ignored-send-result]
}
asio::awaitable<void> redirected(tcp::socket &socket, const std::string &text) {
  std::error_code error;
  co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: error of 'asio::async_write' is kept in 'error' and never read; a broken connection is reported only through it [nettune-ignored-send-result]
}
void future(tcp::socket &socket, const std::string &text) {
  asio::async_write(socket, asio::buffer(text), asio::use_future);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: result of 'asio::async_write' is ignored; a broken connection is reported only through it [nettune-ignored-send-result]
}
template <typename Stream> void to_any(Stream &stream, const std::string &text) {
  asio::error_code error;
  asio::write(stream, asio::buffer(text), error);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: error of 'asio::write' is kept in 'error' and never read; a broken connection is reported only through it [nettune-ignored-send-result]
}
void instantiated(tcp::socket &socket) { to_any(socket, "text"); }

// More than a notice, another descriptor, or not the end.
void answer(int fd, const std::string &text) {
  send(fd, text.data(), text.size(), 0);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
  ::close(fd);
}
void another(int fd, int other) {
  send(fd, "hello", 5, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
  ::close(other);
}
// errno of another call.
bool errno_of_another(int fd, const std::string &text) {
  send(fd, text.data(), text.size(), 0);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
  errno = 0;
  listen(fd, 1);
  return errno == 0;
}
