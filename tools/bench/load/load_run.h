//===- load_run.h - a load on a terminal: progress and ctrl-C ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_LOAD_RUN_H
#define NETTUNE_BENCH_LOAD_LOAD_RUN_H

#include "load.h"

#include <functional>

namespace load {

/// What may happen besides the load. Both may be empty.
struct run_hooks {
  std::function<void()> begin, end; ///< of the measured time
};

/// Runs the load on this thread to its end. SIGINT and SIGTERM end it early, with
/// what there is. Progress goes to standard error if that is a terminal.
/// \p beside, if given, runs along and is not in the result.
load_result run_load(const load_options &options, const run_hooks &hooks = {},
                     const load_options *beside = nullptr);

} // namespace load

#endif // NETTUNE_BENCH_LOAD_LOAD_RUN_H
