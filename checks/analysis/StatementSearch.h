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

inline bool contains(const clang::Stmt *Whole, const clang::Stmt &Part) {
  return anyInside(Whole, [&](const clang::Stmt &S) { return &S == &Part; });
}

/// Does one run of \p Body never come to both? They stand in the two branches of an if,
/// or \p A stands in a branch that ends with a return and \p B outside of it.
inline bool areAlternatives(const clang::Stmt *Body, const clang::Stmt &A, const clang::Stmt &B) {
  auto Leaves = [](const clang::Stmt *Branch) {
    const auto *Block = llvm::dyn_cast_or_null<clang::CompoundStmt>(Branch);
    const clang::Stmt *Last = Block && !Block->body_empty() ? Block->body_back() : Branch;
    return llvm::isa_and_nonnull<clang::ReturnStmt>(Last);
  };
  return anyInside(Body, [&](const clang::Stmt &S) {
    const auto *If = llvm::dyn_cast<clang::IfStmt>(&S);
    const clang::Stmt *OfA = !If                           ? nullptr
                             : contains(If->getThen(), A) ? If->getThen()
                             : contains(If->getElse(), A) ? If->getElse()
                                                          : nullptr;
    return OfA && !contains(OfA, B) && (Leaves(OfA) || contains(If->getThen(), B) || contains(If->getElse(), B));
  });
}

/// The plain name of what is called; empty if it has none.
inline llvm::StringRef calleeName(const clang::CallExpr &Call) {
  const clang::FunctionDecl *Fn = Call.getDirectCallee();
  return Fn && Fn->getDeclName().isIdentifier() ? Fn->getName() : llvm::StringRef();
}

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_STATEMENTSEARCH_H
