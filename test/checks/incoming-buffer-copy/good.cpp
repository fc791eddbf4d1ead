// RUN: %nettune_check %s nettune-incoming-buffer-copy -- -I%source_root/tools/bench/messaging
//
// The same tasks as in bad.cpp, done without the copy.

#include "messaging.h"

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <iostream>
#include <memory>
#include <span>
#include <string_view>
#include <sys/socket.h>

using messaging::payload;
using messaging::session_id;

static std::size_t parse(const payload &data) { return data.size() + data[0]; }
static std::size_t parse_text(std::string_view text) { return text.find(':'); }
static messaging::messaging_server server("orders");
static messaging::thread_pool pool(4, 100);
static asio::io_context io;

// By reference.
static void on_order(session_id, const payload &data) {
  const auto &same = data;
  for (auto byte : same)
    std::cout << byte;
  parse(same);
}
static int sum(const payload &bytes) {
  int total = 0;
  for (auto byte : bytes)
    total += byte;
  return total;
}
struct message {
  int kind;
  std::string body;
};
static void on_message(const message &m) {
  const std::string &body = m.body;
  std::cout << parse_text(body) << m.kind;
}
void use() {
  server.set_message_handler(&on_order);
  server.set_message_handler([](session_id, payload data) { std::cout << sum(data); });
}
void receive_message(int fd, message &m) {
  recv(fd, m.body.data(), m.body.size(), 0);
  on_message(m);
}

// By view.
void receive_raw(int fd) {
  char buffer[4096];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
    std::string_view line(buffer, n);
    std::span<const char> bytes(buffer, n);
    std::cout << parse_text(line) << line.substr(0, 4) << bytes.size();
  }
}
class session : public std::enable_shared_from_this<session> {
public:
  void read() {
    socket_.async_read_some(asio::buffer(data_),
                            [self = shared_from_this()](std::error_code, std::size_t size) { self->on_read(size); });
  }

private:
  void on_read(std::size_t size) {
    handle(std::string_view(data_.data(), size));
    read();
  }
  void handle(std::string_view text) {
    if (text.substr(0, 4) == "PING")
      ++pings_;
  }

  asio::ip::tcp::socket socket_{io};
  std::array<char, 8192> data_;
  int pings_ = 0;
};

// By moving.
static void store(payload bytes) {
  static payload stored;
  stored = std::move(bytes);
}
void hand_over(messaging::database &database) {
  server.set_message_handler([&](session_id id, payload data) {
    pool.enqueue([&database, id, data = std::move(data)] { server.send(id, database.query(data).bytes()); });
  });
  server.set_message_handler([&](session_id, payload data) {
    pool.enqueue([data = std::move(data)]() mutable { store(std::move(data)); });
  });
  server.set_message_handler([](session_id, payload data) { store(std::move(data)); });
}

// By reference in a lambda that runs at once.
void look() {
  server.set_message_handler([](session_id, payload data) {
    auto empty = [&data] { return data.empty(); };
    std::cout << empty() << std::count_if(data.begin(), data.end(), [&](int b) { return b == data[0]; });
  });
}

// By sharing.
void broadcast(std::vector<session_id> &subscribers) {
  server.set_message_handler([&](session_id, payload data) {
    auto shared = std::make_shared<const payload>(std::move(data));
    for (session_id to : subscribers)
      asio::post(io, [to, shared] { server.send(to, *shared); });
  });
}
