//===- BlockingFinding.h - the words for a blocking call --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BLOCKINGFINDING_H
#define NETTUNE_BLOCKINGFINDING_H

#include "Finding.h"

#include "summary/Program.h"

namespace clang::tidy::nettune {

inline constexpr llvm::StringLiteral BlockingCheckName = "nettune-blocking-call-in-handler";

/// What is said at the site, or at a call that leads to it.
Message blockingMessage(llvm::StringRef Api, bool Certain, llvm::StringRef Origin, llvm::StringRef Instead);

/// The same words in a run on one file and on a whole program. Without the link
/// to the guide, which the report adds. \p MostNotes: for the path, and again for
/// the other callers.
Finding describeBlocking(const ::nettune::summary::BlockingFinding &B, unsigned MostNotes);

} // namespace clang::tidy::nettune

#endif // NETTUNE_BLOCKINGFINDING_H
