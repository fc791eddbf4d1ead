//===- report.h - a result as text and as JSON ------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_REPORT_H
#define NETTUNE_BENCH_LOAD_REPORT_H

#include "load.h"

#include <nlohmann/json.hpp>

#include <string>

namespace load {

/// The options, counts and percentiles; times in microseconds.
nlohmann::ordered_json to_json(const load_options &options, const load_result &result);

/// The same, to be read.
std::string to_text(const load_options &options, const load_result &result);

/// Writes all of it to standard output, or throws std::runtime_error with what
/// the system says: a result that a full disk has cut is no result.
void write_out(const std::string &text);

/// Why a result is less than what was asked for; empty if it is not.
std::string shortcoming(const load_options &options, const load_result &result);

} // namespace load

#endif // NETTUNE_BENCH_LOAD_REPORT_H
