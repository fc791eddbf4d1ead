//===- main.cpp - a chat server that never blocks its loop ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One line is one message; the first line of a connection is the user's name.
// `/search WORD` lists the lines with that word. The same server as in
// ../chat_server, but nothing on the event loop waits: names are resolved
// asynchronously, pauses are timers, the history file belongs to a worker thread.
//
// A session reads its next line when the last one is dealt with, so it has at most
// one job under way: that bounds the worker's queue by the number of connections,
// and TCP slows down who writes too fast.
//
//   clang++-22 -std=c++20 -pthread main.cpp -o chat_server_fixed
//   ./chat_server_fixed PORT HISTORY_FILE
//
//===----------------------------------------------------------------------===//

#include <asio.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace chat {

using asio::ip::tcp;

constexpr std::size_t max_line = 1024;
constexpr std::size_t max_outbox = 256;
constexpr int lines_per_second = 5;
constexpr std::size_t max_search_results = 20;

/// What was said, one line each, in a file. The file is touched by one worker
/// thread only: that keeps the lines in order and needs no lock.
class history {
public:
  history(std::string path, asio::any_io_executor loop)
      : path_(std::move(path)), file_(path_, std::ios::app), loop_(std::move(loop)) {
    if (!file_)
      throw std::runtime_error("cannot write " + path_);
  }

  /// Waits until every line given to append() is written.
  ~history() { worker_.join(); }

  /// \p done runs on the loop when the line is written.
  void append(std::string line, std::function<void()> done) {
    asio::post(worker_, [this, line = std::move(line), done = std::move(done)]() mutable {
      file_ << line << std::endl;
      asio::post(loop_, std::move(done));
    });
  }

  /// \p done runs on the loop with the lines that hold \p word; those appended
  /// before are among them.
  void search(std::string word, std::function<void(std::vector<std::string>)> done) {
    asio::post(worker_, [this, word = std::move(word), done = std::move(done)]() mutable {
      asio::post(loop_, [found = find(word), done = std::move(done)]() mutable {
        done(std::move(found));
      });
    });
  }

private:
  std::vector<std::string> find(const std::string &word) const {
    std::ifstream file(path_);
    std::vector<std::string> found;
    for (std::string line; std::getline(file, line);)
      if (line.find(word) != std::string::npos && found.size() < max_search_results)
        found.push_back(line);
    return found;
  }

  std::string path_;
  std::ofstream file_;
  asio::any_io_executor loop_;
  asio::thread_pool worker_{1};
};

class member {
public:
  virtual ~member() = default;
  virtual void deliver(const std::string &line) = 0;
};

/// Everybody who is logged in.
class room {
public:
  /// How long a user who writes too fast has to wait.
  using flood_handler = std::function<std::chrono::milliseconds(const std::string &)>;

  room(std::string history_path, asio::any_io_executor loop)
      : history_(std::move(history_path), std::move(loop)) {}

  void set_flood_handler(flood_handler handler) { on_flood_ = std::move(handler); }

  void join(std::shared_ptr<member> who) { members_.insert(std::move(who)); }
  void leave(const std::shared_ptr<member> &who) { members_.erase(who); }

  /// \p next runs when the line is in the history.
  void say(const std::string &line, std::function<void()> next) {
    for (const auto &who : members_)
      who->deliver(line);
    history_.append(line, std::move(next));
  }

  std::chrono::milliseconds flooded(const std::string &name) {
    return on_flood_ ? on_flood_(name) : std::chrono::milliseconds(0);
  }

  void search(std::string word, std::function<void(std::vector<std::string>)> done) {
    history_.search(std::move(word), std::move(done));
  }

private:
  history history_;
  std::set<std::shared_ptr<member>> members_;
  flood_handler on_flood_;
};

class session : public member, public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, room &where)
      : socket_(std::move(socket)), resolver_(socket_.get_executor()),
        pause_(socket_.get_executor()), room_(where) {}

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
  }

  /// What follows a line that is dealt with.
  std::function<void()> next_line() {
    return [self = shared_from_this()] { self->read_line(); };
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
    std::error_code error;
    tcp::endpoint peer = socket_.remote_endpoint(error);
    if (name.empty() || error) {
      read_line();
      return;
    }
    name_ = name;
    resolver_.async_resolve(
        peer, [self = shared_from_this(), peer](std::error_code failed, auto found) {
          self->on_resolved(failed || found.empty() ? peer.address().to_string()
                                                    : found.begin()->host_name());
        });
  }

  void on_resolved(const std::string &peer) {
    room_.join(shared_from_this());
    room_.say("* " + name_ + " joined from " + peer, next_line());
  }

  void chat(const std::string &line) {
    if (!too_fast()) {
      room_.say(name_ + ": " + line, next_line());
      return;
    }
    pause_.expires_after(room_.flooded(name_));
    pause_.async_wait([self = shared_from_this(), line](std::error_code) {
      self->room_.say(self->name_ + ": " + line, self->next_line());
    });
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
    room_.search(word, [self = shared_from_this()](std::vector<std::string> found) {
      for (const std::string &line : found)
        self->deliver("> " + line);
      self->deliver("> end");
      self->read_line();
    });
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
    // Keeping the connection until the line is written bounds what can wait.
    room_.say("* " + name_ + " left", [self = shared_from_this()] {});
  }

  /// The read that is under way, or the next one, then fails, and leave() follows.
  void close() {
    std::error_code ignored;
    socket_.close(ignored);
  }

  tcp::socket socket_;
  tcp::resolver resolver_;
  asio::steady_timer pause_;
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
    std::cerr << "usage: chat_server_fixed PORT HISTORY_FILE\n";
    return 2;
  }
  try {
    asio::io_context io;
    chat::room room(argv[2], io.get_executor());
    room.set_flood_handler([](const std::string &name) {
      std::cerr << name << " is too fast\n";
      return std::chrono::milliseconds(500);
    });
    chat::server server(io, static_cast<std::uint16_t>(std::stoi(argv[1])), room);
    asio::signal_set stop(io, SIGINT, SIGTERM);
    stop.async_wait([&io](std::error_code, int) { io.stop(); });
    io.run();
  } catch (const std::exception &failure) {
    std::cerr << "chat_server_fixed: " << failure.what() << '\n';
    return 1;
  }
}
