//===- Sends.h - what becomes of what sends report --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_SENDS_H
#define NETTUNE_ANALYSIS_SENDS_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// Adds to X.Local.Sends what \p Fn does with the reports of the sends in its body.
void analyzeSends(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_SENDS_H
