//===- latency_benchmark.cpp - the latency of a server under a steady load -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "load/descriptors.h"
#include "load/load_arguments.h"
#include "load/load_run.h"
#include "load/report.h"

#include <iostream>

namespace {

constexpr const char *about =
    "Measures the latency of a server: requests are sent on a schedule, whatever the server does,\n"
    "and latency counts from the time at which each was due (docs/BENCHMARKING.md).\n"
    "Ends with 0; 1 if nothing was answered, or no more from some time on; 2 for a wrong option; "
    "130 if interrupted.";

constexpr int nothing_measured = 1, wrong_usage = 2, interrupted = 130;

int fail(int code, const std::string &what) {
  std::cerr << "latency_benchmark: " << what << "\n";
  return code;
}

} // namespace

int main(int argc, char **argv) {
  CLI::App app(about, "latency_benchmark");
  load::load_arguments arguments;
  load::load_options &options = arguments.options;
  double duration = 0;
  app.add_option("--host", options.host, "Where the server is");
  app.add_option("--port", options.port, "Its port")->required()->check(CLI::Range(1, 65535));
  auto *iterations = app.add_option("--iterations", options.iterations, "Requests to measure")
                         ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 40));
  app.add_option("--duration", duration, "Seconds to measure, instead of --iterations")
      ->excludes(iterations)
      ->check(CLI::Range(0.001, 1e6));
  arguments.add_to(app);
  app.get_formatter()->column_width(28);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : wrong_usage;
  }
  arguments.complete();
  options.duration = std::chrono::duration<double>(duration);
  if (duration == 0 && options.iterations == 0)
    options.iterations = 10000;
  if (const auto missing = load::allow_descriptors(options.connections))
    return fail(nothing_measured, *missing);

  const std::string target = options.host + ":" + std::to_string(options.port) + ": ";
  const load::load_result result = load::run_load(options);
  if (!result.failure.empty())
    return fail(result.partial ? interrupted : nothing_measured, target + result.failure);
  try {
    load::write_out(arguments.format == "json" ? to_json(options, result).dump(2) + "\n"
                                               : to_text(options, result));
  } catch (const std::runtime_error &error) {
    return fail(nothing_measured, error.what());
  }
  if (const std::string lacks = shortcoming(options, result); !lacks.empty())
    return fail(nothing_measured, target + lacks);
  if (result.partial)
    return interrupted;
  return result.answered == 0 ? nothing_measured : 0;
}
