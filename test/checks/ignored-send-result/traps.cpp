// RUN: %nettune_check %s nettune-ignored-send-result -- -I%source_root/tools/bench/messaging
//
// What looks like an ignored send and is right, or is nobody's loss.

#include "messaging.h"

#include <arpa/inet.h>
#include <asio.hpp>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

using asio::ip::tcp;
using asio::ip::udp;

// On purpose, in so many words.
void cast_away(int fd, const std::string &text) {
  (void)send(fd, text.data(), text.size(), 0);
  static_cast<void>(send(fd, text.data(), text.size(), 0));
  std::ignore = send(fd, text.data(), text.size(), 0);
  [[maybe_unused]] ssize_t sent = send(fd, text.data(), text.size(), 0);
  if (send(fd, text.data(), text.size(), 0)) {
  }
  (void)!send(fd, text.data(), text.size(), 0);
  ssize_t count = send(fd, text.data(), text.size(), 0);
  (void)count;
}
asio::awaitable<void> detached(tcp::socket &socket, const std::string &text) {
  asio::async_write(socket, asio::buffer(text), asio::detached);
  co_return;
}
void unused_parameter(tcp::socket &socket, const std::string &text) {
  asio::async_write(socket, asio::buffer(text), [](std::error_code error, std::size_t) { (void)error; });
  asio::async_write(socket, asio::buffer(text), []([[maybe_unused]] std::error_code error, std::size_t) {});
}

// Datagrams get lost anyway.
void datagrams(int fd, const sockaddr_in &peer, const char *data, std::size_t size, udp::socket &socket,
               const udp::endpoint &endpoint) {
  sendto(fd, data, size, 0, reinterpret_cast<const sockaddr *>(&peer), sizeof peer);
  socket.send_to(asio::buffer(data, size), endpoint);
}
void connected_datagrams(const sockaddr_in &peer, const char *data, std::size_t size) {
  int metrics = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (connect(metrics, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0)
    send(metrics, data, size, 0);
}
class udp_channel {
public:
  void push(const char *data, std::size_t size) { send(fd_, data, size, 0); }

private:
  int fd_;
};

// write() on what is no socket, or may be none.
void wake(int pipe_end) {
  char byte = 0;
  write(pipe_end, &byte, 1);
}
void wake_by_event(int event) {
  std::uint64_t one = 1;
  write(event, &one, sizeof one);
}
void complain(const std::string &text) { write(STDERR_FILENO, text.data(), text.size()); }
void to_a_file(int file, const std::string &text) { write(file, text.data(), text.size()); }
void wake_by_socket(int fd) {
  char byte = 0;
  send(fd, &byte, 1, 0);
}

// The connection ends, whatever becomes of its last words.
class connection {
public:
  ~connection() { send(fd_, "bye", 3, 0); }
  void close_connection() {
    send(fd_, "bye", 3, 0);
    ::close(fd_);
  }
  void on_line(const std::string &line) {
    if (line.size() > 1000) {
      send(fd_, "too long", 8, 0);
      ::shutdown(fd_, SHUT_RDWR);
      return;
    }
    ++lines_;
  }

private:
  int fd_;
  int lines_ = 0;
};
class session : public std::enable_shared_from_this<session> {
public:
  void refuse() {
    asio::async_write(socket_, asio::buffer(text_),
                      [self = shared_from_this()](std::error_code, std::size_t) { self->socket_.close(); });
    asio::async_write(socket_, asio::buffer(text_),
                      std::bind(&session::on_refused, shared_from_this(), std::placeholders::_1));
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::shut_down, shared_from_this()));
  }
  void end() {
    std::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

private:
  void on_refused(const std::error_code &) { shut_down(); }
  void shut_down();

  tcp::socket socket_;
  std::string text_;
};
void session::shut_down() { socket_.close(); }

// Not the library's send.
namespace mail {
int send(const std::string &to, const std::string &text);
} // namespace mail
struct letter_box {
  int send(const std::string &text);
};
void letters(letter_box &box) {
  mail::send("you", "hello");
  box.send("hello");
}

// Unknown: the handler comes from elsewhere.
void given(tcp::socket &socket, const std::string &text, std::function<void(std::error_code, std::size_t)> done) {
  asio::async_write(socket, asio::buffer(text), done);
  asio::async_write(socket, asio::buffer(text), std::move(done));
}
void declared_only(const std::error_code &, std::size_t);
void in_another_file(tcp::socket &socket, const std::string &text) {
  asio::async_write(socket, asio::buffer(text), declared_only);
}
// Reads are not sends.
void reading(tcp::socket &socket, std::string &text) {
  asio::async_read(socket, asio::buffer(text), [](std::error_code, std::size_t) {});
  std::error_code error;
  asio::read(socket, asio::buffer(text), error);
}
// Not evaluated.
using size_type = decltype(send(0, nullptr, 0, 0));
std::size_t width() { return sizeof(send(0, nullptr, 0, 0)); }

// A few fixed words, and the end.
void hang_up(int fd) {
  ::send(fd, "bye", 3, MSG_NOSIGNAL);
  ::close(fd);
}
void turn_away(int listener) {
  while (true) {
    int peer = accept(listener, nullptr, nullptr);
    ::send(peer, "full\n", 5, MSG_NOSIGNAL);
    ::shutdown(peer, SHUT_RDWR);
    ::close(peer);
  }
}
// errno tells what the result would.
bool by_errno(int fd, const std::string &text) {
  errno = 0;
  send(fd, text.data(), text.size(), 0);
  if (errno == EAGAIN)
    return false;
  return true;
}
