//===- NettuneChecks.h - the registry, as code asks it ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_NETTUNECHECKS_H
#define NETTUNE_NETTUNECHECKS_H

#include <llvm/ADT/StringRef.h>

#include <vector>

namespace clang::tidy::nettune {

/// Names of all checks, "nettune-..." each, in the order of Checks.def.
std::vector<llvm::StringRef> checkNames();

/// Which of them a list of globs, as `Checks` in .clang-tidy, asks for. All, if it names none;
/// none, if its last word on them, or on all checks, is that there are none: `-nettune-*`
/// and `-*`, unless other checks are named behind it.
std::vector<llvm::StringRef> wantedChecks(llvm::StringRef Globs);

/// Section of the guide that belongs to the check; empty for an unknown name.
llvm::StringRef guideAnchor(llvm::StringRef CheckName);

} // namespace clang::tidy::nettune

#endif // NETTUNE_NETTUNECHECKS_H
