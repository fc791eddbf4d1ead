//===- Report.h - findings of a whole program as text -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORT_H
#define NETTUNE_TOOLS_REPORT_H

#include "NettuneOptions.h"

#include "summary/IndexFile.h"
#include "summary/Program.h"

#include <compare>
#include <map>
#include <string>
#include <vector>

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

struct ReportedFinding {
  NamedPlace Where;
  std::string Check, Text;
  std::vector<Line> Notes;
  auto operator<=>(const ReportedFinding &) const = default;
};

using Options = clang::tidy::nettune::NettuneOptions;

/// Gathers what the programs of a project say, one after the other.
class FindingCollector {
public:
  explicit FindingCollector(const Options &O) : O(O) {}
  void add(const summary::Program &P);
  /// That, and the TUs' own findings: one a place and check, sorted.
  std::vector<ReportedFinding> take(const summary::Index &I);

private:
  const Options &O;
  summary::StringTable Files;
  std::vector<summary::BlockingFinding> Blocking; ///< files of places: strings of Files
  /// Findings that hold if received data comes there: where it was received.
  std::map<std::pair<NamedPlace, std::string>, NamedPlace> Received;
};

/// As clang-tidy prints: `file:line:column: warning: text [check]`, the line of
/// source with a caret, the notes. Files are read below \p Root and named as seen
/// from the working directory.
std::string printFindings(const std::vector<ReportedFinding> &Findings, const std::string &Root);

/// The place of one step, as a compiler prints it.
std::string printPlace(const NamedPlace &Where, const std::string &Root);

NamedPlace named(const summary::Facts &F, summary::Place Where);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORT_H
