//===- CaptureCopies.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// CopyFinder: copies into lambdas and by-value parameters.
//
//===----------------------------------------------------------------------===//

#include "analysis/BufferSources.h"
#include "analysis/CopyFinder.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Role;
using model::Thread;

static const Expr *copiedByCapture(const Expr &Init) {
  const auto *K = dyn_cast<CXXConstructExpr>(Init.IgnoreImplicit());
  const Expr *Source = K ? copiedFrom(*K) : nullptr;
  return Source && ownsBytes(K->getType()) && !movedFrom(Source) ? Source : nullptr;
}

void CopyFinder::lambda(const LambdaExpr &L) {
  auto Capture = L.capture_begin();
  for (const Expr *Init : L.capture_inits()) {
    if (Init && Capture->capturesVariable() && Capture->getCaptureKind() == LCK_ByCopy)
      capture(L, *Capture, *Init);
    ++Capture;
  }
}

void CopyFinder::capture(const LambdaExpr &L, const LambdaCapture &C, const Expr &Init) {
  const Expr *Source = copiedByCapture(Init);
  if (!Source || !namedObject(Source))
    return;
  unsigned Until = 0;
  if (runsAtOnce(L, Until))
    return captureAtOnce(L, C, *Source);
  if (const auto *V = dyn_cast<VarDecl>(namedObject(Source));
      V && isa<DeclRefExpr>(bare(Source)) && isLast(*V, *bare(Source), L))
    return captureLast(L, C, *Source);
  captureEachTime(L, C, *Source);
}

/// Called where it stands, or kept in a variable and only called; \p Until is
/// the number of the last call.
bool CopyFinder::runsAtOnce(const LambdaExpr &L, unsigned &Until) {
  const Expr *E = &L;
  const Stmt *P = Index.parent(*E);
  while (P && isa<Expr>(P) &&
         isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr, CastExpr>(P)) {
    E = cast<Expr>(P);
    P = Index.parent(*E);
  }
  Until = P ? Index.end(*P) : 0;
  if (const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(P))
    return Call->getOperator() == OO_Call && Call->getArg(0) == E;
  if (const auto *Call = dyn_cast_or_null<CallExpr>(P)) {
    CallSite S = CallSite::of(*Call);
    const model::Entry *M =
        X.Models.match(S, Role::Handoffs) ? nullptr : X.Models.match(S, Role::Handlers);
    return M && M->RunsOn == Thread::Caller;
  }
  const VarDecl *V = Index.initialized(*E);
  if (!V || !V->hasLocalStorage() || Index.uses(*V).empty() || !V->getType()->getAsCXXRecordDecl())
    return false;
  return llvm::all_of(Index.uses(*V), [&](const Expr *Use) {
    const Stmt *Around = Index.parent(*Use);
    while (Around && isa<ImplicitCastExpr>(Around))
      Around = Index.parent(*Around);
    const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(Around);
    Until = std::max(Until, Index.end(Index.statementOf(*Use)));
    return Call && Call->getOperator() == OO_Call && Call->getNumArgs() > 0 &&
           !Index.inLambda(*Use) && bare(Call->getArg(0)) == Use;
  });
}

bool CopyFinder::isHandedOff(const LambdaExpr &L) {
  for (const Stmt *P = Index.parent(L); P && isa<Expr>(P); P = Index.parent(*P)) {
    CallSite S;
    if (const auto *Call = dyn_cast<CallExpr>(P))
      S = CallSite::of(*Call);
    else if (const auto *K = dyn_cast<CXXConstructExpr>(P))
      S = CallSite::of(*K);
    if (!S.Callee)
      continue;
    if (X.Models.match(S, Role::Handoffs))
      return true;
    if (const model::Entry *M = X.Models.match(S, Role::Handlers); M && M->RunsOn != Thread::Caller)
      return true;
  }
  return false;
}

BufferUses CopyFinder::usesInside(const LambdaExpr &L, const VarDecl &V) {
  BufferUses Inside;
  for (const Expr *Reference : Index.uses(V)) {
    unsigned At = Index.begin(*Reference);
    if (At < Index.begin(*L.getBody()) || At > Index.end(*L.getBody()))
      continue;
    BufferUse U = Uses.use(*Reference);
    Inside.Any = true;
    Inside.OnlyRead &= U.K == BufferUse::Kind::Read;
  }
  return Inside;
}

/// A [=] names nothing: the place is its '='.
static SourceLocation placeOf(const LambdaExpr &L, const LambdaCapture &C) {
  return C.isImplicit() ? L.getCaptureDefaultLoc() : C.getLocation();
}

void CopyFinder::captureAtOnce(const LambdaExpr &L, const LambdaCapture &C, const Expr &Source) {
  unsigned Until = 0;
  const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
  if (!V || L.isInitCapture(&C) || !runsAtOnce(L, Until) || !usesInside(L, *V).OnlyRead)
    return;
  if (V->getType()->isReferenceType() && !V->getType()->getPointeeType().isConstQualified())
    return;
  if (!unchanged(Source, Index.end(L), Until))
    return;
  BufferCopy Copy{};
  Copy.K = Kind::RunsAtOnce;
  Place At = place(placeOf(L, C));
  if (C.isExplicit())
    Copy.Fixes.push_back({At, At, "&"});
  add(std::move(Copy), Source, placeOf(L, C));
}

void CopyFinder::captureLast(const LambdaExpr &L, const LambdaCapture &C, const Expr &Source) {
  BufferCopy Copy{};
  Copy.K = Kind::LastUse;
  std::string From = text(Source), Into = C.getCapturedVar()->getNameAsString();
  Copy.Instead = Into + " = std::move(" + From + ")";
  SourceLocation Where = placeOf(L, C);
  Place At = place(Where), End = At;
  if (L.isInitCapture(&C)) {
    // The initialiser's name is all that changes.
    Place Begin = place(Source.getBeginLoc()), Behind = Begin;
    Behind.Column += From.size();
    if (Source.getBeginLoc().isFileID())
      Copy.Fixes.push_back({Begin, Behind, "std::move(" + From + ")"});
  } else if (C.isExplicit()) {
    End.Column += From.size();
    Copy.Fixes.push_back({At, End, Copy.Instead});
  } else {
    At.Column += 1;
    Copy.Fixes.push_back({At, At, ", " + Copy.Instead});
  }
  add(std::move(Copy), Source, Where);
}

/// In a loop over receivers: one copy for each, of the same bytes.
void CopyFinder::captureEachTime(const LambdaExpr &L, const LambdaCapture &C, const Expr &Source) {
  const auto *V = dyn_cast<VarDecl>(namedObject(&Source));
  const Stmt *Loop = Index.innermostLoop(L);
  if (!V || L.isInitCapture(&C) || !Loop || !isHandedOff(L) || !usesInside(L, *V).OnlyRead)
    return;
  const DeclStmt *Declared = Index.declaration(*V);
  bool Outside = isa<ParmVarDecl>(V) || (Declared && Index.loopAround(L, *Declared));
  if (!Outside || !unchanged(Source, Index.begin(*Loop), Index.end(*Loop)))
    return;
  BufferCopy Copy{};
  Copy.K = Kind::EachTime;
  add(std::move(Copy), Source, placeOf(L, C));
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

void CopyFinder::passed(const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee)
    return;
  if (takesCopy(*Callee))
    return kept(*Call.getArg(Call.getNumArgs() - 1));
  if (isa<CXXOperatorCallExpr>(Call) || X.E.isLibrary(*Callee))
    return;
  for (unsigned I = 0; I < Call.getNumArgs() && I < Callee->getNumParams(); ++I) {
    const auto *K = dyn_cast<CXXConstructExpr>(Call.getArg(I)->IgnoreImplicit());
    const Expr *Source = K ? copiedFrom(*K) : nullptr;
    if (!Source || !ownsBytes(K->getType()) || movedFrom(Source) || !namedObject(Source))
      continue;
    if (!readByValue(*Callee, I, *Source))
      kept(*Source);
  }
}

/// A parameter by value that the function only reads.
bool CopyFinder::readByValue(const FunctionDecl &Callee, unsigned Argument, const Expr &Source) {
  const FunctionDecl *Definition = nullptr;
  const auto *V = dyn_cast<VarDecl>(namedObject(&Source));
  if (!Callee.hasBody(Definition) || Callee.isTemplateInstantiation())
    return false;
  BufferUses Inside = Uses.parameterUses(Callee, Argument);
  if (!Inside.OnlyRead || Inside.Copied) // who keeps a copy may as well take it by value, and move
    return false;
  const auto *Field = dyn_cast<FieldDecl>(namedObject(&Source));
  if ((Field && Uses.mayChange(Callee, *Field)) || (V && V->hasGlobalStorage()))
    return true;
  const ParmVarDecl &P = *Definition->getParamDecl(Argument);
  BufferCopy Copy{};
  Copy.K = Kind::Parameter;
  Copy.Into = P.getNameAsString();
  Copy.Passed = place(Source.getBeginLoc());
  add(std::move(Copy), Source, P.getLocation());
  return true;
}

/// Copied by whom it is given to; at its last use a move would do.
void CopyFinder::kept(const Expr &Argument) {
  const auto *Ref = dyn_cast<DeclRefExpr>(Argument.IgnoreParenImpCasts());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || !ownsBytes(V->getType()) || !isLast(*V, *Ref, *Ref))
    return;
  BufferCopy Copy{};
  Copy.K = Kind::LastUse;
  std::string Name = V->getNameAsString();
  Copy.Instead = "std::move(" + Name + ")";
  Place Begin = place(Ref->getLocation()), End = Begin;
  End.Column += Name.size();
  Copy.Fixes.push_back({Begin, End, Copy.Instead});
  add(std::move(Copy), *Ref, Ref->getLocation());
}

} // namespace nettune::analysis
