//===- main.cpp - runs one scenario -----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>

namespace {

struct arguments {
  scenarios::server_variant server;
  scenarios::transfer_variant transfer;
  scenarios::route way;
  scenarios::fixed_buffers buffers;
  std::string how;
  std::size_t count = 20000, size = 100;
  double seconds = 1;
  int length = 0, clients = 300;
  bool own = false;
};

using scenario = std::function<nlohmann::ordered_json()>;

void add_serve(CLI::App &app, arguments &given) {
  scenarios::server_variant &server = given.server;
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
}

CLI::App *add(CLI::App &app, const char *name, const char *about, scenario &chosen, scenario run) {
  CLI::App *command = app.add_subcommand(name, about);
  command->callback([&chosen, run = std::move(run)] { chosen = run; });
  return command;
}

void add_way(CLI::App *command, scenarios::route &way) {
  command->add_option("--near", way.near, "Namespace of the sender");
  command->add_option("--far", way.far, "Namespace of the receiver");
  command->add_option("--address", way.address, "Of the receiver");
}

void add_local(CLI::App &app, arguments &a, scenario &chosen) {
  CLI::App *sends = add(app, "sends", "Messages to a slow reader", chosen,
                        [&] { return scenarios::sends(a.how, a.count); });
  sends->add_option("--how", a.how)->required();
  sends->add_option("--messages", a.count)->check(CLI::PositiveNumber);
  CLI::App *batches = add(app, "batches", "Small messages, several with each send()", chosen,
                          [&] { return scenarios::batches(a.count, a.seconds); });
  batches->add_option("--per-send", a.count)->required()->check(CLI::PositiveNumber);
  batches->add_option("--seconds", a.seconds)->check(CLI::PositiveNumber);
  CLI::App *backlog = add(app, "backlog", "Many clients that connect at once", chosen,
                          [&] { return scenarios::backlog(a.length, a.clients); });
  backlog->add_option("--length", a.length)->required()->check(CLI::PositiveNumber);
  backlog->add_option("--clients", a.clients)->check(CLI::PositiveNumber);
  CLI::App *crowd = add(app, "crowd", "More clients than the server takes", chosen,
                        [&] { return scenarios::crowd(a.count, a.clients); });
  crowd->add_option("--limit", a.count)->required()->check(CLI::PositiveNumber);
  crowd->add_option("--clients", a.clients)->check(CLI::PositiveNumber);
  CLI::App *locks = add(app, "locks", "Threads that ask a slow peer", chosen,
                        [&] { return scenarios::locks(a.how, a.own, a.seconds); });
  locks->add_option("--how", a.how)->required();
  locks->add_option("--own", a.own, "A table for each thread");
  locks->add_option("--seconds", a.seconds)->check(CLI::PositiveNumber);
  CLI::App *log = add(app, "log", "Messages to a file", chosen,
                      [&] { return scenarios::log(a.how, a.size, a.count); });
  log->add_option("--how", a.how)->required();
  log->add_option("--size", a.size)->check(CLI::PositiveNumber);
  log->add_option("--messages", a.count)->check(CLI::PositiveNumber);
}

void add_distant(CLI::App &app, arguments &a, scenario &chosen) {
  CLI::App *split = add(app, "split", "A request in one write or in two", chosen,
                        [&] { return scenarios::split_writes(a.how, a.count, a.way, a.buffers); });
  split->add_option("--how", a.how)->required();
  split->add_option("--requests", a.count)->check(CLI::PositiveNumber);
  CLI::App *transfer = add(app, "transfer", "As much as goes through one connection", chosen,
                           [&] { return scenarios::transfer(a.transfer, a.way, a.buffers); });
  transfer->add_option("--read-buffer", a.transfer.read_buffer)->check(CLI::PositiveNumber);
  transfer->add_option("--warmup", a.transfer.warmup_s)->check(CLI::NonNegativeNumber);
  transfer->add_option("--seconds", a.transfer.seconds)->check(CLI::PositiveNumber);
  CLI::App *bursts = add(app, "bursts", "A burst after a pause", chosen,
                         [&] { return scenarios::bursts(a.seconds, a.way); });
  bursts->add_option("--pause", a.seconds)->check(CLI::NonNegativeNumber);
  for (CLI::App *command : {split, transfer}) {
    command->add_option("--so-sndbuf", a.buffers.send)->check(CLI::NonNegativeNumber);
    command->add_option("--so-rcvbuf", a.buffers.receive)->check(CLI::NonNegativeNumber);
  }
  for (CLI::App *command : {split, transfer, bursts})
    add_way(command, a.way);
}

} // namespace

int main(int argc, char **argv) {
  CLI::App app("One of the scenarios that tools/bench/measure compares; prints JSON", "scenario");
  app.require_subcommand(1);
  arguments given;
  scenario chosen;
  add_serve(app, given);
  add_local(app, given, chosen);
  add_distant(app, given, chosen);
  CLI11_PARSE(app, argc, argv);
  try {
    if (!chosen)
      return scenarios::serve(given.server);
    std::cout << chosen().dump() << "\n";
    return 0;
  } catch (const std::exception &error) {
    std::cerr << "scenario: " << error.what() << "\n";
    return 1;
  }
}
