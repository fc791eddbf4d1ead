//===- ContextFacts.h - how objects that are event loops are used -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A context that one thread of the program runs for itself is a worker, not an
// event loop that others wait for. To tell one from the other, each use of such a
// variable or field is written down: who runs it, what was made with it, and
// whether it gets into other hands.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_CONTEXTFACTS_H
#define NETTUNE_ANALYSIS_CONTEXTFACTS_H

#include "analysis/Entities.h"
#include "analysis/ModelMatcher.h"

#include <llvm/ADT/SmallPtrSet.h>

namespace nettune::analysis {

class ContextFacts {
public:
  ContextFacts(Entities &E, ModelMatcher &Models, summary::Facts &F) : E(E), Models(Models), F(F) {}

  /// Is \p T one of the models' contexts, or a reference to one?
  bool isContext(clang::QualType T);

  // For the three below: what an expression is part of is to be told before what
  // it consists of.

  /// `To(Value)`: what is made with a context belongs to it.
  void initialize(const clang::ValueDecl &To, const clang::Expr &Value, summary::FunctionId In);
  /// A method called on a context.
  void call(const CallSite &C, summary::FunctionId In);
  /// A name. If nobody has told what it is part of, its context is shared.
  void mention(const clang::Expr &Name, summary::FunctionId In);

  /// The variable or field that a handler is registered on: the object of the
  /// call, or its first argument. 0 if it is of another kind.
  summary::StringId registeredOn(const CallSite &C);

private:
  void feed(const clang::ValueDecl &To, const clang::Stmt &Part, summary::FunctionId In, unsigned Depth);
  bool isOfLibrary(const clang::CXXRecordDecl &R, clang::QualType Context);
  summary::StringId name(const clang::ValueDecl &D);

  Entities &E;
  ModelMatcher &Models;
  summary::Facts &F;
  llvm::SmallPtrSet<const clang::Expr *, 8> Told;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> Known;
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_CONTEXTFACTS_H
