//===- ThreadCounts.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ThreadCounts.h"

#include "analysis/CoreClamp.h"
#include "analysis/CountedLoops.h"
#include "analysis/EntityNames.h"
#include "analysis/ThreadBounds.h"
#include "analysis/ThreadWork.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/RecursiveASTVisitor.h>

#include <llvm/ADT/SmallPtrSet.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Entry;
using model::Pool;
using model::Role;

namespace {

/// `std::thread` for its constructor and for the emplace_back of a vector of them.
std::string threadName(const FunctionDecl &Maker) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Maker);
  if (isa<CXXConstructorDecl>(Maker))
    return qualifiedName(*M->getParent());
  if (const auto *S = M ? dyn_cast<ClassTemplateSpecializationDecl>(M->getParent()) : nullptr)
    if (const TemplateArgument &A = S->getTemplateArgs()[0]; A.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *R = A.getAsType()->getAsCXXRecordDecl())
        return qualifiedName(*R);
  return qualifiedName(Maker);
}

class ThreadVisitor : public RecursiveASTVisitor<ThreadVisitor> {
  using Base = RecursiveASTVisitor<ThreadVisitor>;

public:
  ThreadVisitor(Extraction &X, FunctionId In) : X(X), In(In) {}

  void run(const Stmt &Body) {
    Transparent.insert(&Body);
    if (const auto *Try = dyn_cast<CXXTryStmt>(&Body))
      Transparent.insert(Try->getTryBlock());
    Whole = &Body;
    TraverseStmt(const_cast<Stmt *>(&Body));
  }

  bool TraverseLambdaExpr(LambdaExpr *L) {
    for (Expr *Init : L->capture_inits())
      if (Init)
        TraverseStmt(Init);
    return true;
  }
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) { return true; }

  bool TraverseForStmt(ForStmt *S) { return loop(S, S->getBody(), &Base::TraverseForStmt); }
  bool TraverseCXXForRangeStmt(CXXForRangeStmt *S) {
    return loop(S, S->getBody(), &Base::TraverseCXXForRangeStmt);
  }
  bool TraverseWhileStmt(WhileStmt *S) { return loop(S, S->getBody(), &Base::TraverseWhileStmt); }
  bool TraverseDoStmt(DoStmt *S) { return loop(S, S->getBody(), &Base::TraverseDoStmt); }

  bool TraverseCompoundStmt(CompoundStmt *S) {
    bool Nested = !Transparent.contains(S);
    Blocks += Nested;
    Base::TraverseCompoundStmt(S);
    Blocks -= Nested;
    return true;
  }
  bool TraverseCXXTryStmt(CXXTryStmt *S) {
    Transparent.insert(S->getTryBlock());
    return Base::TraverseCXXTryStmt(S);
  }
  bool TraverseIfStmt(IfStmt *S) {
    ++Blocks;
    Conditions.push_back(S->getCond());
    Base::TraverseIfStmt(S);
    Conditions.pop_back();
    --Blocks;
    return true;
  }

  bool TraverseCXXOperatorCallExpr(CXXOperatorCallExpr *C) {
    bool Kept = C->getOperator() == OO_Equal && C->getNumArgs() == 2 && isOwnState(*C->getArg(0));
    KeptDepth += Kept;
    Base::TraverseCXXOperatorCallExpr(C);
    KeptDepth -= Kept;
    return true;
  }

  bool TraverseVarDecl(VarDecl *V) {
    KeptDepth += V->isStaticLocal();
    Base::TraverseVarDecl(V);
    KeptDepth -= V->isStaticLocal();
    return true;
  }

  bool VisitCallExpr(CallExpr *C) {
    site(CallSite::of(*C));
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    site(CallSite::of(*C));
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    const auto *M = dyn_cast<MemberExpr>(B->getLHS()->IgnoreParens());
    const auto *Field = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
    if (!Field || B->getOpcode() != BO_Assign)
      return true;
    for (const Entry *E : X.Models.model().field(qualifiedName(*Field)))
      if (E->R == Role::Threads)
        count(*B->getRHS(), E->Runs, objectName(M->getBase()));
    return true;
  }

private:
  template <typename LoopStmt>
  bool loop(LoopStmt *S, const Stmt *Body, bool (Base::*Traverse)(LoopStmt *, DataRecursionQueue *)) {
    Transparent.insert(Body);
    Loops.push_back(S);
    (this->*Traverse)(S, nullptr);
    Loops.pop_back();
    return true;
  }

  /// `this->thread_`, a global: one thread of the object, not one a message.
  static bool isOwnState(const Expr &E) {
    const Expr *Target = E.IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(Target))
      return isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts()) || isOwnState(*M->getBase());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Target))
      if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
        return V->hasGlobalStorage();
    return false;
  }

  std::string objectName(const Expr *E) {
    const ValueDecl *D = E ? namedValue(E) : nullptr;
    if (!D)
      return {};
    Place P = X.E.place(D->getLocation());
    return (X.F.text(P.File) + ":" + llvm::Twine(P.Line) + ":" + llvm::Twine(P.Column)).str();
  }

  void site(const CallSite &S) {
    const Entry *M = S.Callee ? X.Models.match(S, Role::Threads) : nullptr;
    if (!M)
      return;
    if (M->Each)
      return made(S);
    if (const Expr *A = S.argument(M->Argument))
      count(*A, M->Runs, objectName(S.Object));
  }

  void count(const Expr &Count, Pool Runs, std::string Object) {
    std::optional<Quantity> Q = X.Constants.evaluate(Count);
    if (!Q)
      return;
    unclamped(*Q, /*Pool=*/true);
    add(*Q, Count, Runs, std::move(Object));
  }

  void add(const Quantity &Q, const Expr &At, Pool Runs, std::string Object) {
    ThreadCount C;
    C.In = In;
    C.Where = X.E.place(At.getBeginLoc());
    C.PerCore = Q.PerCore;
    C.Constant = Q.Constant;
    C.AtLeast = Q.AtLeast;
    C.AtMost = Q.AtMost;
    C.Runs = Runs;
    C.Lasting = Blocks == 0;
    C.Object = std::move(Object);
    if (Q.Origin && Q.isConstant() && !isa<CXXConstructExpr>(Q.Origin))
      C.Origin = X.E.place(Q.Origin->getBeginLoc());
    X.Local.Counts.Threads.push_back(std::move(C));
  }

  void made(const CallSite &S) {
    if (!Loops.empty())
      if (std::optional<LoopCount> N = loopCount(X.Constants, *Loops.back())) {
        if (!mayBeNone(*N, S))
          unclamped(N->Times, /*Pool=*/false);
        if (std::optional<Pool> Work = workOf(X, S); Work && *Work != Pool::Blocking)
          add(N->Times, *N->Bound, *Work, {});
      }
    if (isBounded(S))
      return;
    LoopNest Nest;
    for (const Stmt *L : ArrayRef(Loops).drop_back(loopsLeftAfter(*Whole, Loops, *S.Whole)))
      Nest.push_back(X.LoopNumbers.lookup(L));
    X.Local.Counts.Made.push_back({In, Nest, X.E.place(S.Where), threadName(*S.Callee)});
  }

  /// No helper beside the calling thread, which works as well.
  bool mayBeNone(const LoopCount &N, const CallSite &S) const {
    const Quantity &Q = N.Times;
    bool Wraps = !N.Signed || !Q.Arithmetic || !Q.Arithmetic->getType()->isSignedIntegerType();
    return (Q.at(0) >= 0 || !Wraps) && callerWorksToo(*Whole, S);
  }

  bool endsByItself(const Stmt &Loop) const {
    return isCounted(Loop) && (&Loop == Loops.front() || !countsEvents(X, Loop, *Loops.front()));
  }

  /// A counted loop, a thread that the object keeps, a limit that is tested.
  bool isBounded(const CallSite &Made) const {
    const Stmt &Scope = Loops.empty() ? *Whole : *Loops.front();
    return KeptDepth > 0 || llvm::any_of(Loops, [&](const Stmt *L) { return endsByItself(*L); }) ||
           llvm::any_of(Conditions, [](const Expr *C) { return C && (asksOnce(*C) || takesSlot(*C)); }) ||
           testsLimit(Scope) || refusesConnections(Scope) || (!Loops.empty() && isJoinedFirst(Scope, *Made.Whole));
  }

  /// The arithmetic gives no thread, or a huge number, for 0 cores. \p Pool: the
  /// count is that of a pool, which needs at least one.
  void unclamped(const Quantity &Q, bool Pool) {
    if (!Q.Cores || Q.Clamped || !Q.Arithmetic || Q.at(0) >= 1)
      return;
    UnclampedCores U;
    U.In = In;
    U.Where = X.E.place(Q.Arithmetic->getBeginLoc());
    U.Cores = qualifiedName(*Q.Cores->getDirectCallee());
    U.AtZero = atZero(Q, X.E.context());
    U.ClampCores = Q.Constant < 0 && Q.PerCore > 0;
    if (U.ClampCores)
      U.Least = fewestCores(Q, Pool);
    if (std::optional<Edit> E = clampCores(X.E, Q, Pool))
      U.Fix.push_back(*E);
    X.Local.Counts.Unclamped.push_back(std::move(U));
  }

  Extraction &X;
  FunctionId In;
  const Stmt *Whole = nullptr;
  llvm::SmallVector<const Stmt *, 4> Loops;
  llvm::SmallVector<const Expr *, 4> Conditions;
  llvm::SmallPtrSet<const Stmt *, 8> Transparent; ///< blocks that end with the function or loop
  unsigned Blocks = 0;
  unsigned KeptDepth = 0;
};

} // namespace

void analyzeThreads(Extraction &X, const FunctionDecl &Fn, FunctionId Id) {
  // Tests make more threads than cores on purpose.
  if (isTestBody(Fn, X.E.context()))
    return;
  ThreadVisitor Visitor(X, Id);
  if (const auto *K = dyn_cast<CXXConstructorDecl>(&Fn))
    for (const CXXCtorInitializer *I : K->inits())
      if (I->isWritten() && I->getInit())
        Visitor.run(*I->getInit());
  if (Fn.getBody())
    Visitor.run(*Fn.getBody());
}

void analyzeThreads(Extraction &X, const Expr &Init, FunctionId Id) {
  ThreadVisitor(X, Id).run(Init);
}

} // namespace nettune::analysis
