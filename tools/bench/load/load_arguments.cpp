//===- load_arguments.cpp - the load's options on the command line -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "load_arguments.h"

#include <map>

namespace load {

namespace {

template <typename Value> auto one_of(const std::map<std::string, Value> &names) {
  return CLI::CheckedTransformer(names, CLI::ignore_case).description("");
}

} // namespace

void load_arguments::add_to(CLI::App &app) {
  app.add_option("--mode", options.form.kind, "messaging, echo or http: what the server speaks")
      ->transform(one_of<mode>(
          {{"messaging", mode::messaging}, {"echo", mode::echo}, {"http", mode::http}}));
  app.add_option(
         "--schedule", options.schedule,
         "poisson or fixed: open loop, at --rate; closed: each connection sends after its answer")
      ->transform(one_of<arrivals>({{"poisson", arrivals::poisson},
                                    {"fixed", arrivals::fixed},
                                    {"closed", arrivals::closed}}));
  app.add_option("--rate", options.rate, "Requests a second, of all connections together")
      ->check(CLI::Range(0.001, 1e7));
  app.add_option("--payload", options.form.payload, "Bytes of a message (messaging, echo)")
      ->check(CLI::Range(least_payload, std::size_t{1} << 30));
  app.add_option("--connections", options.connections, "Connections")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1000000}));
  app.add_option("--pipeline", options.pipeline, "closed: requests under way on each connection")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100000}));
  app.add_option("--target", options.form.target, "http: what is asked for");
  app.add_option("--warmup", warmup, "Seconds whose requests are not counted")
      ->check(CLI::Range(0.0, 3600.0));
  app.add_option("--drain", drain, "Seconds to wait for the last answers")
      ->check(CLI::Range(0.0, 3600.0));
  app.add_option("--connect-timeout", connect_time, "Seconds to wait for the connections")
      ->check(CLI::Range(0.001, 3600.0));
  app.add_option("--seed", options.seed, "Of the Poisson schedule");
  app.add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

void load_arguments::complete() {
  options.warmup = std::chrono::duration<double>(warmup);
  options.drain = std::chrono::duration<double>(drain);
  options.connect_time = std::chrono::duration<double>(connect_time);
  options.form.host = options.host;
  if (options.form.kind == mode::http)
    options.pipeline = 1;
}

} // namespace load
