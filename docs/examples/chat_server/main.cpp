//===- main.cpp - a chat server that blocks its event loop ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One line is one message; the first line of a connection is the user's name.
// `/search WORD` lists the lines with that word. See README.md for what is wrong
// here and ../chat_server_fixed for the same server put right.
//
//   clang++-22 -std=c++20 -pthread main.cpp -o chat_server
//   ./chat_server PORT HISTORY_FILE
//
//===----------------------------------------------------------------------===//

#include <asio.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace chat {

using asio::ip::tcp;

constexpr std::size_t max_line = 1024;
constexpr std::size_t max_outbox = 256;
constexpr int lines_per_second = 5;
constexpr std::size_t max_search_results = 20;

/// What was said, one line each, in a file.
class history {
public:
  explicit history(std::string path) : path_(std::move(path)) {}

  void append(const std::string &line) {
    std::ofstream file(path_, std::ios::app);
    file << line << '\n';
  }

  std::vector<std::string> search(const std::string &word) const {
    std::ifstream file(path_);
    std::vector<std::string> found;
    for (std::string line; std::getline(file, line);)
      if (line.find(word) != std::string::npos && found.size() < max_search_results)
        found.push_back(line);
    return found;
  }

private:
  std::string path_;
};

class member {
public:
  virtual ~member() = default;
  virtual void deliver(const std::string &line) = 0;
};

/// Everybody who is logged in.
class room {
public:
  explicit room(std::string history_path) : history_(std::move(history_path)) {}

  void set_flood_handler(std::function<void(const std::string &)> handler) {
    on_flood_ = std::move(handler);
  }

  void join(std::shared_ptr<member> who) { members_.insert(std::move(who)); }
  void leave(const std::shared_ptr<member> &who) { members_.erase(who); }

  void say(const std::string &line) {
    history_.append(line);
    for (const auto &who : members_)
      who->deliver(line);
  }

  void flooded(const std::string &name) {
    if (on_flood_)
      on_flood_(name);
  }

  std::vector<std::string> search(const std::string &word) {
    auto found = std::async(std::launch::async, [this, word] { return history_.search(word); });
    return found.get();
  }

private:
  history history_;
  std::set<std::shared_ptr<member>> members_;
  std::function<void(const std::string &)> on_flood_;
};

class session : public member, public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, room &where)
      : socket_(std::move(socket)), resolver_(socket_.get_executor()), room_(where) {}

  void start() { read_line(); }

  void deliver(const std::string &line) override {
    if (outbox_.size() >= max_outbox) { // a reader too slow to keep up
      close();
      return;
    }
    outbox_.push_back(line + '\n');
    if (outbox_.size() == 1)
      write();
  }

private:
  void read_line() {
    asio::async_read_until(socket_, asio::dynamic_buffer(incoming_, max_line), '\n',
                           [self = shared_from_this()](std::error_code error, std::size_t size) {
                             self->on_read(error, size);
                           });
  }

  void on_read(std::error_code error, std::size_t size) {
    if (error) {
      leave();
      return;
    }
    std::string line = incoming_.substr(0, size - 1);
    incoming_.erase(0, size);
    on_line(line);
    read_line();
  }

  void on_line(const std::string &line) {
    if (name_.empty())
      log_in(line);
    else if (line.starts_with("/search "))
      answer_search(line.substr(8));
    else
      chat(line);
  }

  void log_in(const std::string &name) {
    if (name.empty())
      return;
    name_ = name;
    room_.join(shared_from_this());
    room_.say("* " + name_ + " joined from " + peer_name());
  }

  /// The host name of the other end, or its address if it has none.
  std::string peer_name() {
    std::error_code error;
    tcp::endpoint peer = socket_.remote_endpoint(error);
    if (error)
      return "nowhere";
    auto found = resolver_.resolve(peer, error);
    return error || found.empty() ? peer.address().to_string() : found.begin()->host_name();
  }

  void chat(const std::string &line) {
    if (too_fast())
      room_.flooded(name_);
    room_.say(name_ + ": " + line);
  }

  bool too_fast() {
    auto now = std::chrono::steady_clock::now();
    if (now - second_began_ >= std::chrono::seconds(1)) {
      second_began_ = now;
      lines_this_second_ = 0;
    }
    return ++lines_this_second_ > lines_per_second;
  }

  void answer_search(const std::string &word) {
    for (const std::string &line : room_.search(word))
      deliver("> " + line);
    deliver("> end");
  }

  void write() {
    asio::async_write(socket_, asio::buffer(outbox_.front()),
                      [self = shared_from_this()](std::error_code error, std::size_t) {
                        self->on_written(error);
                      });
  }

  void on_written(std::error_code error) {
    if (error) {
      close();
      return;
    }
    outbox_.pop_front();
    if (!outbox_.empty())
      write();
  }

  void leave() {
    if (std::exchange(left_, true) || name_.empty())
      return;
    room_.leave(shared_from_this());
    room_.say("* " + name_ + " left");
  }

  /// The read that is under way then fails, and leave() follows.
  void close() {
    std::error_code ignored;
    socket_.close(ignored);
  }

  tcp::socket socket_;
  tcp::resolver resolver_;
  room &room_;
  std::string name_;
  std::string incoming_;
  std::deque<std::string> outbox_;
  std::chrono::steady_clock::time_point second_began_{};
  int lines_this_second_ = 0;
  bool left_ = false;
};

class server {
public:
  server(asio::io_context &io, std::uint16_t port, room &where)
      : acceptor_(io, tcp::endpoint(tcp::v4(), port)), retry_(io), room_(where) {
    accept();
  }

private:
  void accept() {
    acceptor_.async_accept([this](std::error_code error, tcp::socket socket) {
      if (error) { // out of descriptors, for instance: a retry at once would spin
        retry_.expires_after(std::chrono::milliseconds(100));
        retry_.async_wait([this](std::error_code) { accept(); });
        return;
      }
      std::make_shared<session>(std::move(socket), room_)->start();
      accept();
    });
  }

  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  room &room_;
};

} // namespace chat

int main(int argc, char **argv) {
  if (argc != 3) {
    std::cerr << "usage: chat_server PORT HISTORY_FILE\n";
    return 2;
  }
  try {
    asio::io_context io;
    chat::room room(argv[2]);
    room.set_flood_handler([](const std::string &name) {
      std::cerr << name << " is too fast\n";
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    });
    chat::server server(io, static_cast<std::uint16_t>(std::stoi(argv[1])), room);
    asio::signal_set stop(io, SIGINT, SIGTERM);
    stop.async_wait([&io](std::error_code, int) { io.stop(); });
    io.run();
  } catch (const std::exception &failure) {
    std::cerr << "chat_server: " << failure.what() << '\n';
    return 1;
  }
}
