//===- load_session.h - one connection of a load ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_LOAD_SESSION_H
#define NETTUNE_BENCH_LOAD_LOAD_SESSION_H

#include "load.h"

#include <asio/ip/tcp.hpp>

#include <deque>
#include <vector>

namespace load {

using clock = std::chrono::steady_clock;

struct request {
  std::uint64_t number = 0;
  clock::time_point due, sent;
  bool measured = false;
};

class load_session;

/// What a session tells; all on the load's loop.
class session_owner {
public:
  virtual void on_connected(load_session &from) = 0;
  virtual void on_answer(load_session &from, const request &answered, bool error) = 0;
  virtual void on_overtaken() = 0;
  virtual void on_misframed() = 0;
  /// It could not be opened, or is not open any more; no error: as the server had
  /// announced. \p lost were sent and can have no answer.
  virtual void on_closed(bool was_open, std::error_code error, const std::deque<request> &lost) = 0;

protected:
  ~session_owner() = default;
};

/// Sends requests and matches the answers. Used on one thread; kept alive by the
/// operations under way, which end with close().
class load_session : public std::enable_shared_from_this<load_session> {
public:
  load_session(asio::io_context &loop, const request_form &form, session_owner &owner);

  void connect(const asio::ip::tcp::endpoint &to);
  /// Gives up everything, without a word to the owner.
  void close();

  /// False if too much is unsent already.
  bool send(request next);
  bool connected() const { return open && !ending; }
  bool is_closed() const { return closed; }
  std::size_t waiting() const { return unanswered.size(); }

private:
  void write();
  void read();
  void on_read(std::size_t size);
  bool match(const answer &found);
  void fail(std::error_code error);

  asio::ip::tcp::socket socket;
  const request_form &form;
  session_owner &owner;
  std::unique_ptr<answer_reader> reader;
  std::deque<request> unanswered;
  std::vector<std::uint8_t> unsent, in_flight, incoming;
  std::vector<answer> found;
  bool open = false, writing = false, ending = false, closed = false;
};

} // namespace load

#endif // NETTUNE_BENCH_LOAD_LOAD_SESSION_H
