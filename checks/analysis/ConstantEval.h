//===- ConstantEval.h - counts and sizes ------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which number an expression stands for: a constant, or a multiple of the
// machine's cores. Follows names, default arguments, configuration structs and
// the parameters of functions that the TU always calls with one value.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_CONSTANTEVAL_H
#define NETTUNE_ANALYSIS_CONSTANTEVAL_H

#include "analysis/ValueIndex.h"
#include "model/ApiModel.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

namespace nettune::analysis {

/// PerCore × cores + Constant, kept between AtLeast and AtMost.
struct Quantity {
  static constexpr double Unbounded = std::numeric_limits<double>::infinity();
  double PerCore = 0;
  double Constant = 0;
  double AtLeast = -Unbounded;
  double AtMost = Unbounded;
  /// The call that asks for the cores, if one number of them may be 0.
  const clang::CallExpr *Cores = nullptr;
  /// The innermost −, ÷ or × on the cores.
  const clang::BinaryOperator *Arithmetic = nullptr;
  /// The program thought of 0: max, clamp, `?:`, if.
  bool Clamped = false;
  /// Where a constant is written, if that is not the place of use.
  const clang::Expr *Origin = nullptr;

  bool isConstant() const { return PerCore == 0; }
  double at(double CoreCount) const;
};

class ConstantEval {
public:
  explicit ConstantEval(clang::ASTContext &Ctx) : Ctx(Ctx) {}

  std::optional<Quantity> evaluate(const clang::Expr &E) { return evaluate(E, 0); }
  /// A number without cores in it.
  std::optional<std::int64_t> number(const clang::Expr &E);
  /// The same in the unit; a std::chrono::duration is converted.
  std::optional<std::int64_t> number(const clang::Expr &E, model::Unit U);

  /// The number that a variable or field always has.
  std::optional<std::int64_t> number(const clang::ValueDecl &D);
  /// The elements of an array, or of a container that the TU gives one size.
  std::optional<Quantity> elements(const clang::Expr &Container);

  const ValueIndex &values();

private:
  using Result = std::optional<Quantity>;
  Result evaluate(const clang::Expr &E, unsigned Depth);
  Result constant(const clang::Expr &E);
  Result named(const clang::ValueDecl &D, unsigned Depth);
  Result variable(const clang::VarDecl &V, unsigned Depth);
  Result parameter(const clang::ParmVarDecl &P, unsigned Depth);
  Result field(const clang::FieldDecl &F, unsigned Depth);
  Result onlyValue(llvm::ArrayRef<const clang::Expr *> Values, unsigned Depth);
  Result binary(const clang::BinaryOperator &B, unsigned Depth);
  Result choice(const clang::AbstractConditionalOperator &C, unsigned Depth);
  Result call(const clang::CallExpr &C, unsigned Depth);
  Result bounded(const clang::CallExpr &C, llvm::StringRef Name, unsigned Depth);
  Result elements(const clang::Expr &Container, unsigned Depth);
  Result returned(const clang::FunctionDecl &Fn, unsigned Depth);

  clang::ASTContext &Ctx;
  std::unique_ptr<ValueIndex> Values; // made when first asked for
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_CONSTANTEVAL_H
