//===- ProgramRequest.h - what the command line asks to analyse -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PROGRAMREQUEST_H
#define NETTUNE_TOOLS_PROGRAMREQUEST_H

#include "Analysis.h"
#include "Commands.h"

namespace nettune::cli {

/// The build directory, if the user names none, is that of the first of \p Files; see
/// findBuildDir().
llvm::Expected<AnalysisRequest> requestOf(const ProgramArguments &A, const std::string &Executable,
                                          const std::vector<std::string> &Files = {});

/// Says which TUs were not analysed, or only in part, and why; of many, the first.
void tellIncomplete(const Analysis &A);

/// Says so; that of an interrupted run is the code that its signal gives.
int fail(llvm::Error Error);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PROGRAMREQUEST_H
