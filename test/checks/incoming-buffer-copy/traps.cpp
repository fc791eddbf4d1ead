// RUN: %nettune_check %s nettune-incoming-buffer-copy -- -I%source_root/tools/bench/messaging
//
// Copies that are needed, and what only looks like a copy of received data.

#include "messaging.h"

#include <algorithm>
#include <array>
#include <asio.hpp>
#include <cstring>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string_view>
#include <sys/socket.h>

using messaging::payload;
using messaging::session_id;

static messaging::messaging_server server("orders");
static messaging::thread_pool pool(4, 100);
static asio::io_context io;
static std::size_t parse(const payload &data) { return data.size() + data[0]; }
static std::size_t parse_text(const std::string &text) { return text.find(':'); }
static void legacy(const std::string &text);
static void change(payload &data) { data.push_back(0); }

// The copy is changed, given away or kept.
class keeper {
public:
  void start() {
    server.set_message_handler([this](session_id id, const payload &data) { on_data(id, data); });
  }

private:
  void on_data(session_id id, const payload &data) {
    payload reply = data;
    reply[0] = 'R';
    server.send(id, std::move(reply));
    auto sorted = data;
    std::sort(sorted.begin(), sorted.end());
    auto grown = data;
    change(grown);
    auto terminated = data;
    terminated.push_back(0);
    auto elements = data;
    for (auto &byte : elements)
      byte ^= 1;
    auto kept = data;
    kept_ = std::move(kept);
    auto raw = data;
    std::memset(raw.data(), 0, 4);
    last_ = data;
    queue_.push_back(data);
  }
  payload copy_of(const payload &data) {
    payload copy = data;
    return copy;
  }

  payload kept_, last_;
  std::deque<payload> queue_;
};

// The source changes, or may, while the copy lives.
class reader : public std::enable_shared_from_this<reader> {
public:
  void read() {
    socket_.async_read_some(asio::buffer(data_), [self = shared_from_this()](std::error_code, std::size_t size) {
      self->on_read(size);
      self->on_rest(size);
      self->on_many(size);
    });
  }

private:
  void on_read(std::size_t size) {
    std::string text(data_.data(), size);
    read(); // the next message may be written into data_ now
    parse_text(text);
  }
  void on_rest(std::size_t size) {
    std::string text(data_.data(), size);
    data_.fill(0);
    parse_text(text);
  }
  void on_many(std::size_t size) {
    std::string text(data_.data(), size);
    refill_from_elsewhere();
    parse_text(text);
  }
  void refill_from_elsewhere();

  asio::ip::tcp::socket socket_{io};
  std::array<char, 8192> data_;
};
void compare_with_last(int fd) {
  std::string last, now(512, ' ');
  while (recv(fd, now.data(), now.size(), 0) > 0) {
    std::string before = now;
    recv(fd, now.data(), now.size(), 0);
    std::cout << (before == now);
  }
}

// An owning string is asked for, or what a view does not have.
void needs_a_string(int fd) {
  char buffer[256];
  ssize_t n = recv(fd, buffer, sizeof buffer, 0);
  std::string name(buffer, n);
  std::ifstream file(name);
  std::string number(buffer, n);
  std::cout << std::stoi(number);
  std::string text(buffer, n);
  legacy(text);
  std::string path(buffer, n);
  std::cout << path + ".txt" << strlen(path.c_str());
  std::map<std::string, int> counts;
  ++counts[std::string(buffer, n)];
  std::vector<int> wide(buffer, buffer + n);
  std::cout << wide.size();
}

// A part of a fixed size is read into an object: no alignment is assumed.
void header(int fd) {
  struct {
    int length, kind;
  } head;
  char buffer[256];
  ssize_t n = recv(fd, buffer, sizeof buffer, 0);
  std::memcpy(&head, buffer, sizeof head);
  char line[256];
  std::memcpy(line, buffer, n);
  line[n] = 0;
  std::cout << line << head.kind;
}

// Parts of a stream are put together.
class stream {
public:
  void on_readable(int fd) {
    char buffer[1024];
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    std::string all;
    all.append(buffer, n);
    pending_ += std::string(buffer, n);
    std::string rest = pending_.substr(1);
    pending_ = rest;
  }
  std::string pending_;
};

// Nothing owns the bytes after the handler but the copy.
void handed_over() {
  server.set_message_handler([](session_id id, const payload &data) {
    pool.enqueue([id, data] { server.send(id, data); });
    auto copy = data;
    asio::post(io, [copy = std::move(copy)] { parse(copy); });
  });
}

// Used again after the capture, in the same statement, or in each iteration.
void used_again() {
  server.set_message_handler([](session_id id, payload data) {
    pool.enqueue([data] { parse(data); });
    server.send(id, std::move(data));
  });
  server.set_message_handler([](session_id, payload data) {
    auto give = [](std::size_t, std::function<void()> work) { work(); };
    give(data.size(), [data] { parse(data); });
  });
  server.set_message_handler([](session_id, payload data) {
    for (int i = 0; i < 2; ++i) {
      pool.enqueue([data, i]() mutable { data[0] = i; });
    }
  });
  server.set_message_handler([](session_id, payload data) {
    const auto &view = data;
    pool.enqueue([data] { parse(data); });
    parse(view);
  });
  // Changed while the lambda holds the old bytes.
  server.set_message_handler([](session_id, payload data) {
    auto before = [data] { return data.size(); };
    data.clear();
    std::cout << before();
  });
  // Changed in the lambda.
  server.set_message_handler([](session_id, payload data) {
    auto next = [data]() mutable { data.pop_back(); };
    next();
    parse(data);
  });
}

// A coroutine's parameters are by value for a reason.
static asio::awaitable<void> answer(payload data) {
  parse(data);
  co_return;
}
void coroutines() {
  server.set_message_handler([](session_id, const payload &data) { asio::co_spawn(io, answer(data), asio::detached); });
}
asio::awaitable<void> echo(asio::ip::tcp::socket socket) {
  std::array<char, 1024> data;
  std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  std::string text(data.data(), n);
  n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  std::cout << text.size() << n;
}

// Owners that share, views, small things.
void cheap() {
  server.set_message_handler([](session_id id, payload data) {
    auto shared = std::make_shared<payload>(std::move(data));
    auto again = shared;
    std::string_view view(reinterpret_cast<const char *>(again->data()), again->size());
    auto same = view;
    auto who = id;
    pool.enqueue([again, who] { server.send(who, *again); });
    std::cout << same;
  });
}
void small(int fd) {
  char tag[4];
  recv(fd, tag, sizeof tag, 0);
  std::string text(tag, 4);
  std::cout << text;
}

// Not received.
static void not_received(const payload &settings) {
  payload copy = settings;
  parse(copy);
}
void configure() { not_received({1, 2, 3}); }

// Elements that a move does move.
void move_strings(std::vector<std::string> &&parts, std::vector<std::string> &out) {
  std::move(parts.begin(), parts.end(), out.begin());
}

// One capture is copied while another still needs the original.
void read_by_other_captures() {
  server.set_message_handler([](session_id, payload data) {
    pool.enqueue([data, size = data.size()] { parse(data.empty() ? payload(size) : data); });
  });
  server.set_message_handler([](session_id, payload data) {
    pool.enqueue([first = data.front(), data] { parse(data.empty() ? payload(first) : data); });
  });
  server.set_message_handler([](session_id, payload data) {
    pool.enqueue([kept = data, sum = parse(data)] { parse(kept.empty() ? payload(sum) : kept); });
  });
}

// A virtual function's signature is not its own.
struct sink {
  virtual ~sink() = default;
  virtual void take(payload data) { parse(data); }
};
void give(sink &s) {
  server.set_message_handler([&](session_id id, payload data) {
    s.take(data);
    server.send(id, std::move(data));
  });
}
