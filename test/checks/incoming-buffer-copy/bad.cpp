// RUN: %nettune_check %s nettune-incoming-buffer-copy -- -I%source_root/tools/bench/messaging

#include "messaging.h"

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <cstring>
#include <iostream>
#include <memory>
#include <sys/socket.h>

using messaging::payload;
using messaging::session_id;

static std::size_t parse(const payload &data) { return data.size() + data[0]; }
static std::size_t parse_text(const std::string &text) { return text.find(':'); }
static messaging::messaging_server server("orders");
static messaging::thread_pool pool(4, 100);
static messaging::buffer_pool buffers(16);
static asio::io_context io;

// The guide's own examples of the pattern, and of its cure.
static void process(const std::vector<uint8_t> &data) {
  std::vector<uint8_t> copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
}
static void process_pooled(std::vector<uint8_t> &&data) {
  auto buffer = buffers.acquire(data.size());
  std::move(data.begin(), data.end(), buffer->begin());
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: moving the elements of received buffer 'data' copies them; move the whole buffer [nettune-incoming-buffer-copy]
}
void serve_guide(messaging::database &database) {
  server.set_message_handler([&](auto, auto data) {
    process(data);
    process_pooled(std::move(data));
  });
}

// A copy that is only read.
static void on_order(session_id, const payload &data) {
  auto copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-NOTES: :[[@LINE-2]]:8: note: guide: docs/PERFORMANCE_TUNING.md#incoming-buffer-copy
  for (auto byte : copy)
    std::cout << byte;
  parse(copy);
}
class orders {
public:
  void start() {
    server.set_message_handler(&on_order);
    client_.set_message_handler(std::bind(&orders::on_answer, this, 7, std::placeholders::_1));
    client_.set_message_handler([this](payload data) { keep(data, sum(data)); });
  }

private:
  void on_answer(int, const payload &data) {
    const payload mine(data);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied into 'mine' but never modified; use it by reference [nettune-incoming-buffer-copy]
    std::cout << std::count(mine.begin(), mine.end(), 0);
  }
  static int sum(payload bytes) {
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: received buffer 'data' is copied into 'bytes' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-NOTES: :[[@LINE-11]]:71: note: 'data' is copied here
// CHECK-NOTES: :[[@LINE-3]]:26: note: guide: docs/PERFORMANCE_TUNING.md#incoming-buffer-copy
    int total = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      total += bytes[i];
    return total;
  }
  void keep(const payload &data, int) { kept_ = data; }

  messaging::messaging_client client_{"orders"};
  payload kept_;
};

// Members of messages.
struct message {
  int kind;
  std::string body;
};
static void on_message(const message &m) {
  std::string body = m.body;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: received buffer 'm.body' is copied into 'body' but never modified; use it by reference [nettune-incoming-buffer-copy]
  message all = m;
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: received buffer 'm' is copied into 'all' but never modified; use it by reference [nettune-incoming-buffer-copy]
  std::cout << parse_text(body) << all.body << all.kind;
}
void receive_message(int fd, message &m) {
  recv(fd, m.body.data(), m.body.size(), 0);
  on_message(m);
}

// A buffer of bytes becomes an owning object that is only read.
void receive_raw(int fd) {
  char buffer[4096];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
    std::string line(buffer, n);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: received buffer 'buffer' of up to 4096 bytes is copied into 'line' but only read; use a std::string_view [nettune-incoming-buffer-copy]
    parse_text(line);
    parse_text(std::string(buffer, n));
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: received buffer 'buffer' of up to 4096 bytes is copied but only read; use a std::string_view [nettune-incoming-buffer-copy]
    std::vector<char> bytes(buffer, buffer + n);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: received buffer 'buffer' of up to 4096 bytes is copied into 'bytes' but only read; use a std::span [nettune-incoming-buffer-copy]
    std::cout << bytes.size() << bytes[0];
    if (std::string(buffer, n) == "QUIT")
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: received buffer 'buffer' of up to 4096 bytes is copied but only read; use a std::string_view [nettune-incoming-buffer-copy]
      break;
    char scratch[4096];
    memcpy(scratch, buffer, n);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: received buffer 'buffer' of up to 4096 bytes is copied into 'scratch' but only read; use the buffer itself [nettune-incoming-buffer-copy]
    std::cout << scratch[0];
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
    std::string text(data_.data(), size);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: received buffer 'data_' of up to 8192 bytes is copied into 'text' but only read; use a std::string_view [nettune-incoming-buffer-copy]
    handle(text);
    read();
  }
  void handle(const std::string &text) {
    std::string command = text.substr(0, 4);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: received buffer 'text' is copied into 'command' but only read; use a std::string_view [nettune-incoming-buffer-copy]
    if (command == "PING")
      ++pings_;
  }

  asio::ip::tcp::socket socket_{io};
  std::array<char, 8192> data_;
  int pings_ = 0;
};

// Captures.
void capture(messaging::database &database) {
  server.set_message_handler([&](session_id id, payload data) {
    pool.enqueue([&database, id, data] { database.query(data); });
// CHECK-MESSAGES: :[[@LINE-1]]:34: warning: received buffer 'data' is copied at its last use; move it: 'data = std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: pool.enqueue([&database, id, data = std::move(data)] { database.query(data); });
  });
  server.set_message_handler([&](auto id, auto data) {
    pool.enqueue([=, &database]() {
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied at its last use; move it: 'data = std::move(data)' [nettune-incoming-buffer-copy]
      auto rows = database.query(data);
      server.send(id, std::move(rows).bytes());
    });
  });
  server.set_message_handler([&](session_id, payload data) {
    auto empty = [data] { return data.empty(); };
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied into a lambda that runs at once; capture it by reference [nettune-incoming-buffer-copy]
    std::cout << empty() << [=] { return data.size(); }();
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: received buffer 'data' is copied into a lambda that runs at once; capture it by reference [nettune-incoming-buffer-copy]
    std::cout << std::count_if(data.begin(), data.end(), [data](int b) { return b == data[0]; });
// CHECK-MESSAGES: :[[@LINE-1]]:59: warning: received buffer 'data' is copied into a lambda that runs at once; capture it by reference [nettune-incoming-buffer-copy]
  });
}
void broadcast(std::vector<session_id> &subscribers) {
  server.set_message_handler([&](session_id, const payload &data) {
    for (session_id to : subscribers)
      asio::post(io, [to, data] { server.send(to, data); });
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: received buffer 'data' is copied once for each iteration; share one copy [nettune-incoming-buffer-copy]
  });
}

// A move that is none, and a copy where a move would do.
static void store(payload bytes) {
  static payload stored;
  stored = std::move(bytes);
}
void moves() {
  server.set_message_handler([](session_id, const payload &data) {
    store(std::move(data));
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: received buffer 'data' is const, so moving from it copies it; take the bytes by value, or do not move [nettune-incoming-buffer-copy]
  });
  server.set_message_handler([](session_id, payload data) {
    pool.enqueue([data = std::move(data)] { store(std::move(data)); });
// CHECK-MESSAGES: :[[@LINE-1]]:51: warning: received buffer 'data' is const, so moving from it copies it; make the lambda mutable [nettune-incoming-buffer-copy]
  });
  server.set_message_handler([](session_id, payload data) {
    if (!data.empty())
      store(data);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: received buffer 'data' is copied at its last use; move it: 'std::move(data)' [nettune-incoming-buffer-copy]
  });
}
