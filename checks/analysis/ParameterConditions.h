//===- ParameterConditions.h - branches that parameters decide --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `if (clean) join();`: the caller decides. What conditions say of parameters of the
// function that has them, as summary::ParameterCondition tells it.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_PARAMETERCONDITIONS_H
#define NETTUNE_ANALYSIS_PARAMETERCONDITIONS_H

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>

#include <llvm/ADT/DenseMap.h>

#include <optional>
#include <vector>

namespace nettune::analysis {

class ParameterConditions {
public:
  struct Condition {
    unsigned Parameter; ///< counted from 1
    std::uint32_t Value;
    bool Equal;
  };

  /// Of the body of \p Fn; null for an initializer, which has no parameters.
  ParameterConditions(const clang::ASTContext &Ctx, const clang::FunctionDecl *Fn) : Ctx(Ctx), Fn(Fn) {}

  /// What holds from here on as \p E is true, or false.
  void assume(const clang::Expr *E, bool Truth);
  /// What holds here. Grows by assume(); who assumes something cuts it off again.
  std::vector<Condition> Holding;

private:
  void assumeComparison(const clang::BinaryOperator &B, bool Truth);
  std::optional<unsigned> ownParameter(const clang::Expr *E);
  bool isOnlyRead(const clang::ParmVarDecl &P);

  const clang::ASTContext &Ctx;
  const clang::FunctionDecl *Fn;
  llvm::SmallDenseMap<const clang::ParmVarDecl *, bool, 4> OnlyRead;
};

/// The constant that \p Argument is written as: a literal, an enumerator, a constant's
/// name, a default that is one of those. Of a number only what has 32 bits.
std::optional<std::uint32_t> writtenConstant(const clang::ASTContext &Ctx, const clang::Expr &Argument);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_PARAMETERCONDITIONS_H
