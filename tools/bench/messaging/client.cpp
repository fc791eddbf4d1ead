//===- client.cpp - the client's end ----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "connection.h"
#include "event_loops.h"
#include "messaging.h"
#include "setting_checks.h"

#include <asio/connect.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>

#include <future>

namespace messaging {

using asio::ip::tcp;
using detail::connection;

namespace {

/// One try to connect: a name, then its addresses one after the other, within a
/// time. On the client's loop.
class attempt : public std::enable_shared_from_this<attempt> {
public:
  using outcome = std::function<void(attempt &, std::error_code, tcp::socket)>;
  using executor = asio::any_io_executor;

  attempt(const executor &on, outcome done)
      : resolver(on), socket(on), timer(on), done(std::move(done)) {}

  void start(const std::string &host, std::uint16_t port, std::chrono::milliseconds time) {
    if (!done)
      return;
    timer.expires_after(time);
    timer.async_wait([self = shared_from_this()](std::error_code cancelled) {
      if (!cancelled)
        self->finish(asio::error::timed_out);
    });
    resolver.async_resolve(host, std::to_string(port),
                           [self = shared_from_this()](std::error_code error,
                                                       const tcp::resolver::results_type &found) {
                             if (error)
                               self->finish(error);
                             else
                               self->connect(found);
                           });
  }

  void cancel() { finish(asio::error::operation_aborted); }

private:
  void connect(const tcp::resolver::results_type &addresses) {
    if (done)
      asio::async_connect(
          socket, addresses,
          [self = shared_from_this()](std::error_code error, const tcp::endpoint &) {
            self->finish(error);
          });
  }

  void finish(std::error_code error) {
    if (!done) // over before: no time left, or not wanted any more
      return;
    timer.cancel();
    resolver.cancel();
    if (error) {
      std::error_code ignored; // the descriptor is closed in any case
      socket.close(ignored);
    }
    std::exchange(done, nullptr)(*this, error, std::move(socket));
  }

  tcp::resolver resolver;
  tcp::socket socket;
  asio::steady_timer timer;
  outcome done;
};

} // namespace

class messaging_client::impl final : public detail::connection_owner {
public:
  explicit impl(std::string name) : name(std::move(name)) {}

  void connect(const std::string &host, std::uint16_t port, std::chrono::milliseconds time,
               std::function<void(result)> done);
  void disconnect();
  result wait_writable(std::chrono::milliseconds time);
  std::shared_ptr<connection> current() const;

  void on_open(connection &) override {
    if (connect_handler)
      connect_handler();
  }
  void on_message(connection &, payload &&message) override {
    if (message_handler)
      message_handler(std::move(message));
  }
  void on_writable(connection &) override;
  void on_closed(connection &from, error_code reason) override;

  const std::string name;
  detail::connection_settings settings;
  std::function<void(payload)> message_handler;
  std::function<void()> connect_handler, disconnect_handler, writable_handler;
  std::function<void(error_code)> error_handler;
  std::atomic<bool> started{false};

private:
  using connect_done = std::function<void(result)>;
  void on_attempt(const attempt &from, std::error_code error, tcp::socket socket,
                  const connect_done &done);

  mutable std::mutex mutex; ///< of what follows
  std::condition_variable changed;
  std::shared_ptr<attempt> trying; ///< disconnect() forgets it, and then it is not wanted
  std::shared_ptr<connection> connected;

  detail::event_loops loops{1}; ///< last: its handlers use all of the above
};

void messaging_client::impl::connect(const std::string &host, std::uint16_t port,
                                     std::chrono::milliseconds time,
                                     std::function<void(result)> done) {
  asio::io_context &loop = loops.next();
  std::shared_ptr<attempt> begun;
  {
    const std::lock_guard lock(mutex);
    detail::must(!trying && !connected, name, "connected twice");
    trying = begun = std::make_shared<attempt>(
        loop.get_executor(), [this, done = std::move(done)](
                                 const attempt &from, std::error_code error, tcp::socket socket) {
          on_attempt(from, error, std::move(socket), done);
        });
  }
  if (!started.exchange(true))
    loops.start(1, name);
  asio::post(loop, [begun, host, port, time] { begun->start(host, port, time); });
}

void messaging_client::impl::on_attempt(const attempt &from, std::error_code error,
                                        tcp::socket socket, const connect_done &done) {
  result outcome = detail::to_error_code(error);
  std::shared_ptr<connection> opened;
  {
    const std::lock_guard lock(mutex);
    if (trying.get() == &from)
      trying = nullptr;
    else
      outcome = error_code::closed;
    if (outcome)
      connected = opened =
          std::make_shared<connection>(session_id{1}, std::move(socket), settings, *this);
  }
  if (opened)
    opened->start();
  done(outcome);
}

void messaging_client::impl::on_writable(connection &) {
  {
    const std::lock_guard lock(mutex); // a thread between its test and its wait must not miss it
  }
  changed.notify_all();
  if (writable_handler)
    writable_handler();
}

void messaging_client::impl::on_closed(connection &from, error_code reason) {
  {
    const std::lock_guard lock(mutex);
    if (connected.get() == &from)
      connected = nullptr;
  }
  changed.notify_all();
  if (reason != error_code::none && error_handler)
    error_handler(reason);
  if (disconnect_handler)
    disconnect_handler();
}

void messaging_client::impl::disconnect() {
  std::shared_ptr<attempt> unwanted;
  std::shared_ptr<connection> open;
  {
    const std::lock_guard lock(mutex);
    unwanted = std::exchange(trying, nullptr);
    open = std::exchange(connected, nullptr);
  }
  changed.notify_all();
  if (unwanted)
    asio::post(loops.next(), [unwanted] { unwanted->cancel(); });
  if (open)
    open->abort();
}

std::shared_ptr<connection> messaging_client::impl::current() const {
  const std::lock_guard lock(mutex);
  return connected;
}

result messaging_client::impl::wait_writable(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex);
  const bool answered =
      changed.wait_for(lock, time, [this] { return !connected || connected->ask_for_room(); });
  if (!answered)
    return error_code::timed_out;
  return connected ? error_code::none : error_code::closed;
}

//===----------------------------------------------------------------------===//

messaging_client::messaging_client(std::string name)
    : self(std::make_unique<impl>(std::move(name))) {}

messaging_client::~messaging_client() { self->disconnect(); }

namespace {
template <typename Value>
void set(bool started, const std::string &name, Value &setting, Value value) {
  detail::must(!started, name, "set after connect()");
  setting = std::move(value);
}
} // namespace

void messaging_client::set_receive_buffer_size(std::size_t bytes) {
  set(self->started, self->name, self->settings.receive_buffer_size, detail::positive(bytes));
}
void messaging_client::set_send_buffer_size(std::size_t bytes) {
  set(self->started, self->name, self->settings.send_buffer_size, detail::positive(bytes));
}
void messaging_client::set_max_message_size(std::size_t bytes) {
  set(self->started, self->name, self->settings.max_message_size, detail::positive(bytes));
}
void messaging_client::set_max_pending_messages(std::size_t messages) {
  set(self->started, self->name, self->settings.max_pending_messages, detail::positive(messages));
}
void messaging_client::set_max_pending_bytes(std::size_t bytes) {
  set(self->started, self->name, self->settings.max_pending_bytes, detail::positive(bytes));
}
void messaging_client::set_tcp_nodelay(bool enabled) {
  set(self->started, self->name, self->settings.tcp_nodelay, enabled);
}
void messaging_client::enable_zero_copy(bool enabled) {
  set(self->started, self->name, self->settings.zero_copy, enabled);
}

void messaging_client::set_message_handler(std::function<void(payload)> handler) {
  set(self->started, self->name, self->message_handler, std::move(handler));
}
void messaging_client::set_connect_handler(std::function<void()> handler) {
  set(self->started, self->name, self->connect_handler, std::move(handler));
}
void messaging_client::set_disconnect_handler(std::function<void()> handler) {
  set(self->started, self->name, self->disconnect_handler, std::move(handler));
}
void messaging_client::set_error_handler(std::function<void(error_code)> handler) {
  set(self->started, self->name, self->error_handler, std::move(handler));
}
void messaging_client::set_writable_handler(std::function<void()> handler) {
  set(self->started, self->name, self->writable_handler, std::move(handler));
}

result messaging_client::connect(const std::string &host, std::uint16_t port,
                                 std::chrono::milliseconds time) {
  // Shared: the loop may still be in set_value() when get() has returned.
  const auto outcome = std::make_shared<std::promise<result>>();
  self->connect(host, port, time, [outcome](result r) { outcome->set_value(r); });
  return outcome->get_future().get();
}

void messaging_client::async_connect(const std::string &host, std::uint16_t port,
                                     std::function<void(result)> done) {
  self->connect(host, port, std::chrono::seconds(30), std::move(done));
}

void messaging_client::disconnect() { self->disconnect(); }

send_result messaging_client::send(payload &&data) {
  const auto connection = self->current();
  return connection ? connection->send(std::move(data)) : error_code::closed;
}

send_result messaging_client::send(std::span<const std::uint8_t> data) {
  return send(payload(data.begin(), data.end()));
}

result messaging_client::wait_writable(std::chrono::milliseconds time) {
  return self->wait_writable(time);
}

} // namespace messaging
