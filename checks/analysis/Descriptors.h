//===- Descriptors.h - which descriptor is a socket -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// write() takes any descriptor. That one is a socket is known if a socket call
// gave or took it, somewhere in the file, or if its name says so.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_DESCRIPTORS_H
#define NETTUNE_ANALYSIS_DESCRIPTORS_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// Who holds the descriptor: a field, a variable; empty if it is not known.
std::string descriptorKey(Extraction &X, const clang::Expr &E);

/// The call takes descriptors of any kind.
bool takesAnyDescriptor(const clang::FunctionDecl &Fn);

/// What \p S, a statement of user code, says about descriptors.
void addDescriptorFacts(Extraction &X, const clang::Stmt &S);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_DESCRIPTORS_H
