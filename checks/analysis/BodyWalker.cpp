//===- BodyWalker.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/BodyWalker.h"

#include "analysis/Coroutines.h"
#include "analysis/EntityNames.h"
#include "analysis/FunctionEffects.h"
#include "analysis/LocalAnalyses.h"
#include "analysis/OtherBranch.h"
#include "analysis/TuExtractor.h"

#include <clang/AST/DeclTemplate.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Entry;
using model::Role;
using model::Thread;

//===----------------------------------------------------------------------===//
// What a function is by itself
//===----------------------------------------------------------------------===//

static void addOverrideRoot(Extraction &X, const CXXMethodDecl &M, FunctionId Id,
                            unsigned Depth = 0) {
  if (Depth > 16) // a cycle in broken code must not hang
    return;
  for (const CXXMethodDecl *Base : M.overridden_methods()) {
    for (const Entry *E : X.Models.entries(*Base))
      if (E->R == Role::HandlerOverrides) {
        StringId Name = X.F.string(qualifiedName(*Base));
        X.F.Roots.push_back({Id, Root::Kind::Override, E->RunsOn, Name, E->Parameters,
                             X.E.classes(*M.getParent())});
        return;
      }
    addOverrideRoot(X, *Base, Id, Depth + 1);
  }
}

static void addCoroutineRoot(Extraction &X, const FunctionDecl &Fn, FunctionId Id) {
  if (!isa_and_nonnull<CoroutineBodyStmt>(Fn.getBody()))
    return;
  X.F.Functions[Id].Flags |= summary::Function::Coroutine;
  if (const Entry *E = coroutineEntry(X.Models, Fn))
    X.F.Roots.push_back({Id, Root::Kind::Coroutine, E->RunsOn, 0});
}

static void addAnnotationRoot(Extraction &X, const FunctionDecl &Fn, FunctionId Id) {
  StringRef Handler = hasAnnotation(Fn, "nettune::handler") ? "nettune::handler"
                      : effectOf(Fn) == Effect::Nonblocking ? "[[clang::nonblocking]]"
                                                            : "";
  if (hasAnnotation(Fn, "nettune::worker"))
    X.F.Roots.push_back({Id, Root::Kind::Annotation, Thread::Worker, 0});
  else if (!Handler.empty())
    X.F.Roots.push_back({Id, Root::Kind::Annotation, Thread::Loop, X.F.string(Handler)});
}

void BodyWalker::walkFunction(Extraction &X, const FunctionDecl &Fn) {
  FunctionId Id = X.E.define(Fn);
  if (const auto *M = dyn_cast<CXXMethodDecl>(&Fn))
    addOverrideRoot(X, *M, Id);
  addCoroutineRoot(X, Fn, Id);
  addAnnotationRoot(X, Fn, Id);
  if (endsProcess(Fn))
    X.F.Functions[Id].Flags |= summary::Function::EndsProcess;
  BodyWalker W(X, Id, &Fn);
  W.Body = Fn.getBody();
  const Stmt *Outer = X.Models.enter(W.Body);
  if (const auto *K = dyn_cast<CXXConstructorDecl>(&Fn))
    W.walkConstructor(*K);
  W.Calls.defaults(Fn);
  W.walk(Fn.getBody());
  if (const auto *D = dyn_cast<CXXDestructorDecl>(&Fn))
    W.Calls.destroyParts(*D->getParent(), D->getLocation());
  W.Calls.finish(Fn.getBody());
  X.Models.enter(Outer);
  analyzeLocally(X, Fn, Id);
}

void BodyWalker::walkInitializer(Extraction &X, const ValueDecl &D, const Expr &Init) {
  BodyWalker W(X, X.E.initializer(D), nullptr);
  W.Calls.assign(D, Init);
  W.walk(&Init);
  W.Calls.finish(nullptr);
  analyzeInitializer(X, D, Init, W.In);
}

void BodyWalker::walkConstructor(const CXXConstructorDecl &K) {
  for (const CXXCtorInitializer *I : K.inits()) {
    const Expr *Init = I->getInit();
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init))
      Init = Default->getExpr();
    if (const FieldDecl *Field = I->getAnyMember(); Field && Init)
      Calls.assign(*Field, *Init);
    walk(Init);
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void BodyWalker::walk(const Stmt *S) {
  if (!S || isa<UnaryExprOrTypeTraitExpr>(S) || walkLoop(*S) || walkIf(*S) ||
      walkBranches(*S) || walkDefault(*S))
    return;
  if (const auto *L = dyn_cast<LambdaExpr>(S))
    return walkLambda(*L);
  if (const auto *D = dyn_cast<DeclStmt>(S))
    return walkDeclarations(*D);
  // The semantic form repeats nothing: walk one of the two.
  if (const auto *I = dyn_cast<InitListExpr>(S))
    return walkInitList(*I);
  if (isa<DeclRefExpr, MemberExpr>(S)) {
    X.Contexts.mention(*cast<Expr>(S), In);
  } else if (const auto *C = dyn_cast<CallExpr>(S)) {
    Calls.call(*C, Loops);
  } else if (const auto *C = dyn_cast<CXXConstructExpr>(S)) {
    Calls.construct(*C, Loops);
  } else if (const auto *R = dyn_cast<RecoveryExpr>(S)) {
    Calls.broken(*R);
  } else if (const auto *B = dyn_cast<BinaryOperator>(S)) {
    if (B->getOpcode() == BO_Assign && X.Flow.carries(B->getLHS()->getType()))
      Calls.assign(*B->getLHS(), *B->getRHS());
  } else if (const auto *R = dyn_cast<ReturnStmt>(S)) {
    walkReturn(R->getRetValue());
  } else if (const auto *R = dyn_cast<CoreturnStmt>(S)) {
    walkReturn(R->getOperand());
  } else if (const auto *D = dyn_cast<CXXDeleteExpr>(S)) {
    Calls.destroy(D->getDestroyedType(), D->getBeginLoc(), Loops, /*ByPointer=*/true);
  } else if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S)) {
    return walk(Body->getBody()); // not the promise's machinery
  } else if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
    walk(Await->getOperand());
    return Calls.resume(*Await->getOperand());
  }
  walkChildren(*S);
}

/// Nothing after it in the same block is reached from it.
static bool leaves(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  if (const auto *E = dyn_cast_or_null<Expr>(S))
    S = E->IgnoreImplicit();
  return isa_and_nonnull<ReturnStmt, CoreturnStmt, BreakStmt, ContinueStmt, CXXThrowExpr>(S);
}

void BodyWalker::walkChildren(const Stmt &S) {
  bool IsBlock = isa<CompoundStmt>(S);
  std::size_t Outside = Calls.Conditions.Holding.size();
  for (auto Next = S.child_begin(); Next != S.child_end(); ++Next) {
    const Stmt *Child = *Next;
    if (isa_and_nonnull<SwitchCase, LabelStmt>(Child)) // others come in here
      Calls.Conditions.Holding.resize(Outside);
    walk(Child);
    if (const auto *E = dyn_cast_or_null<Expr>(Child); E && IsBlock)
      walkDiscarded(*E);
    // `if (isInLoopThread()) { run(); return; }`
    if (const auto *If = dyn_cast_or_null<IfStmt>(Child); If && IsBlock && !If->getElse() && endsInReturn(If->getThen()))
      if (otherBranch(*If, X.Constants, Body) == Branch::Else)
        return walkElsewhere(llvm::SmallVector<const Stmt *>(std::next(Next), S.child_end()));
    // `if (!clean) return;`
    if (const auto *If = dyn_cast_or_null<IfStmt>(Child); If && IsBlock && leaves(If->getThen()))
      Calls.Conditions.assume(If->getCond(), /*Truth=*/false);
  }
  Calls.Conditions.Holding.resize(Outside);
}

void BodyWalker::walkUnder(const Expr *Condition, bool Truth, const Stmt *S) {
  std::size_t Outside = Calls.Conditions.Holding.size();
  Calls.Conditions.assume(Condition, Truth);
  walk(S);
  Calls.Conditions.Holding.resize(Outside);
}

/// What a condition decides, where a caller may decide the condition.
bool BodyWalker::walkBranches(const Stmt &S) {
  if (const auto *If = dyn_cast<IfStmt>(&S); If && If->getCond() && !If->hasVarStorage()) {
    walk(If->getInit());
    walk(If->getCond());
    walkUnder(If->getCond(), true, If->getThen());
    walkUnder(If->getCond(), false, If->getElse());
  } else if (const auto *Choice = dyn_cast<ConditionalOperator>(&S)) {
    walk(Choice->getCond());
    walkUnder(Choice->getCond(), true, Choice->getTrueExpr());
    walkUnder(Choice->getCond(), false, Choice->getFalseExpr());
  } else if (const auto *B = dyn_cast<BinaryOperator>(&S); B && B->isLogicalOp()) {
    walk(B->getLHS());
    walkUnder(B->getLHS(), B->getOpcode() == BO_LAnd, B->getRHS());
  } else {
    return false;
  }
  return true;
}

/// `guard(3);`: the temporary dies at the end of the statement.
void BodyWalker::walkDiscarded(const Expr &E) {
  const Expr *Value = E.IgnoreParens();
  if (const auto *Full = dyn_cast<FullExpr>(Value))
    Value = Full->getSubExpr();
  Value = Value->IgnoreParenImpCasts();
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Value))
    Value = Cast->getSubExpr();
  if (isa<CXXBindTemporaryExpr>(Value))
    Calls.destroy(Value->getType(), Value->getBeginLoc(), Loops, /*ByPointer=*/false);
}

/// Defaults are evaluated where they are used, save for the library's. They stand elsewhere,
/// so what holds here is not told of them.
bool BodyWalker::walkDefault(const Stmt &S) {
  if (!isa<CXXDefaultArgExpr, CXXDefaultInitExpr>(S))
    return false;
  auto Here = std::exchange(Calls.Conditions.Holding, {});
  if (const auto *Argument = dyn_cast<CXXDefaultArgExpr>(&S)) {
    if (!X.E.isLibrary(*Argument->getParam()))
      walk(Argument->getExpr());
  } else {
    walk(cast<CXXDefaultInitExpr>(S).getExpr());
  }
  Calls.Conditions.Holding = std::move(Here);
  return true;
}

void BodyWalker::walkInsideLoop(const Stmt &Loop, std::initializer_list<const Stmt *> Parts) {
  X.LoopNumbers[&Loop] = NextLoop;
  Loops.push_back(NextLoop++);
  for (const Stmt *S : Parts)
    walk(S);
  Loops.pop_back();
}

/// What is evaluated once (a for's initialiser, a range) is outside of the loop.
bool BodyWalker::walkLoop(const Stmt &S) {
  if (const auto *L = dyn_cast<WhileStmt>(&S); L && known(L->getCond()) == false)
    return true;
  if (const auto *L = dyn_cast<ForStmt>(&S)) {
    walk(L->getInit());
    walkInsideLoop(S, {L->getConditionVariableDeclStmt(), L->getCond(), L->getInc(), L->getBody()});
  } else if (const auto *L = dyn_cast<CXXForRangeStmt>(&S)) {
    walk(L->getInit());
    walk(L->getRangeStmt());
    walk(L->getBeginStmt());
    walk(L->getEndStmt());
    walkInsideLoop(S, {L->getCond(), L->getInc(), L->getLoopVarStmt(), L->getBody()});
  } else if (const auto *L = dyn_cast<WhileStmt>(&S)) {
    walkInsideLoop(S, {L->getConditionVariableDeclStmt(), L->getCond(), L->getBody()});
  } else if (const auto *L = dyn_cast<DoStmt>(&S)) {
    walkInsideLoop(S, {L->getBody(), L->getCond()});
  } else {
    return false;
  }
  return true;
}

/// What a condition without variables is: `if (debug)`, `while (false)`.
std::optional<bool> BodyWalker::known(const Expr *Condition) const {
  bool Value;
  if (!Condition || Condition->isValueDependent() ||
      !Condition->EvaluateAsBooleanCondition(Value, X.E.context()))
    return std::nullopt;
  return Value;
}

/// Only the branch that is taken, where that is known.
bool BodyWalker::walkKnownIf(const IfStmt &If) {
  if (If.isConsteval()) { // what a compiler evaluates waits for nobody
    walk(If.isNegatedConsteval() ? If.getThen() : If.getElse());
    return true;
  }
  std::optional<bool> Condition = If.hasVarStorage() ? std::nullopt : known(If.getCond());
  if (!Condition)
    return false;
  walk(If.getInit());
  walk(*Condition ? If.getThen() : If.getElse());
  return true;
}

bool BodyWalker::walkIf(const Stmt &S) {
  const auto *If = dyn_cast<IfStmt>(&S);
  if (!If)
    return false;
  if (walkKnownIf(*If))
    return true;
  Branch Other = If->hasVarStorage() ? Branch::None : otherBranch(*If, X.Constants, Body);
  if (Other == Branch::None)
    return false;
  walk(If->getInit());
  walk(If->getCond());
  walk(Other == Branch::Then ? If->getElse() : If->getThen());
  walkElsewhere(Other == Branch::Then ? If->getThen() : If->getElse());
  return true;
}

/// What who calls the function does not run: a part of its own that nobody calls.
void BodyWalker::walkElsewhere(ArrayRef<const Stmt *> Statements) {
  FunctionId Part = X.F.function(X.F.text(X.F.Functions[In].Key).str() + "#elsewhere");
  summary::Function Row = X.F.Functions[In];
  Row.Key = X.F.Functions[Part].Key;
  X.F.Functions[Part] = Row;
  BodyWalker W(X, Part, Fn);
  W.Body = Body;
  W.Loops = Loops;
  W.NextLoop = NextLoop;
  for (const Stmt *S : Statements)
    W.walk(S);
  W.Calls.finish(Body);
  NextLoop = W.NextLoop;
}

void BodyWalker::walkReturn(const Expr *Value) {
  if (Value && X.Flow.carries(Value->getType()))
    X.F.flow(X.F.returned(In), X.Flow.atoms(Value));
}

void BodyWalker::walkDeclarations(const DeclStmt &S) {
  for (const Decl *D : S.decls())
    if (const auto *V = dyn_cast<VarDecl>(D))
      walkVariable(*V);
    else if (const auto *R = dyn_cast<CXXRecordDecl>(D))
      TuExtractor::extractLocalClass(X, *R);
}

void BodyWalker::walkVariable(const VarDecl &V) {
  if (const Expr *Init = V.getInit()) {
    Calls.assign(V, *Init);
    if (V.isStaticLocal())
      walkOnce(V, *Init);
    else
      walk(Init);
  }
  if (V.isLocalVarDecl() && !V.isStaticLocal())
    Calls.destroy(V.getType(), V.getLocation(), Loops, /*ByPointer=*/false);
}

/// A static variable is made by the first call only, which as a rule is one of start-up:
/// not what its function does.
void BodyWalker::walkOnce(const VarDecl &V, const Expr &Init) {
  BodyWalker W(X, X.E.initializer(V), nullptr);
  W.walk(&Init);
  W.Calls.finish(nullptr);
}

void BodyWalker::walkLambda(const LambdaExpr &L) {
  for (const LambdaCapture &C : L.captures())
    if (L.isInitCapture(&C))
      if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar()); V && V->getInit())
        Calls.assign(*V, *V->getInit());
  for (auto [Capture, Init] : llvm::zip_equal(L.captures(), L.capture_inits()))
    // What a VLA's size captures has no initializer.
    if (Init && (L.isInitCapture(&Capture) || !X.Contexts.isContext(Init->getType())))
      walk(Init); // the body tells how a captured context is used
  // The visitor never sees what a generic lambda was instantiated to.
  bool Instantiated = false;
  if (const FunctionTemplateDecl *T = L.getLambdaClass()->getDependentLambdaCallOperator())
    for (const FunctionDecl *S : T->specializations())
      if (const FunctionDecl *Definition = nullptr; S->hasBody(Definition) && Definition) {
        walkFunction(X, *Definition);
        Instantiated = true;
      }
  if (!Instantiated && L.getCallOperator()->hasBody())
    walkFunction(X, *L.getCallOperator());
}

void BodyWalker::walkInitList(const InitListExpr &List) {
  const InitListExpr *I = List.isSemanticForm() ? &List : List.getSemanticForm();
  if (!I)
    I = &List;
  if (const RecordDecl *R = I->getType()->getAsRecordDecl()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(R);
    unsigned Next = Class && Class->hasDefinition() ? Class->getNumBases() : 0;
    for (const FieldDecl *Field : R->fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (Next >= I->getNumInits())
        break;
      if (const Expr *Init = I->getInit(Next++))
        Calls.assign(*Field, *Init);
    }
  }
  walkChildren(*I);
}

} // namespace nettune::analysis
