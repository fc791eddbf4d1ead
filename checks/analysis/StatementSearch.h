//===- StatementSearch.h - what stands inside a statement -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_STATEMENTSEARCH_H
#define NETTUNE_ANALYSIS_STATEMENTSEARCH_H

#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/STLExtras.h>

namespace nettune::analysis {

/// \p P holds of \p S, which may be null, or of a statement in it. What stands in the
/// body of a lambda runs at another time and is not looked at.
template <typename Predicate> bool anyInside(const clang::Stmt *S, Predicate P) {
  if (!S || llvm::isa<clang::LambdaExpr>(S))
    return false;
  return P(*S) || llvm::any_of(S->children(), [&](const clang::Stmt *C) { return anyInside(C, P); });
}

/// The plain name of what is called; empty if it has none.
inline llvm::StringRef calleeName(const clang::CallExpr &Call) {
  const clang::FunctionDecl *Fn = Call.getDirectCallee();
  return Fn && Fn->getDeclName().isIdentifier() ? Fn->getName() : llvm::StringRef();
}

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_STATEMENTSEARCH_H
