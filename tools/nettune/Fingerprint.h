//===- Fingerprint.h - which findings are the same as before ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_FINGERPRINT_H
#define NETTUNE_TOOLS_FINGERPRINT_H

#include "SourceLines.h"

namespace nettune::cli {

/// The statement from the place on, or the first \p Most tokens of it: each token once,
/// without blanks and comments, so that it stays the same however it is laid out.
std::string statementText(llvm::StringRef From, unsigned Most = 64);

/// 16 hexadecimal digits made of the function, the check, the statement and what
/// blocks, and of which of those that agree in them it is. Lines and names of files are
/// no part of it. Findings are in order of their places.
void setFingerprints(std::vector<ReportedFinding> &Findings, SourceLines &Sources);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_FINGERPRINT_H
