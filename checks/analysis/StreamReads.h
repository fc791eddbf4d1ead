//===- StreamReads.h - how much a read takes --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_STREAMREADS_H
#define NETTUNE_ANALYSIS_STREAMREADS_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// The reads of streams into buffers of constant size, and the sizes of read
/// buffers that are given to a server or client.
void analyzeReads(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_STREAMREADS_H
