//===- CallableFlow.h - where callables come from ---------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which callables and slots an expression may stand for: a lambda, a function,
// a bind expression, a field of type std::function, the element of a map.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_CALLABLEFLOW_H
#define NETTUNE_ANALYSIS_CALLABLEFLOW_H

#include "analysis/Entities.h"
#include "analysis/ModelMatcher.h"

#include <clang/AST/ExprCXX.h>

#include <set>

namespace nettune::analysis {

class CallableFlow {
public:
  CallableFlow(Entities &E, ModelMatcher &Models) : E(E), Models(Models) {}

  /// Can a value of the type hold a callable: a function pointer, a lambda, a
  /// wrapper or container of them, a functor of the project's own?
  bool carries(clang::QualType T) { return carries(T, 0); }

  /// Like std::function: a class template with a function type among its
  /// arguments and a call operator. Recognised by structure, whoever wrote it.
  bool isWrapper(const clang::CXXRecordDecl *R) const;

  summary::AtomSet atoms(const clang::Expr *Value);
  /// Functions among the template arguments: `bind<&session::on_read>(this)`.
  summary::AtomSet named(const clang::FunctionDecl &Fn);
  /// The slots among \p Atoms.
  static std::vector<summary::SlotId> slotsOf(const summary::AtomSet &Atoms);

private:
  using Set = std::set<summary::Atom>;
  bool carries(clang::QualType T, unsigned Depth);
  bool recordCarries(const clang::CXXRecordDecl &R, unsigned Depth);
  bool argumentsCarry(llvm::ArrayRef<clang::TemplateArgument> Arguments, unsigned Depth);
  const clang::CXXMethodDecl *callOperator(const clang::CXXRecordDecl *R) const;

  void collect(const clang::Expr *Value, Set &Out, unsigned Depth);
  bool collectWrapped(const clang::Expr *Value, Set &Out, unsigned Depth);
  void collectReference(const clang::DeclRefExpr &Ref, Set &Out);
  void collectMember(const clang::MemberExpr &Member, Set &Out, unsigned Depth);
  void collectConstruct(const clang::CXXConstructExpr &C, Set &Out, unsigned Depth);
  void collectCall(const clang::CallExpr &Call, Set &Out, unsigned Depth);
  void collectFunctor(clang::QualType T, Set &Out);

  Entities &E;
  ModelMatcher &Models;
  llvm::DenseMap<const clang::Type *, bool> Carries;
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_CALLABLEFLOW_H
