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

/// Section of the guide that belongs to the check; empty for an unknown name.
llvm::StringRef guideAnchor(llvm::StringRef CheckName);

} // namespace clang::tidy::nettune

#endif // NETTUNE_NETTUNECHECKS_H
