//===- report.cpp - a result as text and as JSON ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace load {

using nlohmann::ordered_json;

namespace {

struct named_share {
  const char *name;
  double share;
};
constexpr std::array<named_share, 6> shares = {{
    {"p50", 0.5},
    {"p90", 0.9},
    {"p99", 0.99},
    {"p99.9", 0.999},
    {"p99.99", 0.9999},
    {"max", 1.0},
}};

/// Fewer values than this above a percentile are an anecdote.
constexpr double least_beyond = 10;

double microseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1000; }

/// null where nothing was measured: 0 would be a time.
ordered_json times(const histogram &h) {
  const auto time = [&](double value) { return h.count() ? ordered_json(value) : ordered_json(); };
  ordered_json all;
  all["count"] = h.count();
  all["min"] = time(microseconds(h.min()));
  all["mean"] = time(h.mean() / 1000);
  for (const auto &[name, share] : shares)
    all[name] = time(microseconds(share == 1.0 ? h.max() : h.percentile(share)));
  return all;
}

const char *name_of(mode m) {
  return m == mode::messaging ? "messaging" : m == mode::echo ? "echo" : "http";
}

const char *name_of(arrivals a) {
  return a == arrivals::poisson ? "poisson" : a == arrivals::fixed ? "fixed" : "closed";
}

template <typename... Values> std::string print(const char *format, Values... values) {
  std::array<char, 512> line;
  std::snprintf(line.data(), line.size(), format, values...);
  return line.data();
}

/// "12.3 us", as wide as \p width says; "-" where nothing was measured.
std::string time_text(const histogram &h, double share, int width = 0) {
  if (!h.count())
    return print("%*s", width, "-");
  const std::uint64_t value = share == 1.0 ? h.max() : h.percentile(share);
  return print("%*.1f us", width > 3 ? width - 3 : 0, microseconds(value));
}

std::string table(const load_result &result) {
  std::string text = print("%-8s %14s %14s\n", "", "from due", "from send");
  for (const auto &[name, share] : shares) {
    const bool thin =
        share != 1.0 && static_cast<double>(result.answered) * (1 - share) < least_beyond;
    text += print("%-8s ", name) + time_text(result.latency, share, 14) + " " +
            time_text(result.from_send, share, 14) + (thin ? "  (too few answers)\n" : "\n");
  }
  return text;
}

} // namespace

ordered_json to_json(const load_options &options, const load_result &result) {
  ordered_json all;
  all["host"] = options.host;
  all["port"] = options.port;
  all["mode"] = name_of(options.form.kind);
  all["schedule"] = name_of(options.schedule);
  if (options.schedule == arrivals::closed)
    all["pipeline"] = options.pipeline;
  else
    all["rate"] = options.rate;
  all["connections"] = options.connections;
  if (options.form.kind != mode::http)
    all["payload"] = options.form.payload;
  all["warmup_s"] = options.warmup.count();
  all["partial"] = result.partial;
  all["stalled"] = result.stalled;
  all["seconds"] = result.seconds;
  all["due"] = result.due;
  all["answered"] = result.answered;
  all["lost"] = result.lost;
  all["not_sent"] = result.not_sent;
  all["misframed"] = result.misframed;
  all["out_of_order"] = result.out_of_order;
  all["errors"] = result.errors;
  all["disconnects"] = result.disconnects;
  all["answers_per_s"] =
      result.seconds > 0 ? static_cast<double>(result.answered) / result.seconds : 0.0;
  all["latency_us"] = times(result.latency);
  all["latency_from_send_us"] = times(result.from_send);
  all["send_lag_us"] = times(result.lag);
  return all;
}

std::string to_text(const load_options &options, const load_result &result) {
  std::string text =
      options.host + ":" + std::to_string(options.port) + ", " + name_of(options.form.kind) + ", ";
  if (options.schedule == arrivals::closed)
    text += print("closed loop, %zu at a time on each of", options.pipeline);
  else
    text += print("%s schedule, %.0f requests/s on", name_of(options.schedule), options.rate);
  text += print(" %zu connection%s", options.connections, options.connections == 1 ? "" : "s");
  if (options.form.kind != mode::http)
    text += print(", %zu bytes", options.form.payload);
  text += result.partial   ? "\nPARTIAL: interrupted\n\n"
          : result.stalled ? "\nPARTIAL: the server has stopped to answer\n\n"
                           : "\n\n";
  text += table(result);
  text += print("\n%llu requests due, %llu answered in %.2f s (%.0f/s)\n",
                static_cast<unsigned long long>(result.due),
                static_cast<unsigned long long>(result.answered), result.seconds,
                result.seconds > 0 ? static_cast<double>(result.answered) / result.seconds : 0.0);
  text += print("%llu lost, %llu not sent, %llu misframed, %llu out of order, %llu errors, "
                "%llu disconnects\n",
                static_cast<unsigned long long>(result.lost),
                static_cast<unsigned long long>(result.not_sent),
                static_cast<unsigned long long>(result.misframed),
                static_cast<unsigned long long>(result.out_of_order),
                static_cast<unsigned long long>(result.errors),
                static_cast<unsigned long long>(result.disconnects));
  if (!result.lag.count())
    return text;
  return text + "requests left the generator " + time_text(result.lag, 0.5) +
         " late at the median, " + time_text(result.lag, 0.99) + " at p99\n";
}

void write_out(const std::string &text) {
  const bool taken = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!taken || std::fflush(stdout) != 0)
    throw std::runtime_error(std::string("standard output: ") + std::strerror(errno));
}

std::string shortcoming(const load_options &options, const load_result &result) {
  if (!result.stalled)
    return {};
  return print("no answer for %g s; ended early", options.stall_limit().count());
}

} // namespace load
