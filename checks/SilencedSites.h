//===- SilencedSites.h - blocking calls with a NOLINT -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SILENCEDSITES_H
#define NETTUNE_SILENCEDSITES_H

#include "summary/Facts.h"

#include <clang/Basic/SourceManager.h>

namespace clang::tidy::nettune {

/// Takes out the calls at which a comment suppresses the check for blocking calls, as a
/// whole-program run does. Calls of one function are one diagnostic: clang-tidy would keep
/// back all of them for a comment at the first. \p Locate finds the place of a fact.
void dropSilencedSites(::nettune::summary::Facts &F, SourceManager &SM,
                       llvm::function_ref<SourceLocation(::nettune::summary::Place)> Locate);

} // namespace clang::tidy::nettune

#endif // NETTUNE_SILENCEDSITES_H
