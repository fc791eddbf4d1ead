//===- sends.cpp - what becomes of messages to a slow reader ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"
#include "sockets.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace scenarios {

namespace {

constexpr std::size_t message_size = 4096;
constexpr double reader_bytes_per_second = 40e6;
constexpr std::chrono::milliseconds pause_time(10);
constexpr std::size_t queue_limit = std::size_t{1} << 20;

using message = std::array<char, message_size>;

/// A message holds its number again and again, so a shift shows.
message numbered(std::uint32_t number) {
  message bytes;
  for (std::size_t i = 0; i < message_size; i += sizeof number)
    std::memcpy(bytes.data() + i, &number, sizeof number);
  return bytes;
}

bool is_whole(const message &bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return bytes == numbered(number);
}

struct received {
  std::size_t whole = 0, misframed = 0;
};

/// Reads to the end, no faster than its rate.
received read_slowly(int socket) {
  received all;
  message bytes;
  std::size_t have = 0;
  double total = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (;;) {
    const ssize_t size = recv(socket, bytes.data() + have, message_size - have, 0);
    if (size <= 0)
      return all;
    have += static_cast<std::size_t>(size);
    total += static_cast<double>(size);
    if (have == message_size) {
      ++(is_whole(bytes) ? all.whole : all.misframed);
      have = 0;
    }
    std::this_thread::sleep_until(begin +
                                  std::chrono::duration<double>(total / reader_bytes_per_second));
  }
}

/// The ways to send one message over and over; each counts its system calls.
class sender {
public:
  explicit sender(int socket) : socket(socket) {}
  std::size_t calls = 0;

  void ignore(const message &next) {
    ++calls;
    send(socket, next.data(), next.size(), MSG_NOSIGNAL); // BAD nettune-ignored-send-result
  }

  void drop(const message &next) {
    ++calls;
    if (send(socket, next.data(), next.size(), MSG_NOSIGNAL) < 0) // BAD nettune-short-write
      std::this_thread::sleep_for(pause_time);                    // and on to the next message
  }

  void retry(const message &next) {
    for (std::size_t sent = 0; sent < next.size();)
      if (!send_some(next, sent))
        std::this_thread::sleep_for(pause_time);
  }

  void wait(const message &next) {
    for (std::size_t sent = 0; sent < next.size();) {
      if (send_some(next, sent))
        continue;
      pollfd writable{socket, POLLOUT, 0};
      checked(poll(&writable, 1, -1), "poll");
    }
  }

private:
  /// False: the socket takes nothing now.
  bool send_some(const message &next, std::size_t &sent) {
    ++calls;
    const ssize_t size = send(socket, next.data() + sent, next.size() - sent, MSG_NOSIGNAL);
    if (size < 0 && errno != EAGAIN && errno != EINTR)
      throw std::runtime_error(std::strerror(errno));
    sent += static_cast<std::size_t>(std::max<ssize_t>(0, size));
    return size >= 0;
  }

  const int socket;
};

/// Messages on their way to a writing thread; at most \p limit bytes, 0 for any.
class outbox {
public:
  outbox(sender &to, std::size_t limit) : limit(limit), writer([this, &to] { write(to); }) {}
  ~outbox() {
    push(nullptr);
    writer.join();
  }
  outbox(const outbox &) = delete;
  outbox &operator=(const outbox &) = delete;

  void push(std::unique_ptr<message> next) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return limit == 0 || (waiting.size() + 1) * message_size <= limit; });
    waiting.push_back(std::move(next));
    most = std::max(most, waiting.size());
    changed.notify_all();
  }
  std::size_t most_bytes() {
    const std::lock_guard lock(mutex);
    return most * message_size;
  }

private:
  void write(sender &to) {
    for (;;) {
      std::unique_ptr<message> next;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !waiting.empty(); });
        next = std::move(waiting.front());
        waiting.pop_front();
        changed.notify_all();
      }
      if (!next)
        return;
      to.wait(*next);
    }
  }

  const std::size_t limit;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::unique_ptr<message>> waiting;
  std::size_t most = 0;
  std::thread writer;
};

std::size_t send_queued(sender &to, std::size_t messages, std::size_t limit) {
  outbox queue(to, limit);
  for (std::uint32_t i = 0; i < messages; ++i)
    queue.push(std::make_unique<message>(numbered(i)));
  return queue.most_bytes();
}

/// Bytes that waited in the program's own queue at most.
std::size_t send_all(sender &to, const std::string &how, std::size_t messages) {
  if (how == "unbounded" || how == "bounded")
    return send_queued(to, messages, how == "bounded" ? queue_limit : 0);
  void (sender::*send_one)(const message &) = how == "ignore"  ? &sender::ignore
                                              : how == "drop"  ? &sender::drop
                                              : how == "retry" ? &sender::retry
                                              : how == "wait"  ? &sender::wait
                                                               : nullptr;
  if (!send_one)
    throw std::invalid_argument("sends: ignore, drop, retry, wait, unbounded or bounded");
  for (std::uint32_t i = 0; i < messages; ++i)
    (to.*send_one)(numbered(i));
  return 0;
}

} // namespace

nlohmann::ordered_json sends(const std::string &how, std::size_t messages) {
  connected_pair pair = connect_pair();
  checked(fcntl(pair.client.get(), F_SETFL, O_NONBLOCK), "fcntl");
  received arrived;
  std::thread reader([&] { arrived = read_slowly(pair.server.get()); });
  sender to(pair.client.get());
  const auto begin = std::chrono::steady_clock::now();
  const std::size_t queued = send_all(to, how, messages);
  shutdown(pair.client.get(), SHUT_WR);
  reader.join();
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  const auto all = static_cast<double>(messages);
  return {{"lost_share", 1 - static_cast<double>(arrived.whole + arrived.misframed) / all},
          {"misframed_share", static_cast<double>(arrived.misframed) / all},
          {"queued_peak_bytes", queued},
          {"sends_per_message", static_cast<double>(to.calls) / all},
          {"seconds", time.count()}};
}

} // namespace scenarios
