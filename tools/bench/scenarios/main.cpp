//===- main.cpp - runs one scenario -----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"

#include <CLI/CLI.hpp>

#include <iostream>

int main(int argc, char **argv) {
  CLI::App app("One of the scenarios that tools/bench/measure compares; prints JSON", "scenario");
  app.require_subcommand(1);

  scenarios::server_variant server;
  CLI::App *serve =
      app.add_subcommand("serve", "A server that prints `port N`, for benchmark --server");
  serve->add_option("--blocking", server.blocking)->check(CLI::IsMember({"inline", "pool"}));
  serve->add_option("--round-trip-us", server.round_trip_us);
  serve->add_option("--copies", server.copies)
      ->check(CLI::IsMember({"none", "once", "thrice", "pooled"}));
  serve->add_option("--threads", server.threads)->check(CLI::PositiveNumber);
  serve->add_option("--loops", server.loops)->check(CLI::PositiveNumber);
  serve->add_option("--receive-buffer", server.receive_buffer)->check(CLI::PositiveNumber);
  serve->add_option("--work-us", server.work_us);

  std::string how;
  std::size_t count = 20000;
  double seconds = 1;
  int length = 0;
  CLI::App *sends = app.add_subcommand("sends", "Messages to a slow reader");
  sends->add_option("--how", how)->required();
  sends->add_option("--messages", count);
  CLI::App *batches = app.add_subcommand("batches", "Small messages, several with each send()");
  batches->add_option("--per-send", count)->required()->check(CLI::PositiveNumber);
  batches->add_option("--seconds", seconds)->check(CLI::PositiveNumber);
  CLI::App *split = app.add_subcommand("split", "A request in one write or in two");
  split->add_option("--how", how)->required();
  split->add_option("--requests", count)->check(CLI::PositiveNumber);
  CLI::App *backlog = app.add_subcommand("backlog", "Many clients that connect at once");
  backlog->add_option("--length", length)->required()->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);

  try {
    if (serve->parsed())
      return scenarios::serve(server);
    std::cout << (sends->parsed()     ? scenarios::sends(how, count)
                  : batches->parsed() ? scenarios::batches(count, seconds)
                  : split->parsed()   ? scenarios::split_writes(how, count)
                                      : scenarios::backlog(length))
                     .dump()
              << "\n";
    return 0;
  } catch (const std::exception &error) {
    std::cerr << "scenario: " << error.what() << "\n";
    return 1;
  }
}
