//===- serve.cpp - handlers that wait, copy and compute ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"

#include "messaging.h"
#include "programs/echo_service.h"

#include <ctime>
#include <stdexcept>

namespace scenarios {

using namespace messaging;

namespace {

constexpr std::size_t mark_at = 8; // load/protocol.h

bool is_marked(const payload &data) { return data.size() > mark_at && data[mark_at] == 1; }

/// Work of a fixed size, so that it is the same on a busy machine.
class work {
public:
  /// Finds out how much can be done in that time of an otherwise idle thread.
  explicit work(std::size_t microseconds) {
    constexpr std::size_t trial = 10000000;
    const double begin = cpu_us();
    spin(trial);
    steps =
        static_cast<std::size_t>(trial / (cpu_us() - begin) * static_cast<double>(microseconds));
  }
  void operator()() const { spin(steps); }

private:
  static double cpu_us() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
  }
  static void spin(std::size_t count) {
    for (volatile std::size_t i = 0; i < count; i = i + 1) {
    }
  }
  std::size_t steps;
};

void waiting_inline(messaging_server &server, database &data) {
  server.set_message_handler([&](auto id, auto request) {
    if (is_marked(request)) {
      const auto rows = data.query(request); // BAD nettune-blocking-call-in-handler
      if (!server.send(id, rows.bytes()))
        server.close(id);
    } else if (!server.send(id, std::move(request))) {
      server.close(id);
    }
  });
}

void waiting_in_pool(messaging_server &server, database &data, thread_pool &pool) {
  const auto answer = [&](session_id id, payload reply) {
    if (!server.send(id, std::move(reply)))
      server.close(id);
  };
  server.set_message_handler([&, answer](auto id, auto request) {
    if (!is_marked(request)) {
      answer(id, std::move(request));
      return;
    }
    const auto queued = pool.enqueue([&, answer, id, request = std::move(request)] {
      auto rows = data.query(request);
      answer(id, std::move(rows).bytes());
    });
    if (!queued)
      server.close(id);
  });
}

void copying(messaging_server &server, bench::echo_service &echo, const std::string &how,
             buffer_pool &buffers) {
  if (how == "once")
    server.set_message_handler([&](auto id, auto data) {
      payload copy = data;
      echo.answer(id, std::move(copy));
    });
  else if (how == "thrice")
    server.set_message_handler([&](auto id, auto data) {
      const payload first = data;   // BAD nettune-incoming-buffer-copy
      const payload second = first; // BAD nettune-incoming-buffer-copy
      payload third = second;
      echo.answer(id, std::move(third));
    });
  else if (how == "pooled")
    server.set_message_handler([&](auto id, auto data) {
      auto copy = buffers.acquire(data.size());
      std::copy(data.begin(), data.end(), copy->begin());
      if (!server.send(id, std::span<const std::uint8_t>(*copy)))
        server.close(id);
    });
  else
    throw std::invalid_argument("copies: none, once, thrice or pooled");
}

} // namespace

int serve(const server_variant &variant) {
  bench::block_signals();
  messaging_server server("scenario");
  server.set_thread_count(variant.threads);
  server.set_io_threads(variant.loops);
  server.set_receive_buffer_size(variant.receive_buffer);
  server.set_send_buffer_size(65536);
  server.set_tcp_nodelay(true);
  server.set_max_message_size(std::size_t{16} << 20);
  server.set_max_pending_bytes(std::size_t{64} << 20);
  database data{std::chrono::microseconds(variant.round_trip_us)};
  buffer_pool buffers(64);
  bench::echo_service echo(server);
  thread_pool pool(8, 10000);
  if (variant.blocking == "inline")
    waiting_inline(server, data);
  else if (variant.copies != "none")
    copying(server, echo, variant.copies, buffers);
  else if (variant.work_us != 0)
    server.set_message_handler([&, compute = work(variant.work_us)](auto id, auto request) {
      compute();
      echo.answer(id, std::move(request));
    });
  else
    waiting_in_pool(server, data, pool);
  return bench::serve_until_signal(server, 0);
}

} // namespace scenarios
