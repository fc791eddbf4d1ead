//===- Reference.h - what can be set --------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The settings of the reference server, the socket options that it leaves to the
// kernel, and what each workload wants of them: what checks/model/reference.json
// says and a program needs. What only readers need stays there, and
// docs/PERFORMANCE_REFERENCE.md shows it.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_REFERENCE_H
#define NETTUNE_MODEL_REFERENCE_H

#include "ModelLoader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nettune::model {

/// A key of a configuration file.
struct Setting {
  std::string Key;
  /// What is counted, "bytes"; "flag" for true or false.
  std::string Unit;
  /// Of a flag 0 or 1. Nothing: it is not the same on every machine, or there is none.
  std::optional<std::int64_t> Default;
  /// What the server accepts; of a flag 0 and 1.
  std::int64_t Least = 0, Most = 1;
  /// Anchor of the guide.
  std::string Section;

  bool isFlag() const { return Unit == "flag"; }
};

/// An option of sockets that is no setting of the server.
struct SocketOption {
  std::string Key, Option;          ///< "socket_receive_buffer", "SO_RCVBUF"
  std::vector<std::string> Spelled; ///< other names that people write
  std::string MistakenFor;          ///< the key of the server's setting that may be meant
  std::string Section;
};

/// What a workload wants of one setting of the server: at least one of these.
struct Want {
  std::string Key;
  std::optional<std::int64_t> Least, Most;
  std::optional<bool> Is;
  bool Absent = false; ///< the default is right on every machine
  std::string Why;     ///< completes "..., since ..."
};

struct Workload {
  std::string Name, Section;
  std::vector<Want> Wants;

  /// Whether it wants little of a setting, and nothing of it at least.
  bool onlyLimits(std::string_view Key) const;
};

/// Where nettune config and the checks begin to speak. A "threshold" of the reference
/// each; what they mean stands there.
struct Thresholds {
  std::int64_t AmpleReadBuffer = 0;    ///< bytes
  std::int64_t LoopThreadsPerCore = 0; ///< threads of event loops
  std::int64_t ThreadsPerCore = 0;     ///< threads of any kind
  std::int64_t LeastZeroCopy = 0;      ///< bytes
};

struct Reference {
  /// The machine that a configuration is for unless the user names another.
  std::int64_t Cores = 1, MemoryBytes = 0;
  Thresholds Limits;
  std::vector<Setting> Server, Load;
  std::vector<SocketOption> Sockets;
  std::vector<Workload> Workloads;

  const Workload *workload(std::string_view Name) const;
};

/// The reference that \p Text describes; \p File is its name for messages. On an
/// error gives nothing and sets \p Error. Keys that only readers need are not
/// looked at: checks/model/reference.schema.json says which there are.
std::optional<Reference> parseReference(std::string_view Text, std::string_view File,
                                        ModelError &Error);

/// The one that is built in. A test parses it, so it has no errors.
const Reference &builtInReference();

} // namespace nettune::model

#endif // NETTUNE_MODEL_REFERENCE_H
