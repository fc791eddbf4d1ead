//===- load_session.cpp - one connection of a load --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "load_session.h"

#include <asio/error.hpp>
#include <asio/write.hpp>

#include <algorithm>

namespace load {

namespace {
constexpr std::size_t read_size = 65536;
/// What may wait for the kernel, beside one request of any size.
constexpr std::size_t most_unsent = std::size_t{1} << 20;
/// A server that takes requests and answers none must not fill our memory.
constexpr std::size_t most_unanswered = 100000;
} // namespace

load_session::load_session(asio::io_context &loop, const request_form &form, session_owner &owner)
    : socket(loop), form(form), owner(owner), reader(make_answer_reader(form)),
      incoming(read_size) {}

void load_session::connect(const asio::ip::tcp::endpoint &to) {
  socket.async_connect(to, [self = shared_from_this()](std::error_code error) {
    if (self->closed)
      return;
    if (error) {
      self->fail(error);
      return;
    }
    std::error_code ignored; // reset meanwhile: the read will tell
    self->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    self->open = true;
    self->read();
    self->owner.on_connected(*self);
  });
}

void load_session::close() {
  closed = true;
  open = false;
  std::error_code ignored; // the descriptor is closed in any case
  socket.close(ignored);
}

bool load_session::send(request next) {
  if (unsent.size() > most_unsent || unanswered.size() >= most_unanswered)
    return false;
  append_request(form, next.number, unsent);
  next.sent = clock::now();
  unanswered.push_back(next);
  write();
  return true;
}

void load_session::write() {
  if (writing || unsent.empty())
    return;
  writing = true;
  in_flight.swap(unsent);
  unsent.clear();
  asio::async_write(socket, asio::buffer(in_flight),
                    [self = shared_from_this()](std::error_code error, std::size_t) {
                      self->writing = false;
                      if (self->closed)
                        return;
                      if (error)
                        self->fail(error);
                      else
                        self->write();
                    });
}

void load_session::read() {
  socket.async_read_some(asio::buffer(incoming),
                         [self = shared_from_this()](std::error_code error, std::size_t size) {
                           if (self->closed)
                             return;
                           if (error)
                             self->fail(error);
                           else
                             self->on_read(size);
                         });
}

void load_session::on_read(std::size_t size) {
  found.clear();
  bool right = reader->read(std::span(incoming).first(size), found);
  for (const answer &a : found) {
    ending = ending || a.last; // nothing more can be sent
    right = right && match(a);
    if (closed) // by what the owner does with an answer
      return;
    if (a.last) {
      fail({});
      return;
    }
  }
  if (!right) {
    owner.on_misframed();
    fail(asio::error::connection_aborted);
    return;
  }
  read();
}

bool load_session::match(const answer &a) {
  const auto asked = std::find_if(unanswered.begin(), unanswered.end(), [&](const request &r) {
    return !a.number || r.number == *a.number;
  });
  if (asked == unanswered.end())
    return false;
  if (asked != unanswered.begin())
    owner.on_overtaken();
  const request answered = *asked;
  unanswered.erase(asked);
  owner.on_answer(*this, answered, a.error);
  return true;
}

void load_session::fail(std::error_code error) {
  const bool was_open = open;
  close();
  owner.on_closed(was_open, error, std::exchange(unanswered, {}));
}

} // namespace load
