//===- TidyErrors.h - what clang-tidy's engine gave out ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_TIDYERRORS_H
#define NETTUNE_TOOLS_TIDYERRORS_H

#include "TuSummarizer.h"

#include <clang-tidy/ClangTidyDiagnosticConsumer.h>

namespace nettune::cli {

/// Sorts the diagnostics of a run into the outcome: findings and compile errors to
/// the shard, a wrong configuration to its error. Blocking sites whose mark did not
/// come through (NOLINT, a header filter, a check that is off) leave the facts.
void addErrors(const std::vector<clang::tidy::ClangTidyError> &Errors, const std::string &Root, FileSystem &FS,
               TuOutcome &Out);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_TIDYERRORS_H
