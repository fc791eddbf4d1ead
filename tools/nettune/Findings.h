//===- Findings.h - what a whole program is told ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_FINDINGS_H
#define NETTUNE_TOOLS_FINDINGS_H

#include "NettuneOptions.h"

#include "summary/IndexFile.h"
#include "summary/Program.h"

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <llvm/ADT/StringSet.h>

namespace nettune::cli {

/// A place by its file's name, relative to the root.
struct NamedPlace {
  std::string File;
  unsigned Line = 0, Column = 0;
  auto operator<=>(const NamedPlace &) const = default;
};

struct Line {
  NamedPlace Where;
  std::string Text;
  auto operator<=>(const Line &) const = default;
};

/// Text takes the place of what stands from Begin up to End.
struct NamedEdit {
  NamedPlace Begin, End;
  std::string Text;
  auto operator<=>(const NamedEdit &) const = default;
};

/// What the gate makes of a finding.
enum class State {
  New,       ///< or nothing was there to compare with
  Unchanged, ///< the base has it, too
  Accepted   ///< the baseline does
};

struct NamedWays;

/// By what the stacks of a profile are known to be of a blocking call.
struct StackTrail {
  std::vector<std::string> Functions; ///< as notes name them, from the loop's on; the last makes the call
  std::vector<std::string> OtherCallers; ///< that lead there, too
  std::vector<std::string> Apis;
  auto operator<=>(const StackTrail &) const = default;
};

struct ReportedFinding {
  NamedPlace Where;
  std::string Check, Text;
  /// As clang-tidy prints them, without the link to the guide: a long path is cut.
  std::vector<Line> Notes;
  std::size_t Hops = 0;   ///< so many of the notes, from the first on, are the path
  std::vector<Line> Path; ///< the whole of it, from the event loop to the function
  std::string Section; ///< anchor of the guide's section
  std::string Guide;   ///< link to it
  std::vector<NamedEdit> Fixes;
  std::string Function; ///< around it, as messages name it; empty: none
  std::string Entity;   ///< the same, see summary::stableKey()
  std::string Api;      ///< what blocks; empty: it is no blocking call
  std::string Fingerprint = {}; ///< see setFingerprints(); of the findings of a run each has its own
  std::string BaseFingerprint = {}; ///< with a base, what the base gives it; empty: it does not have it
  std::string Until = {};       ///< see summary::StoredFinding
  State Is = State::New;
  std::string Reason = {}; ///< of an accepted one
  std::shared_ptr<const NamedWays> Ways = {}; ///< of a blocking call, where they were asked for
  StackTrail Trail = {};      ///< of a blocking call
  /// With a profile, see FoldedStacks: samples that waited there, by way of the path; and
  /// those that had its function on the stack at all.
  std::uint64_t Stalling = 0, OnStack = 0;
  auto operator<=>(const ReportedFinding &) const = default;
};

using Options = clang::tidy::nettune::NettuneOptions;

/// Gathers what the programs of a project say, one after the other.
class FindingCollector {
public:
  /// \p WithWays: findings tell all ways to them.
  explicit FindingCollector(const Options &O, bool WithWays = false) : O(O), WithWays(WithWays) {}
  void add(const summary::Program &P);
  /// That, and the TUs' own findings: one a place and check, sorted.
  std::vector<ReportedFinding> take(const summary::Index &I);
  /// Functions with a body, by their stableKey(); with ways only.
  llvm::StringSet<> takeEntities() { return std::move(Entities); }

private:
  void addWays(const summary::Program &P, const summary::BlockingFinding &B);

  const Options &O;
  bool WithWays;
  llvm::StringSet<> Entities;
  std::map<NamedPlace, std::shared_ptr<NamedWays>> Ways; ///< by the first site
  summary::StringTable Files;
  std::vector<summary::BlockingFinding> Blocking; ///< files of places: strings of Files
  /// Findings that hold if received data comes there: where it was received.
  std::map<std::pair<NamedPlace, std::string>, NamedPlace> Received;
};

NamedPlace named(const summary::Facts &F, summary::Place Where);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_FINDINGS_H
