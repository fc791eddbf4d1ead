// RUN: %nettune_check %s nettune-ignored-send-result -- -I%source_root/tools/bench/messaging
//
// The same sends, their reports looked at.

#include "messaging.h"

#include <asio.hpp>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <boost/bind/bind.hpp>
#include <cerrno>
#include <cstdio>
#include <deque>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;

// The guide's API.
bool answer(messaging::messaging_server &server, messaging::session_id id, messaging::payload data) {
  if (!server.send(id, std::move(data)))
    server.close(id);
  auto result = server.send(id, std::move(data));
  return static_cast<bool>(result);
}
messaging::send_result passed_on(messaging::messaging_client &client, messaging::payload data) {
  return client.send(std::move(data));
}
void bounded(messaging::messaging_client &client, std::deque<messaging::payload> &waiting) {
  while (!waiting.empty() && client.send(std::move(waiting.front())))
    waiting.pop_front();
}
void each_is_read(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  messaging::send_result result;
  for (auto &message : messages) {
    result = client.send(std::move(message));
    if (result.error() == messaging::error_code::closed)
      return;
  }
}

// POSIX.
bool send_all(int fd, const char *data, std::size_t size) {
  while (size > 0) {
    ssize_t sent = send(fd, data, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent <= 0)
      return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}
bool whole(int fd, const std::string &text) {
  return send(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}
ssize_t returned(int fd, const char *data, std::size_t size) { return send(fd, data, size, 0); }
void handed_on(int fd, const char *data, std::size_t size, void (*done)(ssize_t)) {
  done(send(fd, data, size, 0));
}
struct statistics {
  ssize_t last = 0;
};
void in_a_field(int fd, const char *data, std::size_t size, statistics &s) { s.last = send(fd, data, size, 0); }
ssize_t ternary(int fd, const char *data, std::size_t size, bool quiet) {
  ssize_t sent = quiet ? 0 : send(fd, data, size, 0);
  return sent;
}
bool all_of_them(int fd, const std::vector<std::string> &lines) {
  bool good = true;
  for (const std::string &line : lines)
    good = good && send(fd, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size());
  return good;
}
ssize_t until_sent(int fd, const char *data, std::size_t size) {
  ssize_t sent;
  do
    sent = send(fd, data, size, 0);
  while (sent < 0 && errno == EINTR);
  return sent;
}
int in_a_lambda(int fd, const char *data, std::size_t size) {
  ssize_t sent = send(fd, data, size, 0);
  auto failed = [&] { return sent < 0; };
  return failed() ? 1 : 0;
}
ssize_t last_of_several(int fd, const std::vector<std::string> &lines) {
  ssize_t sent = 0;
  for (const std::string &line : lines) {
    sent = send(fd, line.data(), line.size(), 0);
    if (sent < 0)
      break;
  }
  return sent;
}
void checked_by_switch(int fd, const char *data, std::size_t size) {
  switch (send(fd, data, size, 0)) {
  case -1:
    std::perror("send");
    close(fd);
  }
}

// Asio: overloads that throw report by an exception.
void throwing(tcp::socket &socket, const std::string &text) { asio::write(socket, asio::buffer(text)); }
bool error_code(tcp::socket &socket, const std::string &text) {
  asio::error_code error;
  asio::write(socket, asio::buffer(text), error);
  return !error;
}
void to_the_caller(tcp::socket &socket, const std::string &text, asio::error_code &error) {
  asio::write(socket, asio::buffer(text), error);
}
void one_of_two(tcp::socket &socket, const std::string &text, bool strict) {
  asio::error_code error;
  asio::write(socket, asio::buffer(text), error);
  if (strict)
    throw std::system_error(error);
}
asio::awaitable<void> awaited(tcp::socket &socket, const std::string &text) {
  co_await asio::async_write(socket, asio::buffer(text), asio::use_awaitable);
  std::error_code error;
  co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
  if (error)
    socket.close();
}

class session : public std::enable_shared_from_this<session> {
public:
  void write() {
    using namespace std::placeholders;
    auto self = shared_from_this();
    asio::async_write(socket_, asio::buffer(text_), [self](std::error_code error, std::size_t) {
      if (!error)
        self->next();
    });
    asio::async_write(socket_, asio::buffer(text_), [self](auto error, auto...) {
      if (!error)
        self->next();
    });
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::on_write, self, _1, _2));
    asio::async_write(socket_, asio::buffer(text_), std::bind_front(&session::on_write, self));
    asio::async_write(socket_, asio::buffer(text_), [self](std::error_code error, std::size_t count) {
      self->on_write(error, count);
    });
    boost::asio::async_write(boost_socket_, boost::asio::buffer(text_),
                             boost::bind(&session::on_boost, self, boost::asio::placeholders::error));
  }

private:
  void on_write(const std::error_code &error, std::size_t) {
    if (error)
      return;
    next();
  }
  void on_boost(const boost::system::error_code &error) {
    if (!error)
      next();
  }
  void next();

  tcp::socket socket_;
  boost::asio::ip::tcp::socket boost_socket_;
  std::string text_;
};
// The handler's error in a variable of the function around it.
bool waits_for(asio::io_context &io, tcp::socket &socket, const std::string &text) {
  std::error_code failure;
  asio::async_write(socket, asio::buffer(text), [&](const std::error_code &error, std::size_t) { failure = error; });
  io.run();
  return !failure;
}
