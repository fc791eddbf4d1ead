//===- benchmark.cpp - a server and a load on it, in one command -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "configuration.h"
#include "echo_service.h"
#include "load/descriptors.h"
#include "load/load_arguments.h"
#include "load/load_run.h"
#include "load/report.h"
#include "server_process.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace {

using messaging::setting_values;
using nlohmann::ordered_json;

constexpr const char *about =
    "Starts a server in a process of its own, puts a load on it from this one, and says what both\n"
    "gave: latency, throughput, and what a message cost the server (docs/BENCHMARKING.md).\n"
    "Ends with 0; 1 if nothing was answered, or the server failed; 2 for wrong options or "
    "settings; 130 if interrupted.";

constexpr int nothing_measured = 1, wrong_usage = 2, interrupted = 130;

struct arguments {
  load::load_arguments load;
  std::string config = "default";
  std::vector<std::string> server;
  double duration = 10, beside_rate = 0;
  bool serve = false;
  std::uint16_t port = 0;
};

int fail(int code, const std::string &what) {
  std::cerr << "benchmark: " << what << "\n";
  return code;
}

const std::vector<messaging::setting_key> &load_keys() {
  static const std::vector<messaging::setting_key> keys = {
      {"payload", load::least_payload, 1 << 30},
      {"connections", 1, 1000000},
      {"rate", 1, 10000000},
      {"pipeline", 1, 100000},
      {"closed", 0, 1, true},
  };
  return keys;
}

/// A name is one of the configurations that come with the tools.
std::string configuration_file(const std::string &name_or_file) {
  namespace fs = std::filesystem;
  if (name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".json"))
    return name_or_file;
  const fs::path shipped = fs::path(BENCH_CONFIGURATIONS) / (name_or_file + ".json");
  if (fs::exists(shipped))
    return shipped.string();
  std::vector<std::string> names;
  for (const auto &entry : fs::directory_iterator(BENCH_CONFIGURATIONS))
    names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  std::string known;
  for (const std::string &name : names)
    known += (known.empty() ? "" : ", ") + name;
  throw messaging::configuration_error("no configuration '" + name_or_file + "'; there are " +
                                       known + ", and files (*.json)");
}

/// What the command line leaves open, the configuration says.
void take_load(const CLI::App &app, const setting_values &values, load::load_options &options) {
  const auto take = [&](const char *key, const char *option, auto &into) {
    const auto given = values.find(key);
    if (given != values.end() && app.count(option) == 0)
      into = static_cast<std::decay_t<decltype(into)>>(given->second);
  };
  take("payload", "--payload", options.form.payload);
  take("connections", "--connections", options.connections);
  take("rate", "--rate", options.rate);
  take("pipeline", "--pipeline", options.pipeline);
  const auto closed = values.find("closed");
  if (closed != values.end() && closed->second && app.count("--schedule") == 0)
    options.schedule = load::arrivals::closed;
}

int serve(const setting_values &settings, std::uint16_t port) {
  bench::block_signals();
  messaging::messaging_server server("echo");
  const auto connections = settings.find("max_connections");
  if (connections != settings.end())
    if (const auto missing = load::allow_descriptors(static_cast<std::size_t>(connections->second)))
      std::cerr << "benchmark: " << *missing << "\n"; // fewer will do for a smaller load
  configure(server, settings);
  bench::echo_service echo(server);
  const int code = bench::serve_until_signal(server, port);
  server.wait();
  return code;
}

std::string own_path() {
  std::array<char, PATH_MAX> path;
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
  return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : "benchmark";
}

/// What the server did in the measured time, by message and in all.
struct server_costs {
  bench::counts begin, end;
  bench::memory_use memory;

  ordered_json to_json(std::uint64_t messages, const std::string &missing) const {
    ordered_json all, each;
    for (const auto &[name, value] : end) {
      const std::int64_t spent = value - (begin.contains(name) ? begin.at(name) : 0);
      all[name] = spent;
      if (messages)
        each[name] =
            std::round(static_cast<double>(spent) / static_cast<double>(messages) * 1e4) / 1e4;
    }
    ordered_json costs{{"total", all}, {"per_message", each}};
    costs["resident_bytes"] = memory.resident;
    costs["peak_bytes"] = memory.peak;
    if (!missing.empty())
      costs["syscalls_missing"] = missing;
    return costs;
  }
};

std::string costs_text(const ordered_json &costs) {
  std::string text = "\nthe server, per message:";
  if (costs["per_message"].empty())
    text += " - ";
  for (const auto &[name, value] : costs["per_message"].items())
    text += " " + name + " " + value.dump() + ",";
  text.back() = '\n';
  text +=
      "the server's memory: " + std::to_string(costs["resident_bytes"].get<std::int64_t>() / 1024) +
      " KiB, at most " + std::to_string(costs["peak_bytes"].get<std::int64_t>() / 1024) + " KiB\n";
  if (costs.contains("syscalls_missing"))
    text += "system calls are not counted: " + costs["syscalls_missing"].get<std::string>() + "\n";
  return text;
}

int measure(arguments &given) {
  load::load_options &options = given.load.options;
  if (const auto missing = load::allow_descriptors(options.connections))
    return fail(nothing_measured, *missing);
  std::vector<std::string> command = given.server;
  if (command.empty())
    command = {own_path(), "--serve", "--config", given.config};
  bench::server_process server(command, std::chrono::seconds(10));
  options.port = server.port();

  load::load_options beside = options;
  beside.rate = given.beside_rate;
  beside.schedule = load::arrivals::poisson;
  beside.connections = 1;
  beside.form.mark = 1;
  beside.iterations = 0;
  beside.duration = std::chrono::hours(24);

  server_costs costs;
  load::load_result result;
  {
    // Reads files: not on the load's loop, which has requests to send.
    messaging::thread_pool sampler(1, 2);
    const auto sample = [&](auto take) {
      if (!sampler.enqueue(take))
        std::cerr << "benchmark: a sample of the server's costs is missing\n";
    };
    const load::run_hooks hooks{[&] { sample([&] { costs.begin = server.counters().read(); }); },
                                [&] {
                                  sample([&] {
                                    costs.end = server.counters().read();
                                    costs.memory = bench::memory_of(server.id());
                                  });
                                }};
    result = run_load(options, hooks, given.beside_rate > 0 ? &beside : nullptr);
  }
  const std::string missing = server.counters().missing();
  const bool failed = server.has_failed();
  const bool ended_well = server.stop();
  if (!result.failure.empty())
    return fail(result.partial ? interrupted : nothing_measured, result.failure);

  ordered_json all{{"config", given.server.empty() ? given.config : "none"}};
  all["load"] = to_json(options, result);
  all["server"] = costs.to_json(result.answered, missing);
  all["server"]["ended_with_0"] = ended_well;
  load::write_out(given.load.format == "json"
                      ? all.dump(2) + "\n"
                      : (given.server.empty() ? given.config + ", " : "") +
                            to_text(options, result) + costs_text(all["server"]));
  if (failed)
    return fail(nothing_measured, "the server ended in mid-run");
  if (given.server.empty() && !ended_well)
    return fail(nothing_measured, "the server did not end with 0");
  if (const std::string lacks = shortcoming(options, result); !lacks.empty())
    return fail(nothing_measured, lacks);
  if (result.partial)
    return interrupted;
  return result.answered == 0 ? nothing_measured : 0;
}

void add_options(CLI::App &app, arguments &given) {
  app.add_option("--config", given.config, "Name or file of the server's settings and the load");
  app.add_option("--duration", given.duration, "Seconds to measure")->check(CLI::Range(0.001, 1e6));
  app.add_flag("--serve", given.serve, "Only serve, until SIGINT or SIGTERM; prints `port N`");
  app.add_option("--port", given.port, "With --serve: the port; default: a free one");
  app.add_option("--beside-rate", given.beside_rate,
                 "Marked requests a second from one more connection, which are not measured")
      ->check(CLI::Range(0.0, 1e7));
  app.add_option("--host", given.load.options.host, "Where the server is reached, if not here");
  given.load.add_to(app);
  app.add_option("--server", given.server,
                 "Last: the command of another server, which prints `port N` when it listens")
      ->expected(-1);
  app.get_formatter()->column_width(28);
}

} // namespace

int main(int argc, char **argv) {
  CLI::App app(about, "benchmark");
  arguments given;
  // What follows --server belongs to the server, options as well.
  const auto separator = std::find(argv, argv + argc, std::string("--server"));
  add_options(app, given);
  try {
    app.parse(static_cast<int>(separator - argv), argv);
    if (separator != argv + argc)
      given.server.assign(separator + 1, argv + argc);
    if (separator != argv + argc && given.server.empty())
      return fail(wrong_usage, "--server: no command");
    given.load.options.duration = std::chrono::duration<double>(given.duration);
    const auto groups = messaging::read_configuration(
        configuration_file(given.config),
        {{"server", messaging::server_keys()}, {"load", load_keys()}});
    const auto group = [&](const char *name) {
      const auto found = groups.find(name);
      return found == groups.end() ? setting_values() : found->second;
    };
    if (given.serve)
      return serve(group("server"), given.port);
    take_load(app, group("load"), given.load.options);
    given.load.complete();
    return measure(given);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : wrong_usage;
  } catch (const messaging::configuration_error &error) {
    return fail(wrong_usage, error.what());
  } catch (const std::logic_error &error) { // settings that do not fit each other
    return fail(wrong_usage, error.what());
  } catch (const std::runtime_error &error) {
    return fail(nothing_measured, error.what());
  }
}
