//===- HandlerErrors.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandlerErrors.h"

#include "analysis/EntityNames.h"
#include "analysis/LogCalls.h"
#include "analysis/ResultUse.h"
#include "analysis/StatementSearch.h"

#include <clang/AST/DeclTemplate.h>

using namespace clang;

namespace nettune::analysis {
using model::Parameter;
using model::Role;
using summary::Fate;

static constexpr unsigned DeepestWrapping = 8;

bool isErrorCode(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R && StringRef(qualifiedName(*R)).ends_with("::error_code");
}

bool mentionsErrno(const Stmt *S) {
  return anyInside(S, [](const Stmt &Part) {
    const auto *Call = dyn_cast<CallExpr>(&Part);
    return Call && calleeName(*Call) == "__errno_location";
  });
}

bool isEnding(const FunctionDecl &Fn) {
  static constexpr llvm::StringLiteral Words[] = {"close",      "closes",    "shutdown", "stop", "disconnect",
                                                  "terminate",  "abort",     "quit",     "kill", "closesocket",
                                                  "disconnected", "closed",  "shut",     "destroy",  "exit", "teardown"};
  return isa<CXXDestructorDecl>(Fn) ||
         (Fn.getDeclName().isIdentifier() && hasWord(Fn.getName(), Words));
}

namespace {

/// A function that is given the error as its parameter Error; -1: it is not.
struct Target {
  const FunctionDecl *Fn = nullptr;
  int Error = 0;
  int Count = 1;
  bool Known = false;
  const Expr *Binding = nullptr;     ///< of a bind expression
  const ValueDecl *Instead = nullptr; ///< a variable bound in place of the error
};

class HandlerResolver {
public:
  explicit HandlerResolver(Extraction &X) : X(X) {}

  Target resolve(const Expr *E, unsigned Depth = 0);

private:
  Target ofCall(const CallExpr &Call, unsigned Depth);
  Target ofBind(const CallExpr &Call);
  Target ofFront(const CallExpr &Call);

  Extraction &X;
};

} // namespace

static const Expr *bare(const Expr *E) {
  for (;;) {
    const Expr *Before = E;
    E = E->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else if (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    else if (const auto *K = dyn_cast<CXXConstructExpr>(E); K && K->getNumArgs() == 1)
      E = K->getArg(0);
    else if (const auto *C = dyn_cast<CXXFunctionalCastExpr>(E))
      E = C->getSubExpr();
    if (E == Before)
      return E;
  }
}

static const FunctionDecl *namedFunction(const Expr *E) {
  E = bare(E);
  if (const auto *Address = dyn_cast<UnaryOperator>(E); Address && Address->getOpcode() == UO_AddrOf)
    E = bare(Address->getSubExpr());
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

Target HandlerResolver::resolve(const Expr *E, unsigned Depth) {
  if (!E || Depth > DeepestWrapping)
    return {};
  E = bare(E);
  if (const auto *L = dyn_cast<LambdaExpr>(E))
    return {.Fn = L->getCallOperator(), .Known = true};
  if (const FunctionDecl *Fn = namedFunction(E))
    return {.Fn = Fn, .Known = true};
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    const CXXRecordDecl *R = V ? V->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
    return R && R->isLambda() && V->getInit() ? resolve(V->getInit(), Depth + 1) : Target();
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return ofCall(*Call, Depth + 1);
  return {};
}

Target HandlerResolver::ofCall(const CallExpr &Call, unsigned Depth) {
  StringRef Name = calleeName(Call);
  CallSite Site = CallSite::of(Call);
  if (Name == "move" || Name == "forward")
    return resolve(Site.argument(0), Depth);
  if (!X.Models.match(Site, Role::Transparent) || Site.Arguments.empty())
    return {};
  if (Name == "bind")
    return ofBind(Call);
  if (Name == "bind_front" || Name == "bind_front_handler")
    return ofFront(Call);
  // bind_executor(executor, handler), strand.wrap(handler)
  return resolve(Site.argument(-1), Depth);
}

/// The number of the placeholder that an argument of bind is; 0: it is none.
static unsigned placeholder(const Expr *E) {
  E = bare(E);
  const NamedDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    D = Ref->getDecl();
  else if (const auto *Call = dyn_cast<CallExpr>(E))
    D = Call->getDirectCallee();
  if (!D || !D->getDeclName().isIdentifier())
    return 0;
  StringRef Name = D->getName();
  if (Name == "_1")
    return 1;
  if (Name == "_2")
    return 2;
  bool OfAsio = StringRef(qualifiedName(*D)).contains("placeholders::");
  if (!OfAsio)
    return 0;
  return Name == "error" ? 1 : Name == "bytes_transferred" ? 2 : 0;
}

static unsigned objectArguments(const FunctionDecl &Fn) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Fn);
  return M && M->isInstance() ? 1 : 0;
}

Target HandlerResolver::ofBind(const CallExpr &Call) {
  const FunctionDecl *Fn = namedFunction(Call.getArg(0));
  if (!Fn)
    return {};
  Target T{.Fn = Fn, .Error = -1, .Count = -1, .Known = true, .Binding = &Call};
  unsigned Skip = 1 + objectArguments(*Fn);
  for (unsigned I = Skip; I < Call.getNumArgs(); ++I) {
    unsigned Which = placeholder(Call.getArg(I));
    if (Which == 1)
      T.Error = I - Skip;
    else if (Which == 2)
      T.Count = I - Skip;
    else if (isErrorCode(bare(Call.getArg(I))->getType()))
      T.Instead = namedVariable(bare(Call.getArg(I)));
  }
  return T;
}

Target HandlerResolver::ofFront(const CallExpr &Call) {
  const FunctionDecl *Fn = namedFunction(Call.getArg(0));
  if (!Fn)
    return {};
  int Bound = static_cast<int>(Call.getNumArgs() - 1 - objectArguments(*Fn));
  return {.Fn = Fn, .Error = Bound, .Count = Bound + 1, .Known = true, .Binding = &Call};
}

//===----------------------------------------------------------------------===//
// The handler's own body
//===----------------------------------------------------------------------===//

static const FunctionDecl *definitionOf(const FunctionDecl &Fn) {
  const FunctionDecl *Definition = nullptr;
  return Fn.hasBody(Definition) ? Definition : nullptr;
}

/// The body ends the connection, whatever happened: that the last message did not
/// arrive changes nothing.
static bool endsConnection(const Stmt *Body) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
  return Block && llvm::any_of(Block->body(), [](const Stmt *S) {
           const auto *E = dyn_cast<Expr>(S);
           const auto *Call = E ? dyn_cast<CallExpr>(bare(E)) : nullptr;
           const FunctionDecl *Fn = Call ? Call->getDirectCallee() : nullptr;
           return Fn && isEnding(*Fn);
         });
}

static Fate fateOf(const ValueUses &U) {
  if (!U.Bits)
    return Fate::Ignored;
  if (U.onlyAmong(ValueUses::Voided))
    return Fate::Voided;
  return U.onlyAmong(ValueUses::Voided | ValueUses::Logged) ? Fate::Logged : Fate::Used;
}

/// Follows a parameter that is only passed on to another function of the project.
static const ParmVarDecl *passedOn(const ParmVarDecl &P, const ResultUse &Uses) {
  if (Uses.captured(P) || Uses.references(P).size() != 1)
    return nullptr;
  const Stmt *S = Uses.references(P).front(), *Up = Uses.parent(S);
  while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(Up) ||
         (isa_and_nonnull<CXXConstructExpr>(Up) && cast<CXXConstructExpr>(Up)->getNumArgs() == 1)) {
    S = Up;
    Up = Uses.parent(S);
  }
  const auto *Call = dyn_cast_or_null<CallExpr>(Up);
  const FunctionDecl *Callee = Call && !isa<CXXOperatorCallExpr>(Call) ? Call->getDirectCallee() : nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  if (!Callee || (Method && Method->isVirtual()))
    return nullptr;
  const FunctionDecl *Definition = definitionOf(*Callee);
  for (unsigned I = 0; Definition && I < Call->getNumArgs() && I < Definition->getNumParams(); ++I)
    if (Call->getArg(I) == S)
      return Definition->getParamDecl(I);
  return nullptr;
}

static const ParmVarDecl *parameterAt(const FunctionDecl &Fn, int Index) {
  if (Index < 0 || Fn.getNumParams() == 0)
    return nullptr;
  unsigned Last = Fn.getNumParams() - 1;
  if (static_cast<unsigned>(Index) > Last) // `auto...` takes them all
    return Fn.getParamDecl(Last)->isParameterPack() ? Fn.getParamDecl(Last) : nullptr;
  return Fn.getParamDecl(Index);
}

/// The parameter that is the error, whatever its place: completion handlers have
/// one error code, and bound values may stand before it.
static const ParmVarDecl *errorParameter(const FunctionDecl &Fn, int Index) {
  const ParmVarDecl *Found = nullptr;
  for (const ParmVarDecl *P : Fn.parameters())
    if (isErrorCode(P->getType()))
      Found = P;
  const ParmVarDecl *There = parameterAt(Fn, Index);
  bool Fits = There && (isErrorCode(There->getType()) || There->getType()->isDependentType() ||
                        There->getType()->isIntegerType() || !Found);
  return Fits ? There : Found;
}

static int errorIndex(Extraction &X, const CallSite &Site) {
  if (const model::Entry *M = X.Models.match(Site, Role::Handlers))
    for (std::size_t I = 0; I < M->Parameters.size(); ++I)
      if (M->Parameters[I] == Parameter::Error)
        return static_cast<int>(I);
  return 0;
}

static void judgeError(Extraction &X, const FunctionDecl &Definition, const ParmVarDecl *P, HandlerReport &R) {
  const FunctionDecl *In = &Definition;
  constexpr unsigned LongestTrampoline = 3;
  for (unsigned Hop = 0; P; ++Hop) {
    if (X.E.isLibrary(*In) || isEnding(*In) || endsConnection(In->getBody()))
      return;
    ResultUse Uses(X.E.context(), *In);
    R.Error = fateOf(Uses.parameter(*P));
    R.Lost = P->getLocation();
    R.Holder = P->getNameAsString();
    if (R.Error == Fate::Ignored && P->hasAttr<UnusedAttr>())
      R.Error = Fate::Voided;
    const ParmVarDecl *Next = R.Error == Fate::Used && Hop < LongestTrampoline ? passedOn(*P, Uses) : nullptr;
    if (!Next)
      return;
    P = Next;
    In = cast<FunctionDecl>(P->getDeclContext());
  }
}

static Fate countFate(Extraction &X, const FunctionDecl &Definition, const ParmVarDecl *P) {
  if (!P || P->isParameterPack())
    return P ? Fate::Ignored : Fate::Used;
  ResultUse Uses(X.E.context(), Definition);
  return fateOf(Uses.parameter(*P));
}

HandlerReport reportOfHandler(Extraction &X, const CallSite &Site, const Expr &Handler) {
  HandlerReport R;
  Target T = HandlerResolver(X).resolve(&Handler);
  if (!T.Known)
    return R;
  if (T.Binding && T.Error < 0) {
    R.Lost = T.Binding->getBeginLoc();
    R.Error = T.Instead ? Fate::Replaced : Fate::Unbound;
    R.Holder = T.Instead ? T.Instead->getNameAsString() : T.Fn->getNameAsString();
    const FunctionDecl *Definition = definitionOf(*T.Fn);
    if (isEnding(*T.Fn) || (Definition && endsConnection(Definition->getBody())))
      R.Error = Fate::Used;
    return R;
  }
  const FunctionDecl *Definition = definitionOf(*T.Fn);
  if (!Definition)
    return R;
  int Index = T.Binding ? T.Error : errorIndex(X, Site);
  judgeError(X, *Definition, errorParameter(*Definition, Index), R);
  if (!endsConnection(Definition->getBody()) && !isEnding(*Definition))
    R.Count = T.Count < 0 ? Fate::Unbound : countFate(X, *Definition, parameterAt(*Definition, T.Count));
  return R;
}

} // namespace nettune::analysis
