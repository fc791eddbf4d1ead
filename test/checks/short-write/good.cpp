// RUN: %nettune_check %s nettune-short-write
//
// The count is used, or the call sends everything.

#include <asio.hpp>
#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

using asio::ip::tcp;

bool send_all(int fd, const char *data, std::size_t size) {
  while (size > 0) {
    ssize_t sent = send(fd, data, size, 0);
    if (sent < 0)
      return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}
bool whole(int fd, const std::string &text) {
  ssize_t sent = send(fd, text.data(), text.size(), 0);
  if (sent < 0)
    return false;
  return static_cast<std::size_t>(sent) == text.size();
}
bool at_once(int fd, const std::string &text) {
  return send(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}
ssize_t counted(int fd, const char *data, std::size_t size) {
  ssize_t sent = send(fd, data, size, 0);
  if (sent < 0)
    return -errno;
  return sent;
}
class connection {
public:
  bool flush() {
    ssize_t sent = send(fd_, pending_.data(), pending_.size(), MSG_DONTWAIT);
    if (sent < 0)
      return errno == EAGAIN;
    pending_.erase(0, sent);
    return true;
  }

private:
  int fd_;
  std::string pending_;
};
void everything(tcp::socket &socket, const std::string &text) {
  asio::write(socket, asio::buffer(text));
  std::error_code error;
  asio::write(socket, asio::buffer(text), error);
  if (error)
    socket.close();
}
std::size_t in_parts(tcp::socket &socket, const char *data, std::size_t size) {
  std::size_t sent = 0;
  while (sent < size)
    sent += socket.write_some(asio::buffer(data + sent, size - sent));
  return sent;
}
struct session {
  void write() {
    asio::async_write(socket_, asio::buffer(text_), [this](std::error_code error, std::size_t) {
      if (!error)
        write();
    });
    socket_.async_write_some(asio::buffer(text_), [this](std::error_code error, std::size_t count) {
      if (error)
        return;
      text_.erase(0, count);
      write();
    });
  }
  tcp::socket socket_;
  std::string text_;
};
asio::awaitable<void> awaited(tcp::socket &socket, const char *data, std::size_t size) {
  for (std::size_t sent = 0; sent < size;)
    sent += co_await socket.async_write_some(asio::buffer(data + sent, size - sent), asio::use_awaitable);
}
