//===- AskedFiles.h - the FILES of nettune check ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_ASKEDFILES_H
#define NETTUNE_TOOLS_ASKEDFILES_H

#include "Analysis.h"

namespace nettune::cli {

/// Each has to be there, and a file.
llvm::Error checkAsked(const std::vector<std::string> &Files);

/// Keeps the findings that have a step in one of \p Files; of none: all. Those of which nothing
/// is known, since nobody compiles or includes them, become A.Lost. Links to files are followed.
llvm::Error keepAsked(Analysis &A, const std::vector<std::string> &Files);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_ASKEDFILES_H
