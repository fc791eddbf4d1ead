//===- TemplateScope.h - instantiations in a part of a TU -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_TEMPLATESCOPE_H
#define NETTUNE_ANALYSIS_TEMPLATESCOPE_H

#include <clang/AST/Decl.h>

#include <llvm/ADT/SmallVector.h>

namespace nettune::analysis {

/// The instantiations of a template, or of a template's member, that \p Definition
/// defines although another part of the TU has declared it: clangd looks at the main
/// file alone, and clang's visitors meet instantiations at the first declaration, which
/// is in a header. Empty where the whole TU is looked at.
llvm::SmallVector<clang::Decl *, 4> instantiationsOutOfScope(const clang::NamedDecl &Definition);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_TEMPLATESCOPE_H
