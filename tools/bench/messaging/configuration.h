//===- configuration.h - settings from a JSON file --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_CONFIGURATION_H
#define NETTUNE_BENCH_MESSAGING_CONFIGURATION_H

#include "messaging.h"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace messaging {

/// What is wrong in a configuration: "FILE:LINE:COLUMN: what".
class configuration_error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// One group of a file: keys with their numbers (booleans are 0 and 1).
using setting_values = std::map<std::string, std::int64_t>;

/// What a group may hold.
struct setting_key {
  std::string name;
  std::int64_t least, most;
  bool boolean = false;
};

/// The settings of messaging_server, times in milliseconds, by the names of its
/// functions: "receive_buffer_size", "tcp_nodelay", "connection_timeout_ms", ...
const std::vector<setting_key> &server_keys();

/// A file with a "description" and the groups of \p known, each an object. Throws
/// configuration_error for what is not JSON, for unknown groups and keys, wrong
/// types and values out of range.
std::map<std::string, setting_values>
read_configuration(const std::string &file,
                   const std::map<std::string, std::vector<setting_key>> &known);
/// The same of a text; \p file is for messages.
std::map<std::string, setting_values>
parse_configuration(const std::string &text, const std::string &file,
                    const std::map<std::string, std::vector<setting_key>> &known);

/// Applies values that read_configuration() gave for server_keys(). What is not
/// named keeps its default.
void configure(messaging_server &server, const setting_values &values);

} // namespace messaging

#endif // NETTUNE_BENCH_MESSAGING_CONFIGURATION_H
