//===- PathNotes.h - how loop code came to run on the loop ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_PATHNOTES_H
#define NETTUNE_PATHNOTES_H

#include "Finding.h"

#include "summary/Program.h"

namespace clang::tidy::nettune {

/// One note for each step from the loop on; of a path with more than \p Most the
/// middle is left out.
void addPath(const std::vector<::nettune::summary::PathStep> &Path, unsigned Most,
             std::vector<Finding::Note> &Notes);

} // namespace clang::tidy::nettune

#endif // NETTUNE_PATHNOTES_H
