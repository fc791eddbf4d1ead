//===- server.cpp - the server's end ----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "connection.h"
#include "cpu_count.h"
#include "event_loops.h"
#include "messaging.h"
#include "setting_checks.h"

#include <asio/ip/v6_only.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>

#include <algorithm>
#include <cerrno>
#include <unordered_map>

namespace messaging {

using asio::ip::tcp;
using detail::connection;

namespace {

std::error_code listen_on(tcp::acceptor &acceptor, const tcp::endpoint &endpoint) {
  std::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error && endpoint.protocol() == tcp::v6())
    acceptor.set_option(asio::ip::v6_only(false), error);
  if (!error)
    acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error)
    acceptor.bind(endpoint, error);
  if (!error)
    acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    std::error_code ignored; // the first error counts
    acceptor.close(ignored);
  }
  return error;
}

// By number: Asio's category is not the standard's, so that its errors do not
// compare equal to std::errc.

/// A machine without IPv6.
bool is_unknown_family(std::error_code error) {
  return error.value() == EAFNOSUPPORT || error.value() == EADDRNOTAVAIL;
}

/// After an error of accept(), out of descriptors for instance: the next call
/// would fail as well, at once and again and again. Later it may succeed.
constexpr std::chrono::milliseconds pause_after_error(100);

} // namespace

class messaging_server::impl final : public detail::connection_owner {
public:
  explicit impl(std::string name) : name(std::move(name)) {
    settings.connection_timeout = std::chrono::seconds(30);
    settings.keep_alive_timeout = std::chrono::seconds(60);
  }

  result start(std::uint16_t port);
  void accept();
  void on_accept(std::error_code error, tcp::socket socket);
  void stop();
  std::shared_ptr<connection> find(session_id id) const;

  void on_open(connection &from) override {
    if (connect_handler)
      connect_handler(from.id);
  }
  void on_message(connection &from, payload &&message) override {
    if (message_handler)
      message_handler(from.id, std::move(message));
  }
  void on_writable(connection &from) override {
    if (writable_handler)
      writable_handler(from.id);
  }
  void on_closed(connection &from, error_code reason) override;

  const std::string name;
  detail::connection_settings settings;
  std::size_t thread_count = usable_cpus(), io_threads = 1, max_connections = 10000;
  messaging::message_handler message_handler;
  session_handler connect_handler, disconnect_handler, writable_handler;
  session_error_handler error_handler;

  /// Made by start().
  std::unique_ptr<detail::event_loops> loops;
  std::unique_ptr<tcp::acceptor> acceptor;
  std::unique_ptr<asio::steady_timer> accept_pause;
  std::uint16_t port = 0;

private:
  mutable std::mutex mutex; ///< of what follows
  std::unordered_map<session_id, std::shared_ptr<connection>> sessions;
  std::uint64_t last_id = 0;
  bool stopping = false;
};

result messaging_server::impl::start(std::uint16_t wanted) {
  detail::must(!loops, name, "started twice");
  detail::must(io_threads <= thread_count, name, "more io_threads than thread_count");
  auto made = std::make_unique<detail::event_loops>(io_threads);
  auto listening = std::make_unique<tcp::acceptor>(asio::make_strand(made->next()));
  std::error_code error = listen_on(*listening, {tcp::v6(), wanted});
  if (is_unknown_family(error))
    error = listen_on(*listening, {tcp::v4(), wanted});
  if (error)
    return detail::to_error_code(error);
  port = listening->local_endpoint().port();
  loops = std::move(made);
  acceptor = std::move(listening);
  accept_pause = std::make_unique<asio::steady_timer>(acceptor->get_executor());
  accept();
  try {
    loops->start(thread_count, name);
  } catch (const std::system_error &) { // no more threads to be had
    stop();
    return error_code::failed;
  }
  return {};
}

void messaging_server::impl::accept() {
  acceptor->async_accept(
      asio::make_strand(loops->next()),
      [this](std::error_code error, tcp::socket socket) { on_accept(error, std::move(socket)); });
}

void messaging_server::impl::on_accept(std::error_code error, tcp::socket socket) {
  {
    const std::lock_guard lock(mutex);
    if (stopping)
      return;
    if (!error && sessions.size() < max_connections) {
      const session_id id{++last_id};
      const auto executor = socket.get_executor();
      const auto accepted = std::make_shared<connection>(id, std::move(socket), settings, *this);
      // Before anybody can find it: what stop() does with it comes after its start.
      asio::post(executor, [accepted] { accepted->start(); });
      sessions.emplace(id, accepted);
    }
  }
  if (!error) {
    accept();
    return;
  }
  accept_pause->expires_after(pause_after_error);
  accept_pause->async_wait([this](std::error_code cancelled) {
    if (!cancelled)
      accept();
  });
}

void messaging_server::impl::on_closed(connection &from, error_code reason) {
  {
    const std::lock_guard lock(mutex);
    sessions.erase(from.id);
  }
  if (reason != error_code::none && error_handler)
    error_handler(from.id, reason);
  if (disconnect_handler)
    disconnect_handler(from.id);
}

std::shared_ptr<connection> messaging_server::impl::find(session_id id) const {
  const std::lock_guard lock(mutex);
  const auto found = sessions.find(id);
  return found == sessions.end() ? nullptr : found->second;
}

void messaging_server::impl::stop() {
  if (!loops)
    return;
  std::vector<std::shared_ptr<connection>> open;
  {
    const std::lock_guard lock(mutex);
    if (std::exchange(stopping, true))
      return;
    for (const auto &[id, session] : sessions)
      open.push_back(session);
  }
  asio::post(acceptor->get_executor(), [this] {
    std::error_code ignored; // the descriptor is closed in any case
    acceptor->close(ignored);
    accept_pause->cancel();
  });
  for (const auto &session : open)
    session->close();
  loops->release();
}

//===----------------------------------------------------------------------===//

messaging_server::messaging_server(std::string name)
    : self(std::make_unique<impl>(std::move(name))) {}

messaging_server::~messaging_server() {
  stop();
  wait();
}

namespace {
template <typename Value>
void set(bool started, const std::string &name, Value &setting, Value value) {
  detail::must(!started, name, "set after start()");
  setting = std::move(value);
}
} // namespace

void messaging_server::set_receive_buffer_size(std::size_t bytes) {
  set(!!self->loops, self->name, self->settings.receive_buffer_size, detail::positive(bytes));
}
void messaging_server::set_send_buffer_size(std::size_t bytes) {
  set(!!self->loops, self->name, self->settings.send_buffer_size, detail::positive(bytes));
}
void messaging_server::set_max_message_size(std::size_t bytes) {
  set(!!self->loops, self->name, self->settings.max_message_size, detail::positive(bytes));
}
void messaging_server::set_thread_count(std::size_t threads) {
  set(!!self->loops, self->name, self->thread_count, detail::positive(threads));
}
void messaging_server::set_io_threads(std::size_t loops) {
  set(!!self->loops, self->name, self->io_threads, detail::positive(loops));
}
void messaging_server::set_max_pending_messages(std::size_t messages) {
  set(!!self->loops, self->name, self->settings.max_pending_messages, detail::positive(messages));
}
void messaging_server::set_max_pending_bytes(std::size_t bytes) {
  set(!!self->loops, self->name, self->settings.max_pending_bytes, detail::positive(bytes));
}
void messaging_server::set_tcp_nodelay(bool enabled) {
  set(!!self->loops, self->name, self->settings.tcp_nodelay, enabled);
}
void messaging_server::enable_zero_copy(bool enabled) {
  set(!!self->loops, self->name, self->settings.zero_copy, enabled);
}
void messaging_server::set_max_connections(std::size_t connections) {
  set(!!self->loops, self->name, self->max_connections, detail::positive(connections));
}
void messaging_server::set_connection_timeout(std::chrono::milliseconds time) {
  set(!!self->loops, self->name, self->settings.connection_timeout, detail::positive(time));
}
void messaging_server::set_keep_alive_timeout(std::chrono::milliseconds time) {
  set(!!self->loops, self->name, self->settings.keep_alive_timeout, detail::positive(time));
}

void messaging_server::set_message_handler(messaging::message_handler handler) {
  set(!!self->loops, self->name, self->message_handler, std::move(handler));
}
void messaging_server::set_connect_handler(session_handler handler) {
  set(!!self->loops, self->name, self->connect_handler, std::move(handler));
}
void messaging_server::set_disconnect_handler(session_handler handler) {
  set(!!self->loops, self->name, self->disconnect_handler, std::move(handler));
}
void messaging_server::set_error_handler(session_error_handler handler) {
  set(!!self->loops, self->name, self->error_handler, std::move(handler));
}
void messaging_server::set_writable_handler(session_handler handler) {
  set(!!self->loops, self->name, self->writable_handler, std::move(handler));
}

send_result messaging_server::send(session_id id, payload &&data) {
  const auto session = self->find(id);
  return session ? session->send(std::move(data)) : error_code::closed;
}
send_result messaging_server::send(session_id id, std::span<const std::uint8_t> data) {
  return send(id, payload(data.begin(), data.end()));
}
void messaging_server::pause_receive(session_id id) {
  if (const auto session = self->find(id))
    session->pause_receive();
}
void messaging_server::resume_receive(session_id id) {
  if (const auto session = self->find(id))
    session->resume_receive();
}
void messaging_server::close(session_id id) {
  if (const auto session = self->find(id))
    session->close();
}

result messaging_server::start(std::uint16_t port) { return self->start(port); }
std::uint16_t messaging_server::port() const { return self->port; }
void messaging_server::run() {
  detail::must(!!self->loops, self->name, "run() before start()");
  self->loops->run();
}
void messaging_server::stop() { self->stop(); }
void messaging_server::wait() {
  if (self->loops)
    self->loops->wait();
}

} // namespace messaging
