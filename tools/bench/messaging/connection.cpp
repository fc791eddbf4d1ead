//===- connection.cpp - one connection of a server or client ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "connection.h"

#include <asio/dispatch.hpp>
#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/write.hpp>

namespace messaging::detail {

namespace {
/// Time that a closing connection has to send what is pending and to be closed
/// by the peer, too. If only the peer has ended its direction, it may read as
/// long as it does not stand still for this time.
constexpr std::chrono::seconds linger(2);
} // namespace

error_code to_error_code(std::error_code error) {
  if (!error)
    return error_code::none;
  if (error == asio::error::connection_refused || error == asio::error::address_in_use)
    return error_code::refused;
  if (error == asio::error::host_not_found || error == asio::error::host_not_found_try_again ||
      error == asio::error::no_data || error == asio::error::service_not_found)
    return error_code::unresolved;
  if (error == asio::error::timed_out)
    return error_code::timed_out;
  return error_code::failed;
}

connection::connection(session_id id, asio::ip::tcp::socket socket,
                       const connection_settings &settings, connection_owner &owner)
    : id(id), socket(std::move(socket)), timer(this->socket.get_executor()), owner(owner),
      settings(settings), reader(settings.max_message_size), queue(settings),
      read_buffer(settings.receive_buffer_size) {}

void connection::start() {
  asio::dispatch(socket.get_executor(), [self = shared_from_this()] {
    if (self->closed)
      return;
    std::error_code ignored; // a connection that was reset meanwhile: the read will tell
    self->socket.set_option(asio::ip::tcp::no_delay(self->settings.tcp_nodelay), ignored);
    if (self->settings.zero_copy)
      self->zero_copy.enable(self->socket.native_handle());
    self->opened = self->last_activity = clock::now();
    self->owner.on_open(*self);
    self->watch_time();
    self->deliver();
  });
}

//===--- Receiving --------------------------------------------------------===//

void connection::read() {
  state = receiving::reading;
  socket.async_read_some(asio::buffer(read_buffer),
                         [self = shared_from_this()](std::error_code error, std::size_t size) {
                           self->on_read(error, size);
                         });
}

void connection::on_read(std::error_code error, std::size_t size) {
  if (closed)
    return;
  if (error) {
    on_end(error);
  } else if (closing) {
    throw_away();
  } else {
    unread = std::span(read_buffer).first(size);
    deliver();
  }
}

void connection::on_end(std::error_code error) {
  const bool at_border = error == asio::error::eof && !reader.inside_message();
  if (!closing && !at_border) {
    finish(error == asio::error::eof ? error_code::failed : to_error_code(error));
    return;
  }
  peer_ended = true; // and may still read what is pending
  if (shut_down || error != asio::error::eof) {
    finish(error_code::none);
  } else if (!std::exchange(closing, true)) {
    close_began = clock::now();
    begin_close();
  }
}

void connection::deliver() {
  state = receiving::delivering;
  while (!closed && !closing) {
    if (paused) {
      state = receiving::held;
      return;
    }
    payload message;
    switch (reader.next(unread, message)) {
    case frame_reader::outcome::need_more:
      read();
      return;
    case frame_reader::outcome::too_large:
      finish(error_code::too_large);
      return;
    case frame_reader::outcome::message:
      last_activity = clock::now();
      had_message = true;
      owner.on_message(*this, std::move(message));
    }
  }
  if (!closed && !peer_ended)
    throw_away();
}

// What comes after close() is not wanted. While messages are pending it stays
// where it is; then it is read, up to the peer's end: closing a socket with
// unread data resets the connection, and the peer could lose our last words.
void connection::throw_away() {
  if (shut_down)
    read();
  else
    state = receiving::held;
}

void connection::pause_receive() {
  asio::dispatch(socket.get_executor(), [self = shared_from_this()] { self->paused = true; });
}

void connection::resume_receive() {
  asio::dispatch(socket.get_executor(), [self = shared_from_this()] {
    self->paused = false;
    self->last_activity = clock::now();
    // Posted: this may be called from a handler, and handlers come one at a time.
    asio::post(self->socket.get_executor(), [self] {
      if (self->state == receiving::held && !self->closed && !self->closing)
        self->deliver();
    });
  });
}

//===--- Sending ----------------------------------------------------------===//

send_result connection::send(payload &&message) {
  const send_queue::pushed pushed = queue.push(std::move(message));
  // Posted, not called: what a handler sends after this message goes with it.
  if (pushed.first)
    asio::post(socket.get_executor(), [self = shared_from_this()] { self->write(); });
  return pushed.accepted;
}

void connection::write() {
  if (closed)
    return;
  queue.pop_batch(batch->messages);
  if (batch->messages.empty()) {
    if (closing && queue.empty())
      finish_sending();
    return;
  }
  batch->gather();
  if (zero_copy.enabled() && batch->largest() >= zero_copy_sender::worthwhile) {
    write_zero_copy();
    return;
  }
  asio::async_write(socket, batch->buffers(),
                    [self = shared_from_this()](std::error_code error, std::size_t) {
                      if (!error && !self->closed) {
                        self->account(*self->batch);
                        self->batch->clear();
                      }
                      self->on_written(error);
                    });
}

void connection::write_zero_copy() {
  const std::error_code error = zero_copy.send(socket.native_handle(), *batch);
  if (error == std::errc::operation_would_block) {
    socket.async_wait(asio::socket_base::wait_write,
                      [self = shared_from_this()](std::error_code failed) {
                        if (self->closed)
                          return;
                        if (failed)
                          self->on_written(failed);
                        else
                          self->write_zero_copy();
                      });
    return;
  }
  if (!error) {
    zero_copy.keep(std::exchange(batch, std::make_unique<write_batch>()));
    release_zero_copied();
  }
  asio::post(socket.get_executor(),
             [self = shared_from_this(), error] { self->on_written(error); });
}

void connection::release_zero_copied() {
  while (const std::unique_ptr<write_batch> done = zero_copy.released(socket.native_handle()))
    account(*done);
  if (closing && queue.empty()) // only now: the kernel has sent from these buffers
    finish_sending();
  if (closed || !zero_copy.waiting() || watches_errors)
    return;
  watches_errors = true;
  socket.async_wait(asio::socket_base::wait_error,
                    [self = shared_from_this()](std::error_code error) {
                      self->watches_errors = false;
                      if (!error && !self->closed)
                        self->release_zero_copied();
                    });
}

void connection::account(const write_batch &done) {
  last_activity = clock::now();
  if (queue.written(done.messages.size(), done.payload_bytes()))
    owner.on_writable(*this);
}

void connection::on_written(std::error_code error) {
  if (closed)
    return;
  if (error)
    finish(to_error_code(error));
  else
    write();
}

//===--- Closing ----------------------------------------------------------===//

void connection::close() {
  asio::dispatch(socket.get_executor(), [self = shared_from_this()] {
    if (self->closed || std::exchange(self->asked_to_close, true))
      return;
    self->closing = true; // no more messages from here on
    self->close_began = clock::now();
    asio::post(self->socket.get_executor(), [self] { self->begin_close(); });
  });
}

void connection::abort() {
  asio::post(socket.get_executor(),
             [self = shared_from_this()] { self->finish(error_code::none); });
}

void connection::begin_close() {
  if (closed)
    return;
  queue.close();
  watch_time();
  if (queue.empty())
    finish_sending();
}

void connection::finish_sending() {
  if (shut_down)
    return;
  shut_down = true;
  std::error_code error; // no longer connected: the same as closed by the peer
  socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error || peer_ended)
    finish(error_code::none);
  else if (state == receiving::held)
    read();
}

void connection::finish(error_code reason) {
  if (closed)
    return;
  closed = true;
  queue.abandon();
  timer.cancel();
  std::error_code ignored; // the descriptor is closed in any case
  // By a reset: the buffers go, and nothing may be sent from them. The kernel may
  // have a part of the batch that is being written as well.
  if (zero_copy.waiting() || (zero_copy.enabled() && !batch->messages.empty()))
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
  owner.on_closed(*this, reason);
}

//===--- Time -------------------------------------------------------------===//

connection::clock::time_point connection::deadline() const {
  constexpr auto never = clock::time_point::max();
  if (closing)
    return (asked_to_close ? close_began : std::max(close_began, last_activity)) + linger;
  const auto limit = had_message ? settings.keep_alive_timeout : settings.connection_timeout;
  if (limit.count() == 0 || (paused && queue.empty()))
    return never;
  if (paused) // and it does not take what it is owed
    return std::max(opened, last_activity) + settings.keep_alive_timeout;
  return (had_message ? last_activity : opened) + limit;
}

// The timer is not set anew for each message: when it fires, it looks how long
// ago the last one was.
void connection::watch_time() {
  if (closed)
    return;
  auto next = deadline();
  if (next == clock::time_point::max()) {
    if (settings.keep_alive_timeout.count() == 0)
      return;
    next = clock::now() + settings.keep_alive_timeout; // paused: look again later
  }
  if (!closing && !had_message && settings.keep_alive_timeout.count() != 0)
    next = std::min(next, clock::now() + settings.keep_alive_timeout);
  timer.expires_at(next);
  timer.async_wait([self = shared_from_this()](std::error_code error) {
    if (!error && !self->closed)
      self->on_time();
  });
}

void connection::on_time() {
  if (clock::now() >= deadline())
    finish(closing && queue.empty() ? error_code::none : error_code::timed_out);
  else
    watch_time();
}

} // namespace messaging::detail
