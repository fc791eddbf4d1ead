//===- load_arguments.h - the load's options on the command line -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_LOAD_ARGUMENTS_H
#define NETTUNE_BENCH_LOAD_LOAD_ARGUMENTS_H

#include "load.h"

#include <CLI/CLI.hpp>

#include <string>

namespace load {

/// What the command line says of the load. `given` of an option tells whether it
/// was said.
struct load_arguments {
  load_options options;
  std::string format = "text";
  double warmup = 1, drain = 2, connect_time = 5;

  /// Options that both tools have.
  void add_to(CLI::App &app);
  /// To be called after the parse.
  void complete();
};

} // namespace load

#endif // NETTUNE_BENCH_LOAD_LOAD_ARGUMENTS_H
