//===- ResultUse.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ResultUse.h"

#include "analysis/EntityNames.h"
#include "analysis/HandlerErrors.h"
#include "analysis/LogCalls.h"

#include <clang/AST/Attr.h>
#include <clang/AST/StmtCXX.h>
#include <clang/Basic/SourceManager.h>

#include <llvm/ADT/SetVector.h>

using namespace clang;

namespace nettune::analysis {

// A value that moves through more variables than this is used, whatever it is.
static constexpr unsigned DeepestChain = 6;

const ValueDecl *namedVariable(const Expr *E) {
  if (!E)
    return nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  return Ref && isa<VarDecl, BindingDecl>(Ref->getDecl()) ? Ref->getDecl() : nullptr;
}

ResultUse::ResultUse(ASTContext &Ctx, const FunctionDecl &Fn)
    : Ctx(Ctx), Fn(Fn), Body(Fn.getBody()), Coroutine(isa_and_nonnull<CoroutineBodyStmt>(Body)) {
  if (Coroutine)
    Body = cast<CoroutineBodyStmt>(Body)->getBody();
  if (Body)
    index(*Body, /*InLambda=*/false);
}

ResultUse::~ResultUse() = default;

//===----------------------------------------------------------------------===//
// The body
//===----------------------------------------------------------------------===//

/// What a statement is made of, as written: an awaited operand once.
static SmallVector<const Stmt *, 8> partsOf(const Stmt &S) {
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S))
    return {Await->getOperand()};
  SmallVector<const Stmt *, 8> Parts;
  for (const Stmt *Child : S.children())
    if (Child)
      Parts.push_back(Child);
  return Parts;
}

void ResultUse::index(const Stmt &S, bool InLambda) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    if (InLambda)
      Captured.insert(Ref->getDecl());
    else
      References[Ref->getDecl()].push_back(Ref);
  }
  bool Lambda = isa<LambdaExpr>(S);
  if (const auto *L = dyn_cast<LambdaExpr>(&S))
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable())
        Captured.insert(C.getCapturedVar());
  for (const Stmt *Part : partsOf(S)) {
    Parents[Part] = &S;
    index(*Part, InLambda || Lambda);
  }
}

ArrayRef<const DeclRefExpr *> ResultUse::references(const ValueDecl &D) const {
  auto It = References.find(&D);
  return It == References.end() ? ArrayRef<const DeclRefExpr *>() : ArrayRef(It->second);
}

const Stmt *ResultUse::loopAround(const Stmt *S) const {
  for (const Stmt *P = parent(S); P; S = P, P = parent(P)) {
    if (isa<LambdaExpr>(P))
      return nullptr;
    if (isa<WhileStmt, DoStmt>(P))
      return P;
    if (const auto *F = dyn_cast<ForStmt>(P); F && S != F->getInit())
      return P;
    if (const auto *R = dyn_cast<CXXForRangeStmt>(P); R && S != R->getRangeStmt() && S != R->getInit())
      return P;
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Up the expression
//===----------------------------------------------------------------------===//

static bool isEmpty(const Stmt *S) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(S);
  return isa_and_nonnull<NullStmt>(S) || (Block && Block->body_empty());
}

/// The value decides about control flow at \p P.
static bool isConditionOf(const Stmt *S, const Stmt *P) {
  if (const auto *X = dyn_cast<IfStmt>(P))
    return S == X->getCond();
  if (const auto *X = dyn_cast<WhileStmt>(P))
    return S == X->getCond();
  if (const auto *X = dyn_cast<DoStmt>(P))
    return S == X->getCond();
  if (const auto *X = dyn_cast<ForStmt>(P))
    return S == X->getCond();
  if (const auto *X = dyn_cast<SwitchStmt>(P))
    return S == X->getCond();
  if (const auto *X = dyn_cast<AbstractConditionalOperator>(P))
    return S == X->getCond();
  return false;
}

static bool isIgnore(const Expr *E) {
  const ValueDecl *V = namedVariable(E);
  return V && V->getDeclName().isIdentifier() && V->getName() == "ignore" && V->isInStdNamespace();
}

/// A number that only tells apart success and failure: -1, 0, 1.
static bool isErrorConstant(const Expr *E, const ASTContext &Ctx) {
  Expr::EvalResult Value;
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType() || !E->EvaluateAsInt(Value, Ctx))
    return false;
  auto Number = Value.Val.getInt().getExtValue();
  return -1 <= Number && Number <= 1;
}

ValueUses ResultUse::value(const Expr &E) {
  ValueUses U;
  climb(&E, U);
  return U;
}

void ResultUse::climb(const Stmt *From, ValueUses &U) {
  bool AsBool = false, Derived = false;
  for (const Stmt *S = From; S;) {
    const Stmt *P = parent(S);
    if (!P)
      return;
    if (isConditionOf(S, P)) {
      const auto *If = dyn_cast<IfStmt>(P);
      bool Idle = If && isEmpty(If->getThen()) && (!If->getElse() || isEmpty(If->getElse()));
      if (Idle)
        U.Bits |= ValueUses::Voided; // the way round a warning of the compiler
      else
        U.Bits |= AsBool && !Derived ? ValueUses::BoolTest : ValueUses::Read;
      return;
    }
    S = step(S, P, AsBool, Derived, U);
  }
}

/// One step up; null: the way has ended, and U says how.
const Stmt *ResultUse::step(const Stmt *S, const Stmt *P, bool &AsBool, bool &Derived, ValueUses &U) {
  auto End = [&](unsigned Bits) {
    U.Bits |= Bits;
    return nullptr;
  };
  unsigned Whole = AsBool && !Derived ? ValueUses::BoolTest : ValueUses::Read;
  if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr, CoroutineSuspendExpr,
          AbstractConditionalOperator>(P))
    return P;
  if (const auto *Cast = dyn_cast<CastExpr>(P)) {
    if (Cast->getCastKind() == CK_ToVoid)
      return End(ValueUses::Voided);
    AsBool |= Cast->getCastKind() == CK_IntegralToBoolean;
    return P;
  }
  if (const auto *D = dyn_cast<DeclStmt>(P))
    return intoVariable(S, *D, AsBool, U);
  if (const auto *B = dyn_cast<BinaryOperator>(P))
    return throughOperator(S, *B, AsBool, Derived, U);
  if (const auto *Not = dyn_cast<UnaryOperator>(P))
    return Not->getOpcode() == UO_LNot ? P : End(Whole);
  if (isa<MemberExpr>(P)) {
    Derived = true;
    return P;
  }
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(P); Assign && Assign->getOperator() == OO_Equal)
    return throughAssignment(S, *Assign, U);
  if (const auto *Call = dyn_cast<CallExpr>(P))
    return throughCall(S, *Call, Derived, U);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(P))
    return Construct->getConstructor()->isCopyOrMoveConstructor() ? P : End(Whole);
  if (const auto *List = dyn_cast<InitListExpr>(P))
    return List->getNumInits() == 1 && List->getType()->isScalarType() ? P : End(Whole);
  if (const auto *Block = dyn_cast<CompoundStmt>(P)) {
    const Stmt *Around = parent(P);
    bool IsValue = isa_and_nonnull<StmtExpr>(Around) && !Block->body_empty() && Block->body_back() == S;
    return IsValue ? Around : nullptr;
  }
  if (isa<IfStmt, ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchCase, LabelStmt, AttributedStmt,
          SwitchStmt>(P))
    return nullptr;
  return End(Whole);
}

const Stmt *ResultUse::throughOperator(const Stmt *S, const BinaryOperator &B, bool AsBool, bool Derived,
                                       ValueUses &U) {
  bool Left = S == B.getLHS();
  const Expr *Other = Left ? B.getRHS() : B.getLHS();
  if (B.getOpcode() == BO_Comma)
    return Left ? nullptr : &B;
  if (B.isAssignmentOp() && Left)
    return nullptr; // written, not read
  if (B.getOpcode() == BO_Assign) {
    const auto *V = dyn_cast_or_null<VarDecl>(namedVariable(Other));
    if (V)
      keep(*V, B, U);
    else
      U.Bits |= ValueUses::Read;
    return V ? &B : nullptr;
  }
  if (B.getOpcode() == BO_AddAssign && !Derived) {
    U.Sum = namedVariable(Other);
    if (const auto *M = dyn_cast<MemberExpr>(Other->IgnoreParenImpCasts()))
      U.Sum = M->getMemberDecl();
    U.Bits |= ValueUses::Added;
    return nullptr;
  }
  bool OfError = !Derived && B.isComparisonOp() && isErrorConstant(Other, Ctx);
  bool OfBool = !Derived && AsBool && B.isLogicalOp();
  U.Bits |= OfError ? ValueUses::ErrorTest : OfBool ? ValueUses::BoolTest : ValueUses::Read;
  return nullptr;
}

const Stmt *ResultUse::throughAssignment(const Stmt *S, const CXXOperatorCallExpr &C, ValueUses &U) {
  if (S != C.getArg(1))
    return nullptr; // written, or the operator's own name
  if (isIgnore(C.getArg(0))) {
    U.Bits |= ValueUses::Voided;
    return nullptr;
  }
  const auto *V = dyn_cast_or_null<VarDecl>(namedVariable(C.getArg(0)));
  if (V)
    keep(*V, C, U);
  else
    U.Bits |= ValueUses::Read;
  return V ? &C : nullptr;
}

const Stmt *ResultUse::throughCall(const Stmt *S, const CallExpr &C, bool &Derived, ValueUses &U) {
  if (S == C.getCallee()) { // a member of the value is called
    Derived = true;
    return &C;
  }
  const FunctionDecl *Callee = C.getDirectCallee();
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&C)) {
    if (isLogInsertion(*Operator)) {
      if (S != C.getArg(0))
        U.Bits |= ValueUses::Logged;
      return nullptr;
    }
  } else if (isLogCall(C)) {
    U.Bits |= ValueUses::Logged;
    return nullptr;
  }
  if (Callee && Callee->getDeclName().isIdentifier()) {
    StringRef Name = Callee->getName();
    if (Name == "ignore_unused" || Name == "unused") {
      U.Bits |= ValueUses::Voided;
      return nullptr;
    }
    if (Name == "move" || Name == "forward")
      return &C;
    if (makesText(*Callee)) {
      Derived = true;
      return &C;
    }
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S); Ref && writes(*Ref))
    return nullptr;
  U.Bits |= ValueUses::Read;
  return nullptr;
}

const Stmt *ResultUse::intoVariable(const Stmt *S, const DeclStmt &D, bool AsBool, ValueUses &U) {
  if (AsBool) {
    U.Bits |= ValueUses::BoolTest;
    return nullptr;
  }
  for (const Decl *Part : D.decls()) {
    const auto *V = dyn_cast<VarDecl>(Part);
    if (!V || V->getInit() != S)
      continue;
    if (const auto *Bindings = dyn_cast<DecompositionDecl>(V)) {
      // `auto [error, count] = co_await ...`
      for (const BindingDecl *B : Bindings->bindings())
        if (const CXXRecordDecl *R = B->getType().getNonReferenceType()->getAsCXXRecordDecl();
            R && StringRef(qualifiedName(*R)).ends_with("error_code")) {
          U.Holder = B;
          readAnywhere(*B, U);
          return nullptr;
        }
      break;
    }
    keep(*V, D, U);
    return nullptr;
  }
  U.Bits |= ValueUses::Read;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

ValueUses ResultUse::written(const Expr &Argument, const Expr &Call) {
  ValueUses U;
  const Expr *E = Argument.IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(E); Address && Address->getOpcode() == UO_AddrOf)
    E = Address->getSubExpr();
  if (const auto *V = dyn_cast_or_null<VarDecl>(namedVariable(E)))
    keep(*V, Call, U);
  else
    U.Bits |= ValueUses::Read;
  return U;
}

ValueUses ResultUse::parameter(const ParmVarDecl &P) {
  ValueUses U;
  readAnywhere(P, U);
  return U;
}

/// The value reaches more than the variable's own reads.
bool ResultUse::escapes(const ValueDecl &V) const {
  if (captured(V))
    return true;
  return llvm::any_of(references(V), [&](const DeclRefExpr *Ref) {
    const Stmt *P = parent(Ref);
    while (isa_and_nonnull<ParenExpr>(P))
      P = parent(P);
    if (const auto *Address = dyn_cast_or_null<UnaryOperator>(P))
      return Address->getOpcode() == UO_AddrOf && !isa_and_nonnull<CallExpr>(parent(Address));
    if (const auto *D = dyn_cast_or_null<DeclStmt>(P))
      return llvm::any_of(D->decls(), [](const Decl *Part) {
        const auto *Alias = dyn_cast<VarDecl>(Part);
        return Alias && Alias->getType()->isReferenceType();
      });
    return false;
  });
}

void ResultUse::keep(const VarDecl &V, const Stmt &Definition, ValueUses &U) {
  U.Holder = &V;
  // A lambda's captured variable is its neighbours' as well.
  bool Local = V.hasLocalStorage() && !V.getType()->isReferenceType() && V.getParentFunctionOrMethod() == &Fn;
  if (!Local || Depth > DeepestChain || escapes(V)) {
    U.Bits |= ValueUses::Read;
    return;
  }
  unsigned Before = U.Bits;
  ++Depth;
  if (!readAlongFlow(V, Definition, U))
    readAnywhere(V, U);
  --Depth;
  if (U.Bits == Before && V.hasAttr<UnusedAttr>())
    U.Bits |= ValueUses::Voided;
}

void ResultUse::readAnywhere(const ValueDecl &V, ValueUses &U) {
  if (captured(V)) {
    U.Bits |= ValueUses::Read;
    return;
  }
  for (const DeclRefExpr *Ref : references(V))
    climb(Ref, U);
}

/// A function of a library fills the error code that it is given.
bool ResultUse::writes(const DeclRefExpr &Ref) const {
  const auto *Call = dyn_cast_or_null<CallExpr>(parent(&Ref));
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !Ctx.getSourceManager().isInSystemHeader(Callee->getLocation()))
    return false;
  const CXXRecordDecl *R = Ref.getType()->getAsCXXRecordDecl();
  if (!R || R->getNameAsString() != "error_code")
    return false;
  unsigned Skip = isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee) ? 1 : 0;
  for (unsigned I = Skip; I < Call->getNumArgs() && I - Skip < Callee->getNumParams(); ++I)
    if (Call->getArg(I) == &Ref) {
      QualType T = Callee->getParamDecl(I - Skip)->getType();
      return T->isLValueReferenceType() && !T.getNonReferenceType().isConstQualified();
    }
  return false;
}

/// Gives \p V a new value.
bool ResultUse::defines(const Stmt &S, const VarDecl &V) const {
  if (const auto *B = dyn_cast<BinaryOperator>(&S))
    return B->getOpcode() == BO_Assign && namedVariable(B->getLHS()) == &V;
  if (const auto *D = dyn_cast<DeclStmt>(&S))
    return D->isSingleDecl() && D->getSingleDecl() == &V;
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(&S); C && C->getOperator() == OO_Equal)
    return namedVariable(C->getArg(0)) == &V;
  if (const auto *C = dyn_cast<CallExpr>(&S))
    return llvm::any_of(C->arguments(), [&](const Expr *A) {
      const auto *Ref = dyn_cast<DeclRefExpr>(A);
      return Ref && Ref->getDecl() == &V && writes(*Ref);
    });
  return false;
}

const CFG *ResultUse::flow() {
  if (!Flow) {
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    Flow = Coroutine ? nullptr : CFG::buildCFG(&Fn, const_cast<Stmt *>(Body), &Ctx, Options);
  }
  return Flow->get();
}

/// Reads that control reaches from the definition before the next one. False if
/// the flow is not known.
bool ResultUse::readAlongFlow(const VarDecl &V, const Stmt &Definition, ValueUses &U) {
  const CFG *Graph = flow();
  if (!Graph)
    return false;
  bool IsDeclaration = isa<DeclStmt>(Definition);
  auto IsStart = [&](const Stmt &S) { return IsDeclaration ? isa<DeclStmt>(S) && defines(S, V) : &S == &Definition; };
  SmallVector<std::pair<const CFGBlock *, unsigned>> Work;
  for (const CFGBlock *Block : *Graph)
    for (unsigned I = 0; I < Block->size(); ++I)
      if (auto S = (*Block)[I].getAs<CFGStmt>(); S && IsStart(*S->getStmt()))
        Work.push_back({Block, I + 1});
  if (Work.empty())
    return false;
  llvm::DenseSet<const CFGBlock *> Seen;
  llvm::SmallSetVector<const DeclRefExpr *, 8> Reads;
  bool ComesBack = false;
  while (!Work.empty()) {
    auto [Block, From] = Work.pop_back_val();
    bool Ended = false;
    for (unsigned I = From; I < Block->size() && !Ended; ++I) {
      auto Element = (*Block)[I].getAs<CFGStmt>();
      if (!Element)
        continue;
      const Stmt &S = *Element->getStmt();
      if (const auto *Ref = dyn_cast<DeclRefExpr>(&S); Ref && Ref->getDecl() == &V)
        Reads.insert(Ref);
      Ended = defines(S, V) || IsStart(S);
      ComesBack |= Ended && !IsDeclaration && IsStart(S);
    }
    if (Ended)
      continue;
    for (const CFGBlock *Next : Block->succs())
      if (Next && Seen.insert(Next).second)
        Work.push_back({Next, 0});
  }
  unsigned Before = U.Bits;
  for (const DeclRefExpr *Ref : Reads)
    climb(Ref, U);
  U.Overwritten = ComesBack && U.Bits != Before && replacedInLoop(V, Definition);
  return true;
}

/// No turn of the loop reads what it wrote.
bool ResultUse::replacedInLoop(const VarDecl &V, const Stmt &Definition) {
  const Stmt *Loop = loopAround(&Definition);
  ValueUses AtOnce; // while ((sent = send(...)) < 0)
  if (!isa<CallExpr>(Definition) || isa<CXXOperatorCallExpr>(Definition))
    climb(&Definition, AtOnce);
  if (!Loop || AtOnce.Bits)
    return false;
  if (const auto *Do = dyn_cast<DoStmt>(Loop); Do && mentionsErrno(Do->getCond()))
    return false;
  return llvm::none_of(references(V), [&](const DeclRefExpr *Ref) {
    const Stmt *P = parent(Ref);
    const auto *B = dyn_cast_or_null<BinaryOperator>(P);
    bool Written = (B && B->getOpcode() == BO_Assign && B->getLHS() == Ref) || writes(*Ref);
    if (const auto *C = dyn_cast_or_null<CXXOperatorCallExpr>(P); C && C->getOperator() == OO_Equal)
      Written |= C->getArg(0) == Ref;
    if (Written)
      return false;
    for (const Stmt *Around = P; Around; Around = parent(Around))
      if (Around == Loop)
        return true;
    return false;
  });
}

} // namespace nettune::analysis
