//===- DescriptorSets.h - what select waits for -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_DESCRIPTORSETS_H
#define NETTUNE_ANALYSIS_DESCRIPTORSETS_H

#include <clang/AST/Expr.h>

namespace nettune::analysis {

/// The function of \p Body puts one descriptor into the set, its local variable, before
/// \p Wait, and nobody else fills it: FD_SET stands once, in no loop of its own.
bool holdsOneDescriptor(const clang::Expr &Set, const clang::Expr &Wait, const clang::Stmt &Body);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_DESCRIPTORSETS_H
