//===- BufferUses.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/BufferUses.h"

#include "analysis/BufferSources.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {

using Kind = BufferUse::Kind;
static constexpr unsigned DeepestChain = 4;
static constexpr BufferUse Reads{Kind::Read, true, false};
static constexpr BufferUse ReadsAsIs{Kind::Read, false, false};
static constexpr BufferUse Copies{Kind::Read, false, false, /*Copied=*/true};
static constexpr BufferUse Holds{Kind::Read, true, true};
static constexpr BufferUse Changes{Kind::Changed, false, false};
static constexpr BufferUse Unknown{};

const BodyIndex *BodyIndexes::of(const FunctionDecl &Fn) {
  const FunctionDecl *Definition = nullptr;
  if (!Fn.hasBody(Definition) || Definition->isDependentContext())
    return nullptr;
  std::unique_ptr<BodyIndex> &Entry = Known[Definition];
  if (!Entry)
    Entry = std::make_unique<BodyIndex>(*Definition);
  return Entry.get();
}

BufferUses UseClassifier::uses(const ValueDecl &D, const Expr *Except, const Stmt *Declared) {
  BufferUses All;
  for (const Expr *Reference : Index.uses(D)) {
    if (Reference == Except)
      continue;
    BufferUse U = lvalue(*Reference);
    All.Any = true;
    All.OnlyRead &= U.K == Kind::Read;
    All.AsView &= U.AsView;
    All.Copied |= U.Copied;
    const Stmt *Around = Declared ? Index.loopAround(*Reference, *Declared) : nullptr;
    const Stmt &Whole = Around ? *Around : Index.statementOf(*Reference);
    All.Last = std::max(All.Last, U.Held ? Index.last() : Index.end(Whole));
  }
  return All;
}

BufferUses UseClassifier::parameterUses(const FunctionDecl &Callee, unsigned Parameter) {
  BufferUses No{false, false, false, false, 0};
  if (Depth > DeepestChain || Callee.isVariadic())
    return No;
  if (const auto *M = dyn_cast<CXXMethodDecl>(&Callee); M && M->isVirtual())
    return No;
  const BodyIndex *Body = Bodies.of(Callee);
  const FunctionDecl *Definition = nullptr;
  if (!Body || !Callee.hasBody(Definition) || Parameter >= Definition->getNumParams() ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return No;
  return UseClassifier(Bodies, *Body, Depth + 1).uses(*Definition->getParamDecl(Parameter));
}

bool UseClassifier::mayChange(const FunctionDecl &Callee, const FieldDecl &Field) {
  const BodyIndex *Body = Bodies.of(Callee);
  if (!Body || Depth > DeepestChain)
    return true;
  UseClassifier Inside(Bodies, *Body, Depth + 1);
  if (!Inside.uses(Field).OnlyRead || !Body->Suspends.empty())
    return true;
  return llvm::any_of(Body->AllCalls, [&](const CallExpr *C) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
    if (!M || M->isConst() || M->isStatic() ||
        M->getParent()->getCanonicalDecl() != Field.getParent()->getCanonicalDecl())
      return false;
    return M->isVirtual() || Inside.mayChange(*M, Field);
  });
}

//===----------------------------------------------------------------------===//
// The buffer as an object
//===----------------------------------------------------------------------===//

static bool isTransparent(const Stmt &S) {
  if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr>(S))
    return true;
  const auto *C = dyn_cast<CastExpr>(&S);
  return C && (C->getCastKind() == CK_NoOp || C->getCastKind() == CK_ConstructorConversion ||
               C->getCastKind() == CK_UserDefinedConversion);
}

BufferUse UseClassifier::lvalue(const Expr &E) {
  const Stmt *P = Index.parent(E);
  if (!P)
    return Unknown;
  if (isTransparent(*P))
    return lvalue(*cast<Expr>(P));
  if (const auto *C = dyn_cast<CastExpr>(P)) {
    if (C->getCastKind() == CK_ArrayToPointerDecay)
      return pointer(*C);
    if (C->getCastKind() == CK_LValueToRValue)
      return C->getType()->isPointerType() ? pointer(*C) : Reads;
    return C->getCastKind() == CK_ToVoid ? Reads : Unknown;
  }
  if (const auto *M = dyn_cast<MemberExpr>(P)) {
    if (isa<CXXMethodDecl>(M->getMemberDecl()))
      return memberCall(E, *M);
    return lvalue(*M);
  }
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(P))
    return operatorCall(E, *C);
  if (const auto *K = dyn_cast<CXXConstructExpr>(P))
    return constructed(E, *K);
  if (const auto *C = dyn_cast<CallExpr>(P))
    return argument(E, *C);
  if (const auto *L = dyn_cast<LambdaExpr>(P))
    return captured(E, *L);
  if (const VarDecl *V = Index.initialized(E))
    return V->getType()->isReferenceType() ? alias(*V, /*View=*/false) : Unknown;
  if (const auto *U = dyn_cast<UnaryOperator>(P))
    return U->getOpcode() == UO_AddrOf ? pointer(*U) : Changes;
  if (isa<CompoundStmt>(P))
    return Reads;
  return isa<BinaryOperator>(P) ? Changes : Unknown;
}

/// Members that std::string_view or std::span have as well, by name.
static bool viewHas(StringRef Name) {
  static constexpr llvm::StringLiteral Names[] = {
      "size", "length", "empty", "begin", "end", "cbegin", "cend", "rbegin", "rend", "data",
      "front", "back", "at", "find", "rfind", "find_first_of", "find_last_of",
      "find_first_not_of", "find_last_not_of", "compare", "substr", "starts_with", "ends_with",
      "contains"};
  return llvm::is_contained(Names, Name);
}

BufferUse UseClassifier::memberCall(const Expr &Object, const MemberExpr &Member) {
  const auto *Method = cast<CXXMethodDecl>(Member.getMemberDecl());
  const Stmt *P = Index.parent(Member);
  while (P && isa<ParenExpr>(P))
    P = Index.parent(*P);
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(P);
  if (!Call)
    return Unknown;
  if (isa<CXXConversionDecl>(Method))
    return isView(Call->getType()) ? pointer(*Call) : Unknown;
  StringRef Name = Method->getDeclName().isIdentifier() ? Method->getName() : "";
  QualType T = Call->getCallReturnType(Method->getASTContext());
  bool Accesses =
      llvm::is_contained({"begin", "end", "data", "front", "back", "at", "rbegin", "rend"}, Name);
  if (!Method->isConst() && !Accesses)
    return Changes;
  BufferUse Result = Reads;
  if (isView(T) && !T->isReferenceType())
    Result = pointer(*Call);
  else if (T->isReferenceType())
    Result = element(*Call);
  Result.AsView &= viewHas(Name);
  return Result;
}

BufferUse UseClassifier::operatorCall(const Expr &E, const CXXOperatorCallExpr &Call) {
  bool First = Call.getNumArgs() > 0 && Call.getArg(0) == &E;
  switch (Call.getOperator()) {
  case OO_Subscript:
    return First ? element(Call) : Unknown;
  case OO_EqualEqual:
  case OO_ExclaimEqual:
  case OO_Less:
  case OO_Greater:
  case OO_LessEqual:
  case OO_GreaterEqual:
  case OO_Spaceship:
    return Reads;
  case OO_Plus:
    return ReadsAsIs;
  case OO_LessLess:
    return First ? Unknown : Reads;
  case OO_Equal:
  case OO_PlusEqual:
    return First ? Changes : Copies;
  default:
    return argument(E, Call);
  }
}

bool takesCopy(const FunctionDecl &Callee) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Callee);
  if (!M || !M->getParent()->isInStdNamespace())
    return false;
  if (M->getOverloadedOperator() == OO_Equal)
    return M->isCopyAssignmentOperator();
  StringRef Name = M->getDeclName().isIdentifier() ? M->getName() : "";
  return llvm::is_contained({"push_back", "push_front", "push"}, Name);
}

/// What the parameter that \p E is given to may do with it.
BufferUse UseClassifier::argument(const Expr &E, const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (isStdFunction(Callee, {"move"}) && Call.getNumArgs() == 1)
    return {E.getType().isConstQualified() ? Kind::Read : Kind::Moved, false, false};
  if (isStdFunction(Callee, {"as_const"}))
    return lvalue(Call);
  if (isStdFunction(Callee, {"ref", "cref", "addressof", "forward", "tie", "forward_as_tuple"}))
    return Unknown;
  unsigned Skip = 0;
  if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(Callee);
      M && isa<CXXOperatorCallExpr>(Call) && !M->isStatic())
    Skip = 1;
  for (unsigned I = Skip; I < Call.getNumArgs(); ++I) {
    if (Call.getArg(I) != &E)
      continue;
    if (!Callee)
      return E.getType().isConstQualified() ? ReadsAsIs : Unknown;
    if (I - Skip >= Callee->getNumParams())
      return Unknown;
    QualType T = Callee->getParamDecl(I - Skip)->getType();
    if (!T->isReferenceType() || !T->getPointeeType().isConstQualified())
      return Changes;
    BufferUses Inside = parameterUses(*Callee, I - Skip);
    bool Views = isStdClass(T, {"span", "basic_string_view"}) || (Inside.OnlyRead && Inside.AsView);
    BufferUse Result = Views ? Reads : ReadsAsIs;
    QualType R = Callee->getReturnType();
    Result.Held = R->isReferenceType() || (R->isRecordType() && !ownsBytes(R));
    Result.Copied = takesCopy(*Callee);
    return Result;
  }
  return Unknown;
}

/// Copied again, or looked at by what is constructed.
BufferUse UseClassifier::constructed(const Expr &E, const CXXConstructExpr &K) {
  const CXXConstructorDecl *C = K.getConstructor();
  if (isView(K.getType()))
    return pointer(K);
  if (C->isCopyConstructor())
    if (const auto *L = dyn_cast_or_null<LambdaExpr>(Index.parent(K)); L && !Index.initialized(K))
      return {Kind::Captured, false, false};
  if (C->isCopyConstructor())
    return isa_and_nonnull<ReturnStmt>(Index.parent(K)) ? Unknown : Copies;
  if (C->isMoveConstructor())
    return Unknown; // returned
  for (unsigned I = 0; I < K.getNumArgs() && I < C->getNumParams(); ++I)
    if (K.getArg(I) == &E) {
      QualType T = C->getParamDecl(I)->getType();
      bool ConstReference = T->isReferenceType() && T->getPointeeType().isConstQualified();
      if (!ConstReference)
        return Changes;
      return {Kind::Read, false, !ownsBytes(K.getType())};
    }
  return Unknown;
}

BufferUse UseClassifier::captured(const Expr &Init, const LambdaExpr &L) {
  auto Capture = L.capture_begin();
  for (const Expr *Each : L.capture_inits()) {
    if (Each == &Init) {
      if (const VarDecl *V = Index.initialized(Init))
        return V->getType()->isReferenceType() ? alias(*V, /*View=*/false) : Unknown;
      // Uses inside are seen by themselves; the lambda may run later.
      return Capture->getCaptureKind() == LCK_ByRef ? Holds
                                                    : BufferUse{Kind::Captured, false, false};
    }
    ++Capture;
  }
  return Unknown;
}

/// Another name for the buffer, or a view of it.
BufferUse UseClassifier::alias(const VarDecl &V, bool View) {
  if (Depth > DeepestChain)
    return Unknown;
  UseClassifier Next(Bodies, Index, Depth + 1);
  BufferUse All = Holds;
  for (const Expr *Reference : Index.uses(V)) {
    BufferUse U = View ? Next.pointer(*Reference) : Next.lvalue(*Reference);
    if (U.K != Kind::Read)
      return {U.K == Kind::Changed ? Kind::Changed : Kind::Unknown, false, /*Held=*/true};
    All.AsView &= U.AsView;
  }
  return All;
}

//===----------------------------------------------------------------------===//
// One element
//===----------------------------------------------------------------------===//

BufferUse UseClassifier::element(const Expr &E) {
  const Stmt *P = Index.parent(E);
  if (!P)
    return Unknown;
  if (isTransparent(*P))
    return element(*cast<Expr>(P));
  if (const auto *C = dyn_cast<CastExpr>(P))
    return C->getCastKind() == CK_LValueToRValue || C->getCastKind() == CK_ToVoid ? Reads : Unknown;
  if (const auto *U = dyn_cast<UnaryOperator>(P); U && U->getOpcode() == UO_AddrOf)
    return pointer(*U);
  if (const VarDecl *V = Index.initialized(E)) {
    if (!V->getType()->isReferenceType())
      return Reads;
    return V->getType()->getPointeeType().isConstQualified() ? Holds : Unknown;
  }
  if (isa<MemberExpr, CXXOperatorCallExpr, CallExpr, CXXConstructExpr>(P))
    return lvalue(E);
  return isa<CompoundStmt>(P) ? Reads : Unknown;
}

} // namespace nettune::analysis
