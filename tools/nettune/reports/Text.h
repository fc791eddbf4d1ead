//===- Text.h - findings as clang-tidy prints them --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_TEXT_H
#define NETTUNE_TOOLS_REPORTS_TEXT_H

#include "Findings.h"

namespace nettune::cli {

/// As clang-tidy prints: `file:line:column: warning: text [check]`, the line of
/// source with a caret, the notes. Files are read below \p Root and named as seen
/// from the working directory. Those that are not new only if \p All are wanted.
std::string printFindings(const std::vector<ReportedFinding> &Findings, const std::string &Root, bool All = false);

/// The place of one step, as a compiler prints it.
std::string printPlace(const NamedPlace &Where, const std::string &Root);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_TEXT_H
