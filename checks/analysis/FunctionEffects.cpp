//===- FunctionEffects.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/FunctionEffects.h"

#include "analysis/StatementSearch.h"

#include <clang/AST/ASTContext.h>
#include <clang/Basic/SourceManager.h>

using namespace clang;

namespace nettune::analysis {

static bool mayReturn(const Stmt &Body) {
  return anyInside(&Body, [](const Stmt &S) { return isa<ReturnStmt, CoreturnStmt, CXXThrowExpr>(S); });
}

static bool endsProcess(const FunctionDecl &Fn, unsigned Depth) {
  constexpr const char *Ends[] = {"abort", "exit", "_exit", "_Exit", "quick_exit", "terminate", "__builtin_trap"};
  constexpr unsigned DeepestWrapper = 3;
  bool Standard = Fn.isExternC() || Fn.isInStdNamespace() || Fn.getBuiltinID() != 0;
  if (Standard && Fn.getDeclName().isIdentifier() && llvm::is_contained(Ends, Fn.getName()))
    return true;
  const FunctionDecl *Definition = nullptr;
  if (Depth == DeepestWrapper || !Fn.hasBody(Definition) ||
      Fn.getASTContext().getSourceManager().isInSystemHeader(Definition->getLocation()))
    return false;
  const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
  const auto *Last = Body && !Body->body_empty() ? dyn_cast<Expr>(Body->body_back()) : nullptr;
  const auto *Call = Last ? dyn_cast<CallExpr>(Last->IgnoreImplicit()) : nullptr;
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && endsProcess(*Callee, Depth + 1) && !mayReturn(*Body);
}

bool endsProcess(const FunctionDecl &Fn) { return endsProcess(Fn, 0); }

} // namespace nettune::analysis
