//===- connection.h - one connection of a server or client ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_CONNECTION_H
#define NETTUNE_BENCH_MESSAGING_CONNECTION_H

#include "frame_reader.h"
#include "send_queue.h"
#include "settings.h"
#include "write_batch.h"
#include "zero_copy.h"

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <system_error>
#include <vector>

namespace messaging::detail {

error_code to_error_code(std::error_code error);

class connection;

/// What a connection tells. Its calls come one at a time for each connection,
/// on its loop. The owner outlives the loop.
class connection_owner {
public:
  virtual void on_open(connection &from) = 0;
  virtual void on_message(connection &from, payload &&message) = 0;
  virtual void on_writable(connection &from) = 0;
  /// The last call. \p reason is none if this end or, between two messages, the
  /// other has closed it.
  virtual void on_closed(connection &from, error_code reason) = 0;

protected:
  ~connection_owner() = default;
};

/// Reads, queues and writes the messages of one socket. Its executor must run
/// one handler at a time. Kept alive by the operations under way.
class connection : public std::enable_shared_from_this<connection> {
public:
  connection(session_id id, asio::ip::tcp::socket socket, const connection_settings &settings,
             connection_owner &owner);

  // All of these: any thread, none waits.
  void start();
  send_result send(payload &&message);
  bool ask_for_room() { return queue.ask_for_room(); }
  void pause_receive();
  void resume_receive();
  /// Closes after the pending messages are sent.
  void close();
  /// Closes at once.
  void abort();

  const session_id id;

private:
  using clock = std::chrono::steady_clock;
  /// Who moves next: a read is under way, messages are being handed over, or
  /// nobody until resume_receive().
  enum class receiving : std::uint8_t { reading, delivering, held };

  void read();
  void on_read(std::error_code error, std::size_t size);
  void on_end(std::error_code error);
  void deliver();
  void throw_away();
  void write();
  void write_zero_copy();
  void on_written(std::error_code error);
  void release_zero_copied();
  void account(const write_batch &done);
  void begin_close();
  void finish_sending();
  void finish(error_code reason);
  void watch_time();
  void on_time();
  clock::time_point deadline() const;

  asio::ip::tcp::socket socket;
  asio::steady_timer timer;
  connection_owner &owner;
  const connection_settings &settings;
  frame_reader reader;
  send_queue queue;
  std::vector<std::uint8_t> read_buffer;
  std::span<const std::uint8_t> unread; ///< of the read buffer
  std::unique_ptr<write_batch> batch = std::make_unique<write_batch>();
  zero_copy_sender zero_copy;
  clock::time_point opened, last_activity, close_began;
  receiving state = receiving::delivering;
  bool paused = false, had_message = false, watches_errors = false;
  bool asked_to_close = false, closing = false, shut_down = false, peer_ended = false, closed = false;
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_CONNECTION_H
