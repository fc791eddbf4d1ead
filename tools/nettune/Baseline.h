//===- Baseline.h - findings that a project lives with ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_BASELINE_H
#define NETTUNE_TOOLS_BASELINE_H

#include "Analysis.h"

namespace nettune::cli {

/// A finding that was accepted, and why.
struct AcceptedFinding {
  std::string Fingerprint;           ///< 16 hexadecimal digits
  std::string Check, File, Function, Text; ///< for readers; File relative to the root
  std::string Reason;
  std::string Expires; ///< "2027-01-31", the last day on which it holds; empty: it always does
};

struct Baseline {
  std::vector<AcceptedFinding> Entries;

  /// The error names line and column: text that is no JSON, another version, a field that
  /// is missing or wrong, a fingerprint twice.
  static llvm::Expected<Baseline> read(const std::string &File);
  /// Sorted by check, file and text, one field a line: changes of it are easy to read.
  llvm::Error write(const std::string &File) const;

  const AcceptedFinding *find(llvm::StringRef Fingerprint) const;
};

/// The entry for a finding.
AcceptedFinding accepted(const ReportedFinding &F, const std::string &Reason);

/// What applying a baseline shows of the baseline itself.
struct BaselineUse {
  std::vector<AcceptedFinding> Stale;   ///< no finding has them any more
  std::vector<AcceptedFinding> Expired; ///< there is one, and their day is over
};

/// Marks the findings that it has an entry for. \p Today: "2026-11-28".
BaselineUse apply(const Baseline &B, Analysis &A, const std::string &Today);

/// `.nettune-baseline.json` in the root.
std::string usualBaseline(const std::string &Root);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_BASELINE_H
