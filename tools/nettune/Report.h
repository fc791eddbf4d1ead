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

/// What the programs and the TUs' own findings say, one finding a place and check,
/// sorted.
std::vector<ReportedFinding> collectFindings(const std::vector<summary::Program> &Programs,
                                             const summary::Index &Index, const Options &O);

/// As clang-tidy prints: `file:line:column: warning: text [check]`, the line of
/// source with a caret, the notes. Files are read below \p Root and named as seen
/// from the working directory.
std::string printFindings(const std::vector<ReportedFinding> &Findings, const std::string &Root);

/// The place of one step, as a compiler prints it.
std::string printPlace(const NamedPlace &Where, const std::string &Root);

NamedPlace named(const summary::Facts &F, summary::Place Where);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORT_H
