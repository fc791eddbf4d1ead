//===- load.cpp - a load on a server, and what came of it -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "load.h"

#include "load_session.h"

#include <asio/error.hpp>
#include <asio/steady_timer.hpp>

#include <algorithm>

namespace load {

using asio::ip::tcp;

namespace {
constexpr std::size_t connects_at_a_time = 64;
constexpr std::chrono::milliseconds reconnect_pause(100), interrupted_drain(200);

std::uint64_t nanoseconds(clock::duration time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(
      0, std::chrono::duration_cast<std::chrono::nanoseconds>(time).count()));
}

clock::duration ticks(std::chrono::duration<double> time) {
  return std::chrono::duration_cast<clock::duration>(time);
}
} // namespace

class load_generator::impl final : public session_owner, public std::enable_shared_from_this<impl> {
public:
  impl(asio::io_context &loop, const load_options &options)
      : loop(loop), options(options), resolver(loop), phase_timer(loop), due_timer(loop),
        reconnect_timer(loop), stall_timer(loop) {}

  void start(std::function<void(const load_result &)> call);
  void interrupt();
  void close();

  std::function<void()> at_begin, at_end;
  load_result result;

private:
  enum class phase : std::uint8_t { connecting, warming, measuring, draining, done };

  void connect_more();
  void begin();
  void measure();
  void drain(clock::duration time);
  void watch_for_stall();
  void finish();
  void fail(const std::string &why);
  void wait_until_due();
  void issue(clock::time_point due);
  request make(clock::time_point due);
  void give_up(const request &unsent);
  void end_if_all_are_due();
  bool place(request next);
  void after(asio::steady_timer &timer, clock::duration time, void (impl::*then)());

  void on_connected(load_session &from) override;
  void on_answer(load_session &from, const request &answered, bool error) override;
  void on_overtaken() override { ++result.out_of_order; }
  void on_misframed() override { ++result.misframed; }
  void on_closed(bool was_open, std::error_code error, const std::deque<request> &lost) override;
  void on_refused(std::error_code error);
  void reconnect();
  void fill(load_session &session);
  bool one_at_a_time() const { return options.form.kind == mode::http; }
  bool sending() const { return at == phase::warming || at == phase::measuring; }

  asio::io_context &loop;
  const load_options options;
  tcp::resolver resolver;
  tcp::endpoint target;
  std::vector<tcp::endpoint> addresses;
  asio::steady_timer phase_timer, due_timer, reconnect_timer, stall_timer;
  std::vector<std::shared_ptr<load_session>> sessions;
  std::size_t connected = 0, asked_to_connect = 0, turn = 0;
  std::deque<request> queued; ///< http: due, and every connection is busy
  std::unique_ptr<schedule> times;
  std::uint64_t next_number = 0, outstanding = 0;
  clock::time_point measure_began, last_answer;
  std::function<void(const load_result &)> done;
  phase at = phase::connecting;
  bool reconnecting = false;
};

void load_generator::impl::after(asio::steady_timer &timer, clock::duration time,
                                 void (impl::*then)()) {
  timer.expires_after(time);
  timer.async_wait([self = shared_from_this(), then](std::error_code cancelled) {
    if (!cancelled && self->at != phase::done)
      ((*self).*then)();
  });
}

//===--- Phases -----------------------------------------------------------===//

void load_generator::impl::start(std::function<void(const load_result &)> call) {
  done = std::move(call);
  phase_timer.expires_after(ticks(options.connect_time));
  phase_timer.async_wait([self = shared_from_this()](std::error_code cancelled) {
    if (!cancelled && self->at == phase::connecting)
      self->fail("no connection within " + std::to_string(self->options.connect_time.count()) +
                 " s");
  });
  resolver.async_resolve(
      options.host, std::to_string(options.port),
      [self = shared_from_this()](std::error_code error, const tcp::resolver::results_type &found) {
        if (self->at != phase::connecting)
          return;
        if (error) {
          self->fail(error.message());
          return;
        }
        for (const auto &entry : found)
          self->addresses.push_back(entry.endpoint());
        self->connect_more();
      });
}

// The first connection finds out which address works; the others follow, a few
// at a time, so that they do not overflow the server's accept queue.
void load_generator::impl::connect_more() {
  const std::size_t most = connected == 0 ? 1 : connected + connects_at_a_time;
  while (asked_to_connect < std::min(options.connections, most)) {
    if (connected == 0)
      target = addresses.front();
    sessions.push_back(std::make_shared<load_session>(loop, options.form, *this));
    ++asked_to_connect;
    sessions.back()->connect(target);
  }
}

void load_generator::impl::on_connected(load_session &from) {
  ++connected;
  if (at == phase::connecting && connected == options.connections)
    begin();
  else if (at == phase::connecting)
    connect_more();
  else
    fill(from);
}

void load_generator::impl::begin() {
  at = phase::warming;
  after(phase_timer, ticks(options.warmup), &impl::measure);
  if (options.schedule == arrivals::closed) {
    for (std::size_t i = 0; i < sessions.size() && sending(); ++i)
      fill(*sessions[i]);
    return;
  }
  times = std::make_unique<schedule>(options.schedule, options.rate, clock::now(), options.seed);
  wait_until_due();
}

void load_generator::impl::measure() {
  at = phase::measuring;
  measure_began = last_answer = clock::now();
  if (at_begin)
    at_begin();
  if (options.iterations == 0) {
    phase_timer.expires_after(ticks(options.duration));
    phase_timer.async_wait([self = shared_from_this()](std::error_code cancelled) {
      if (!cancelled && self->at == phase::measuring)
        self->drain(ticks(self->options.drain));
    });
  } else if (options.schedule == arrivals::closed) {
    watch_for_stall();
  }
}

// An open loop gets to its end whatever the server does; this one only by answers.
void load_generator::impl::watch_for_stall() {
  if (at != phase::measuring)
    return;
  const clock::time_point end = last_answer + ticks(options.stall_limit());
  if (clock::now() >= end) {
    result.stalled = true;
    drain(clock::duration(0));
  } else {
    after(stall_timer, end - clock::now(), &impl::watch_for_stall);
  }
}

void load_generator::impl::drain(clock::duration time) {
  at = phase::draining;
  due_timer.cancel();
  if (at_end)
    at_end();
  if (outstanding == 0)
    finish();
  else
    after(phase_timer, time, &impl::finish);
}

void load_generator::impl::finish() {
  if (at == phase::done)
    return;
  at = phase::done;
  for (const request &r : queued)
    give_up(r);
  result.lost += outstanding;
  if (result.due != 0)
    result.seconds = std::chrono::duration<double>(last_answer - measure_began).count();
  close();
  done(result);
}

void load_generator::impl::fail(const std::string &why) {
  if (at == phase::done)
    return;
  result.failure = why;
  at = phase::done;
  close();
  done(result);
}

void load_generator::impl::close() {
  at = phase::done;
  resolver.cancel();
  phase_timer.cancel();
  due_timer.cancel();
  reconnect_timer.cancel();
  stall_timer.cancel();
  for (const auto &session : sessions)
    session->close();
}

void load_generator::impl::interrupt() {
  result.partial = true;
  if (at == phase::measuring)
    drain(interrupted_drain);
  else if (at == phase::draining)
    finish();
  else if (at == phase::connecting || at == phase::warming)
    fail("interrupted before the measured time began");
}

//===--- Requests ---------------------------------------------------------===//

void load_generator::impl::wait_until_due() {
  while (sending() && times->due() <= clock::now()) {
    issue(times->due());
    times->advance();
  }
  if (!sending())
    return;
  due_timer.expires_at(times->due());
  due_timer.async_wait([self = shared_from_this()](std::error_code cancelled) {
    if (!cancelled && self->sending())
      self->wait_until_due();
  });
}

request load_generator::impl::make(clock::time_point due) {
  const bool measured = at == phase::measuring;
  result.due += measured;
  outstanding += measured;
  return {next_number++, due, due, measured};
}

void load_generator::impl::give_up(const request &unsent) {
  outstanding -= unsent.measured;
  result.not_sent += unsent.measured;
}

void load_generator::impl::end_if_all_are_due() {
  if (at == phase::measuring && result.due == options.iterations)
    drain(ticks(options.drain));
}

void load_generator::impl::issue(clock::time_point due) {
  const request next = make(due);
  if (!place(next))
    give_up(next);
  end_if_all_are_due();
}

/// Round robin over the connections that can take it.
bool load_generator::impl::place(request next) {
  for (std::size_t tried = 0; tried < sessions.size(); ++tried) {
    load_session &session = *sessions[turn++ % sessions.size()];
    const bool busy = one_at_a_time() && session.waiting() != 0;
    if (session.connected() && !busy)
      return session.send(next);
  }
  constexpr std::size_t most_queued = 1000000;
  if (!one_at_a_time() || queued.size() >= most_queued)
    return false;
  queued.push_back(next);
  return true;
}

/// Gives a free connection what waits for one.
void load_generator::impl::fill(load_session &session) {
  if (options.schedule == arrivals::closed) {
    while (sending() && session.connected() && session.waiting() < options.pipeline) {
      const request next = make(clock::now());
      if (!session.send(next))
        give_up(next);
      end_if_all_are_due();
    }
  } else if (!queued.empty() && session.connected() && session.waiting() == 0) {
    const request next = queued.front();
    queued.pop_front();
    if (!session.send(next))
      queued.push_front(next);
  }
}

void load_generator::impl::on_answer(load_session &from, const request &answered, bool error) {
  result.errors += error;
  if (answered.measured) {
    last_answer = clock::now();
    ++result.answered;
    --outstanding;
    result.latency.record(nanoseconds(last_answer - answered.due));
    result.from_send.record(nanoseconds(last_answer - answered.sent));
    result.lag.record(nanoseconds(answered.sent - answered.due));
  }
  if (at == phase::draining && outstanding == 0)
    finish();
  else if (at != phase::done)
    fill(from);
}

void load_generator::impl::on_closed(bool was_open, std::error_code error,
                                     const std::deque<request> &lost) {
  if (at == phase::done)
    return;
  if (at == phase::connecting) {
    on_refused(error);
    return;
  }
  for (const request &r : lost) {
    result.lost += r.measured;
    outstanding -= r.measured;
  }
  connected -= was_open;
  result.disconnects += was_open;
  if (at == phase::draining && outstanding == 0)
    finish();
  else if (!std::exchange(reconnecting, true))
    after(reconnect_timer, error ? reconnect_pause : clock::duration(0), &impl::reconnect);
}

void load_generator::impl::on_refused(std::error_code error) {
  if (connected == 0 && addresses.size() > 1) { // the name has another address
    addresses.erase(addresses.begin());
    sessions.clear();
    asked_to_connect = 0;
    connect_more();
    return;
  }
  fail(connected == 0 ? error.message()
                      : "connection " + std::to_string(connected + 1) + " of " +
                            std::to_string(options.connections) + ": " + error.message());
}

void load_generator::impl::reconnect() {
  reconnecting = false;
  for (auto &session : sessions)
    if (session->is_closed()) {
      session = std::make_shared<load_session>(loop, options.form, *this);
      session->connect(target);
    }
}

//===----------------------------------------------------------------------===//

load_generator::load_generator(asio::io_context &loop, const load_options &options)
    : self(std::make_shared<impl>(loop, options)) {}

load_generator::~load_generator() { self->close(); }

void load_generator::on_begin(std::function<void()> call) { self->at_begin = std::move(call); }
void load_generator::on_end(std::function<void()> call) { self->at_end = std::move(call); }
void load_generator::start(std::function<void(const load_result &)> done) {
  self->start(std::move(done));
}
void load_generator::interrupt() { self->interrupt(); }
const load_result &load_generator::result() const { return self->result; }

} // namespace load
