//===- messaging.h - the guide's reference server and client ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The API that docs/PERFORMANCE_TUNING.md uses in its examples: a message
// server and client over TCP, with the parts that its examples need around them
// (worker pool, buffer pool, a synchronous database).
//
// Wire format: each message is a 4-byte big-endian length and that many bytes.
//
// Threads: every callback given to a `set_..._handler` runs on an event-loop
// thread. Two callbacks of one session never run at the same time; callbacks of
// different sessions may. While a callback runs, its loop serves no one else.
// An exception that leaves a callback ends the program.
//
// Errors: what can go wrong at run time is a value (`result`); a wrong setting
// (zero, or set after start()) is a mistake in the program and throws
// std::invalid_argument or std::logic_error.
//
// Sizes are in bytes unless the name says otherwise.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_MESSAGING_H
#define NETTUNE_BENCH_MESSAGING_MESSAGING_H

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace messaging {

/// Names one accepted connection. Never used again within one server object, so
/// a late answer to a closed session reaches no one else.
enum class session_id : std::uint64_t {};

/// The bytes of one message, without the length that precedes them. Owned:
/// moving it costs three pointers, copying it an allocation and every byte.
using payload = std::vector<std::uint8_t>;

enum class error_code : std::uint8_t {
  none,
  would_block, ///< a bounded queue is full: keep the message, try again later
  closed,      ///< the session, client, pool or server is closed or was never open
  too_large,   ///< the message exceeds max_message_size
  refused,     ///< the peer refused, or the port is taken
  unresolved,  ///< the host name has no address
  timed_out,   ///< the time given was not enough
  failed,      ///< the operating system or the database reported another error
};

std::string_view to_string(error_code error);

/// Success, or the reason why not. Not [[nodiscard]], as with most socket APIs:
/// nettune-ignored-send-result finds the discarded ones.
class result {
public:
  constexpr result() = default;
  constexpr result(error_code error) : reason(error) {}

  constexpr explicit operator bool() const { return reason == error_code::none; }
  constexpr error_code error() const { return reason; }

private:
  error_code reason = error_code::none;
};

/// What send() returns. Success says that the message is in the pending queue,
/// not that the peer has it.
using send_result = result;

/// Runs on the session's loop. The payload is handed over: a handler that takes
/// it by value may move it on, to a worker for instance, at no cost.
/// What a handler returns is ignored.
using message_handler = std::function<void(session_id, payload)>;
/// Runs on the session's loop.
using session_handler = std::function<void(session_id)>;
/// Runs on the session's loop, before the disconnect handler.
using session_error_handler = std::function<void(session_id, error_code)>;

/// A TCP server of length-prefixed messages.
///
/// Settings and handlers are given before start().
///
///   messaging_server server("echo");
///   server.set_message_handler([&](auto id, auto data) {
///     if (!server.send(id, std::move(data)))
///       server.close(id);
///   });
///   if (!server.start(5555))
///     return 1;
///   server.wait();
class messaging_server {
public:
  /// \p name appears in error messages and thread names only.
  explicit messaging_server(std::string name);
  /// Stops the server and waits for its threads. Not from a handler.
  ~messaging_server();
  messaging_server(const messaging_server &) = delete;
  messaging_server &operator=(const messaging_server &) = delete;

  /// The application's read buffer of a connection: at most so many bytes are
  /// taken from the kernel by one read. Not SO_RCVBUF, which stays with the
  /// kernel's autotuning. Default 8192.
  void set_receive_buffer_size(std::size_t bytes);
  /// Pending messages of a connection are gathered into writes of about so many
  /// bytes. Not SO_SNDBUF. Default 8192.
  void set_send_buffer_size(std::size_t bytes);
  /// A larger incoming message closes the session with too_large; a larger
  /// outgoing one is refused. A safety limit: it bounds what a peer can make the
  /// server allocate. Default 1048576.
  void set_max_message_size(std::size_t bytes);
  /// Threads that run the event loops, and with them the handlers. Default: the
  /// CPUs that this process may use, at least 1.
  void set_thread_count(std::size_t threads);
  /// Event loops that the threads are spread over, 1 to the thread count. A
  /// connection stays with one loop. Default 1.
  void set_io_threads(std::size_t loops);
  /// Messages that may wait to be sent in one session; send() then fails with
  /// would_block. Default 1024.
  void set_max_pending_messages(std::size_t messages);
  /// Bytes that may wait to be sent in one session, beside the count above. A
  /// message is accepted if the queue is empty, whatever its size. Default 1048576.
  void set_max_pending_bytes(std::size_t bytes);
  /// TCP_NODELAY on accepted connections. Default false.
  void set_tcp_nodelay(bool enabled);
  /// Asks the kernel to send large messages without copying them (Linux
  /// MSG_ZEROCOPY; the kernel's document names "over around 10 KB"). The kernel
  /// may copy all the same, always on loopback. Default false.
  void enable_zero_copy(bool enabled);
  /// Connections beyond it are closed at once. Default 10000.
  void set_max_connections(std::size_t connections);
  /// Time that a new connection has for its first message. Default 30 s.
  void set_connection_timeout(std::chrono::milliseconds time);
  /// Time without a message after which a session is closed; while it is paused,
  /// time in which a peer takes nothing of what is pending. Default 60 s.
  void set_keep_alive_timeout(std::chrono::milliseconds time);

  void set_message_handler(message_handler handler);
  void set_connect_handler(session_handler handler);
  /// Called once for every connected session, whoever closed it.
  void set_disconnect_handler(session_handler handler);
  void set_error_handler(session_error_handler handler);
  /// Called when a session that reported would_block has room again.
  void set_writable_handler(session_handler handler);

  /// Appends to the session's pending queue. Never waits; any thread, handlers
  /// included. Messages sent by one thread leave in that order.
  /// On failure nothing was taken: \p data is unchanged.
  send_result send(session_id id, payload &&data);
  /// The same with a copy of \p data.
  send_result send(session_id id, std::span<const std::uint8_t> data);

  /// Stops reading from the session until resume_receive(): the peer is slowed
  /// down by TCP. Any thread; an unknown session is ignored.
  void pause_receive(session_id id);
  void resume_receive(session_id id);
  /// Closes after the pending messages are sent, within 2 s: if the peer has not
  /// taken them by then, they are dropped, and the error handler is told
  /// timed_out. Any thread; does not wait.
  void close(session_id id);

  /// Listens on all addresses and starts the threads; 0 takes a free port.
  result start(std::uint16_t port);
  /// The port that start() opened, else 0.
  std::uint16_t port() const;
  /// The calling thread serves as one more loop thread until stop().
  void run();
  /// Closes every session, as close() does, and ends the loops. Any thread; does
  /// not wait.
  void stop();
  /// Waits until every loop thread has ended. Not from a handler: it would wait
  /// for itself.
  void wait();

private:
  class impl;
  std::unique_ptr<impl> self;
};

/// The other end: one connection with a loop thread of its own, which runs every
/// handler.
class messaging_client {
public:
  explicit messaging_client(std::string name);
  /// Disconnects and waits for the loop thread. Not from a handler.
  ~messaging_client();
  messaging_client(const messaging_client &) = delete;
  messaging_client &operator=(const messaging_client &) = delete;

  // As in messaging_server.
  void set_receive_buffer_size(std::size_t bytes);
  void set_send_buffer_size(std::size_t bytes);
  void set_max_message_size(std::size_t bytes);
  void set_max_pending_messages(std::size_t messages);
  void set_max_pending_bytes(std::size_t bytes);
  void set_tcp_nodelay(bool enabled);
  void enable_zero_copy(bool enabled);

  /// The payload is handed over, as in messaging_server.
  void set_message_handler(std::function<void(payload)> handler);
  void set_connect_handler(std::function<void()> handler);
  void set_disconnect_handler(std::function<void()> handler);
  void set_error_handler(std::function<void(error_code)> handler);
  /// Called when a client that reported would_block has room again.
  void set_writable_handler(std::function<void()> handler);

  /// Blocks: resolves \p host and waits for the connection, \p time at most.
  result connect(const std::string &host, std::uint16_t port,
                 std::chrono::milliseconds time = std::chrono::seconds(30));
  /// The same without waiting; \p done runs on the client's loop.
  void async_connect(const std::string &host, std::uint16_t port, std::function<void(result)> done);
  /// Closes at once; what is pending is dropped. Any thread; does not wait.
  void disconnect();

  /// Appends to the pending queue. Never waits; any thread, handlers included.
  /// On failure nothing was taken: \p data is unchanged.
  send_result send(payload &&data);
  /// The same with a copy of \p data.
  send_result send(std::span<const std::uint8_t> data);
  /// Blocks until the pending queue has room, \p time at most: for a thread that
  /// sends in a loop, not for a handler.
  result wait_writable(std::chrono::milliseconds time);

private:
  class impl;
  std::unique_ptr<impl> self;
};

/// A fixed number of threads that run what enqueue() is given, oldest first.
/// For work that waits: the number of threads bounds how much waits at a time.
class thread_pool {
public:
  /// At most \p max_queue tasks wait for a thread.
  thread_pool(std::size_t threads, std::size_t max_queue);
  /// Runs what is queued, then ends the threads and waits for them.
  ~thread_pool();
  thread_pool(const thread_pool &) = delete;
  thread_pool &operator=(const thread_pool &) = delete;

  /// Never waits; any thread. would_block: the queue is full, \p work is dropped.
  /// \p work may be move-only; an exception that leaves it ends the program.
  template <typename Work>
    requires std::invocable<std::decay_t<Work> &>
  result enqueue(Work &&work) {
    using held = task_of<std::decay_t<Work>>;
    return push(std::make_unique<held>(std::forward<Work>(work)));
  }

private:
  struct task {
    virtual ~task() = default;
    virtual void run() = 0;
  };
  template <typename Work> struct task_of final : task {
    explicit task_of(Work &&w) : work(std::move(w)) {}
    explicit task_of(const Work &w) : work(w) {}
    void run() override { work(); }
    Work work;
  };
  result push(std::unique_ptr<task> work);

  class impl;
  std::unique_ptr<impl> self;
};

class buffer_pool;

/// A payload on loan: it goes back to its pool with this object, or stays with
/// whoever takes it by `std::move(*buffer)`.
class pooled_buffer {
public:
  pooled_buffer(pooled_buffer &&other) noexcept;
  pooled_buffer &operator=(pooled_buffer &&other) noexcept;
  ~pooled_buffer();

  payload &operator*() { return bytes; }
  const payload &operator*() const { return bytes; }
  payload *operator->() { return &bytes; }
  const payload *operator->() const { return &bytes; }

private:
  friend class buffer_pool;
  pooled_buffer(buffer_pool &owner, payload &&bytes);

  buffer_pool *owner; // null: moved from
  payload bytes;
};

/// Keeps the memory of used buffers, so that a new one costs no allocation. Any
/// thread. It must outlive its buffers.
class buffer_pool {
public:
  /// Keeps at most \p max_buffers; what comes back beyond it is freed.
  explicit buffer_pool(std::size_t max_buffers);
  ~buffer_pool();
  buffer_pool(const buffer_pool &) = delete;
  buffer_pool &operator=(const buffer_pool &) = delete;

  /// A buffer of exactly \p size bytes; what they hold is unspecified.
  pooled_buffer acquire(std::size_t size);

private:
  friend class pooled_buffer;
  void release(payload &&bytes) noexcept;

  class impl;
  std::unique_ptr<impl> self;
};

/// What a query gives back: the rows, encoded for the wire, or an error.
class result_set {
public:
  explicit result_set(payload rows) : rows(std::move(rows)) {}
  result_set(error_code error) : reason(error) {}

  explicit operator bool() const { return reason == error_code::none; }
  error_code error() const { return reason; }
  const payload &bytes() const & { return rows; }
  payload &&bytes() && { return std::move(rows); }

private:
  payload rows;
  error_code reason = error_code::none;
};

/// Stands for a synchronous database client: a query waits for the server's
/// answer on the calling thread.
class database {
public:
  /// A query takes \p round_trip and answers with its own text.
  explicit database(std::chrono::microseconds round_trip = std::chrono::milliseconds(5));
  ~database();
  database(const database &) = delete;
  database &operator=(const database &) = delete;

  /// Blocks for one round trip. Any thread; calls do not wait for one another.
  result_set query(std::span<const std::uint8_t> text);

private:
  std::chrono::microseconds round_trip;
};

} // namespace messaging

#endif // NETTUNE_BENCH_MESSAGING_MESSAGING_H
