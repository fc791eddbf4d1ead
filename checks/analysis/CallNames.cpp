//===- CallNames.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallNames.h"

#include "analysis/EntityNames.h"

#include <clang/AST/ExprCXX.h>

using namespace clang;

namespace nettune::analysis {

const CXXRecordDecl *recordOf(const Expr *Object) {
  if (!Object)
    return nullptr;
  QualType T = Object->IgnoreParenImpCasts()->getType();
  const CXXRecordDecl *Pointee = T->getPointeeCXXRecordDecl();
  return Pointee ? Pointee : T->getAsCXXRecordDecl();
}

/// A method that a base with a reserved name has is called by the name of the
/// object's class: std::future::wait_for, not std::__basic_future::wait_for.
static std::string calledName(const CallSite &C) {
  const auto *M = dyn_cast<CXXMethodDecl>(C.Callee);
  bool Reserved = M && M->getParent()->getName().starts_with("_");
  const CXXRecordDecl *Class = Reserved ? recordOf(C.Object) : nullptr;
  return Class ? qualifiedName(*Class) + "::" + M->getNameAsString() : qualifiedName(*C.Callee);
}

std::string printedName(const CallSite &C, const ASTContext &Ctx) {
  const auto *K = dyn_cast<CXXConstructorDecl>(C.Callee);
  if (!K)
    return calledName(C);
  if (!isa<CXXConstructExpr>(C.Whole)) // inside a library's function: make_shared
    return qualifiedName(*K->getParent());
  QualType T = C.Whole->getType();
  if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(C.Whole))
    T = Temporary->getTypeSourceInfo()->getType();
  PrintingPolicy Policy(Ctx.getPrintingPolicy());
  Policy.SuppressTagKeyword = true;
  return T.getUnqualifiedType().getAsString(Policy);
}

} // namespace nettune::analysis
