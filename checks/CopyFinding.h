//===- CopyFinding.h - a copy of received data, in words --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_COPYFINDING_H
#define NETTUNE_COPYFINDING_H

#include "Finding.h"

namespace clang::tidy::nettune {

/// The finding, the link to the guide not included.
Finding describeCopy(const ::nettune::summary::BufferCopy &C);
/// Its message: with the place it tells copies apart.
std::string copyText(const ::nettune::summary::BufferCopy &C);

/// Stands where the data comes in, if that is another TU's code.
constexpr llvm::StringLiteral CopyOriginNote = "the data is received here";

} // namespace clang::tidy::nettune

#endif // NETTUNE_COPYFINDING_H
