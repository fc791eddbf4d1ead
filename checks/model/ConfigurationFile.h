//===- ConfigurationFile.h - is a configuration right? ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A configuration of the reference server, docs/examples/configs/*.json for
// instance, against the reference: what the server would refuse, settings that
// contradict each other, and what does not suit the workload.
//
//   {"server": {"thread_count": 64}}
//   -> thread-count, "64 event-loop threads for 8 cores; remove 'thread_count', ..."
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_CONFIGURATIONFILE_H
#define NETTUNE_MODEL_CONFIGURATIONFILE_H

#include "Reference.h"

namespace nettune::model {

struct ConfigurationFinding {
  unsigned Line, Column; ///< from 1, in bytes
  /// "syntax", "unknown-key", "type", "range", "socket-option", "workload", or the
  /// name of a contradiction.
  std::string Rule;
  std::string Text;    ///< in the form of docs/STYLE.md
  std::string Section; ///< anchor of the guide
};

/// What a configuration is for.
struct ConfigurationTarget {
  const Workload *For = nullptr; ///< null: not known
  std::int64_t Cores = 1, MemoryBytes = 0;
};

/// What is wrong with the configuration \p Text, in the order of the file. Rules
/// about values are asked only of keys and values that are right by themselves,
/// so one mistake is one finding.
std::vector<ConfigurationFinding> checkConfiguration(std::string_view Text, const Reference &R,
                                                     const ConfigurationTarget &Target);

} // namespace nettune::model

#endif // NETTUNE_MODEL_CONFIGURATIONFILE_H
