//===- load_run.cpp - a load on a terminal: progress and ctrl-C -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "load_run.h"

#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>

#include <cstdio>
#include <optional>
#include <unistd.h>

namespace load {

namespace {

/// One line on the terminal, written anew each second.
class progress {
public:
  progress(asio::io_context &loop, const load_generator &of)
      : timer(loop), of(of), shown(isatty(STDERR_FILENO) != 0) {
    if (shown)
      wait();
  }
  void end() {
    timer.cancel();
    if (shown)
      std::fputs("\r\x1b[K", stderr);
  }

private:
  void wait() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](std::error_code cancelled) {
      if (cancelled)
        return;
      const load_result &r = of.result();
      std::fprintf(stderr, "\r\x1b[K%d s: %llu due, %llu answered, %llu lost", ++seconds,
                   static_cast<unsigned long long>(r.due),
                   static_cast<unsigned long long>(r.answered),
                   static_cast<unsigned long long>(r.lost));
      wait();
    });
  }

  asio::steady_timer timer;
  const load_generator &of;
  const bool shown;
  int seconds = 0;
};

} // namespace

load_result run_load(const load_options &options, const run_hooks &hooks,
                     const load_options *beside) {
  asio::io_context loop;
  load_generator measured(loop, options);
  std::optional<load_generator> other;
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  progress display(loop, measured);
  load_result result;
  bool ended = false;

  measured.on_begin(hooks.begin);
  measured.on_end(hooks.end);
  if (beside) {
    other.emplace(loop, *beside);
    other->start([&](const load_result &r) {
      if (!r.failure.empty())
        measured.interrupt();
    });
  }
  const std::function<void()> wait_for_signal = [&] {
    signals.async_wait([&](std::error_code cancelled, int) {
      if (cancelled || ended)
        return;
      measured.interrupt(); // a second one does not wait for the last answers
      if (!ended)
        wait_for_signal();
    });
  };
  wait_for_signal();
  measured.start([&](const load_result &r) {
    result = r;
    ended = true;
    signals.cancel();
    display.end();
    if (other)
      other->interrupt();
  });
  loop.run();
  return result;
}

} // namespace load
