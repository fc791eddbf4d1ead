//===- BodyIndex.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/BodyIndex.h"

#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {

BodyIndex::BodyIndex(const FunctionDecl &Fn) {
  if (const auto *K = dyn_cast<CXXConstructorDecl>(&Fn))
    for (const CXXCtorInitializer *I : K->inits())
      add(I->getInit(), nullptr);
  add(Fn.getBody(), nullptr);
}

ArrayRef<const Expr *> BodyIndex::uses(const ValueDecl &D) const {
  auto It = Uses.find(&D);
  return It == Uses.end() ? ArrayRef<const Expr *>() : ArrayRef<const Expr *>(It->second);
}

static bool isLoop(const Stmt &S) { return isa<ForStmt, CXXForRangeStmt, WhileStmt, DoStmt>(S); }

const Stmt *BodyIndex::loopAround(const Stmt &S, const Stmt &Outside) const {
  const Stmt *Found = nullptr;
  for (const Stmt *P = parent(S); P; P = parent(*P)) {
    bool HoldsIt = begin(*P) <= begin(Outside) && end(Outside) <= end(*P);
    if (HoldsIt)
      break;
    if (isLoop(*P))
      Found = P;
  }
  return Found;
}

const Stmt *BodyIndex::innermostLoop(const Stmt &S) const {
  for (const Stmt *P = parent(S); P && !isa<LambdaExpr>(P); P = parent(*P))
    if (isLoop(*P))
      return P;
  return nullptr;
}

const Stmt &BodyIndex::statementOf(const Stmt &S) const {
  const Stmt *Found = &S;
  while (const Stmt *P = parent(*Found)) {
    if (!isa<Expr>(P)) {
      if (isa<DeclStmt>(P))
        Found = P;
      break;
    }
    Found = P;
  }
  return *Found;
}

bool BodyIndex::inLambda(const Stmt &S) const {
  const Stmt *Child = &S;
  for (const Stmt *P = parent(S); P; Child = P, P = parent(*P))
    if (const auto *L = dyn_cast<LambdaExpr>(P); L && L->getBody() == Child)
      return true; // what it captures is evaluated outside
  return false;
}

bool BodyIndex::namesCapturedCopy(const Expr &Reference, const ValueDecl &V) const {
  const Stmt *Child = &Reference;
  for (const Stmt *P = parent(Reference); P; Child = P, P = parent(*P))
    if (const auto *L = dyn_cast<LambdaExpr>(P); L && L->getBody() == Child)
      for (const LambdaCapture &C : L->captures())
        if (C.capturesVariable() && C.getCapturedVar() == &V && C.getCaptureKind() == LCK_ByCopy)
          return true;
  return false;
}

void BodyIndex::add(const Stmt *S, const Stmt *Parent) {
  if (!S || isa<UnaryExprOrTypeTraitExpr>(S))
    return;
  // Shared subtrees (opaque values) keep their first parent.
  if (!Nodes.try_emplace(S, Node{Parent, Next++, 0}).second)
    return;
  list(*S);
  if (const auto *L = dyn_cast<LambdaExpr>(S))
    addLambda(*L);
  else
    addChildren(*S);
  Nodes[S].End = Next - 1;
}

void BodyIndex::addChildren(const Stmt &S) {
  if (const auto *Body = dyn_cast<CoroutineBodyStmt>(&S))
    return add(Body->getBody(), &S); // not the promise's machinery
  if (isa<CoawaitExpr, CoyieldExpr>(&S))
    return add(cast<CoroutineSuspendExpr>(S).getOperand(), &S);
  if (const auto *I = dyn_cast<InitListExpr>(&S); I && !I->isSemanticForm() && I->getSemanticForm())
    return add(I->getSemanticForm(), &S);
  for (const Stmt *Child : S.children())
    add(Child, &S);
}

void BodyIndex::addLambda(const LambdaExpr &L) {
  auto Capture = L.capture_begin();
  for (const Expr *Init : L.capture_inits()) {
    if (Init && L.isInitCapture(Capture))
      if (const auto *V = dyn_cast<VarDecl>(Capture->getCapturedVar()))
        InitOf[Init] = V;
    add(Init, &L);
    ++Capture;
  }
  ++LambdaDepth;
  add(L.getBody(), &L);
  --LambdaDepth;
}

void BodyIndex::list(const Stmt &S) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
    Uses[Ref->getDecl()].push_back(Ref);
  else if (const auto *M = dyn_cast<MemberExpr>(&S); M && isa<FieldDecl>(M->getMemberDecl()))
    Uses[M->getMemberDecl()].push_back(M);
  else if (isa<CoroutineSuspendExpr>(&S))
    Suspends.push_back(Nodes.lookup(&S).Begin);
  if (const auto *D = dyn_cast<DeclStmt>(&S))
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each)) {
        DeclaredIn[V] = D;
        if (V->getInit())
          InitOf[V->getInit()] = V;
        if (LambdaDepth == 0)
          Variables.push_back(V);
      }
  if (const auto *C = dyn_cast<CallExpr>(&S))
    AllCalls.push_back(C);
  if (LambdaDepth > 0)
    return;
  if (const auto *C = dyn_cast<CallExpr>(&S))
    Calls.push_back(C);
  else if (const auto *C = dyn_cast<CXXConstructExpr>(&S))
    Constructs.push_back(C);
  else if (const auto *L = dyn_cast<LambdaExpr>(&S))
    Lambdas.push_back(L);
}

} // namespace nettune::analysis
