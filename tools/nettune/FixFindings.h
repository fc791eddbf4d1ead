//===- FixFindings.h - repairs in the sources -------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_FIXFINDINGS_H
#define NETTUNE_TOOLS_FIXFINDINGS_H

#include "Analysis.h"

#include <llvm/Support/Chrono.h>

namespace nettune::cli {

struct AppliedFixes {
  std::size_t Findings = 0, Files = 0;  ///< that were repaired, in which files
  std::vector<std::string> LeftOut;     ///< and why: one line each
  std::vector<std::string> Errors;      ///< files that could not be written: one line each
};

/// Writes the fixes of the new findings of \p A into the files. Of those that overlap the
/// first in order is made; all edits of a finding or none. A file is replaced as a whole,
/// with its mode; other bytes stay. Left as they are: files outside of the root, also
/// behind links; those that changed after \p Began, when the analysis did.
AppliedFixes applyFixes(const Analysis &A, llvm::sys::TimePoint<> Began);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_FIXFINDINGS_H
