//===- CallableFlow.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallableFlow.h"

#include <clang/AST/DeclTemplate.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;

// Types and expressions nest this deep in real code; deeper is generated or broken.
static constexpr unsigned DeepestType = 6, DeepestExpression = 48;

std::vector<SlotId> CallableFlow::slotsOf(const AtomSet &Atoms) {
  std::vector<SlotId> Slots;
  for (Atom A : Atoms)
    if (A.IsSlot)
      Slots.push_back(A.Id);
  return Slots;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool CallableFlow::carries(QualType T, unsigned Depth) {
  if (T.isNull() || Depth > DeepestType)
    return false;
  T = T.getCanonicalType().getNonReferenceType();
  if (T->isFunctionType() || T->isMemberFunctionPointerType() || T->isDependentType())
    return true;
  if (T->isPointerType())
    return carries(T->getPointeeType(), Depth + 1);
  if (const auto *A = dyn_cast<ArrayType>(T.getTypePtr()))
    return carries(A->getElementType(), Depth + 1);
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R)
    return false;
  const Type *Key = T.getCanonicalType().getTypePtr();
  auto It = Carries.find(Key);
  if (It != Carries.end())
    return It->second;
  Carries[Key] = false; // a class that contains itself
  bool Result = recordCarries(*R, Depth);
  return Carries[Key] = Result;
}

bool CallableFlow::argumentsCarry(ArrayRef<TemplateArgument> Arguments, unsigned Depth) {
  return llvm::any_of(Arguments, [&](const TemplateArgument &A) {
    if (A.getKind() == TemplateArgument::Pack)
      return argumentsCarry(A.pack_elements(), Depth);
    return A.getKind() == TemplateArgument::Type && carries(A.getAsType(), Depth + 1);
  });
}

bool CallableFlow::recordCarries(const CXXRecordDecl &R, unsigned Depth) {
  if (R.isLambda())
    return true;
  if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&R))
    if (argumentsCarry(S->getTemplateArgs().asArray(), Depth))
      return true;
  if (!R.hasDefinition())
    return false;
  if (!E.isLibrary(R) && callOperator(&R))
    return true;
  return llvm::any_of(R.bases(),
                      [&](const CXXBaseSpecifier &B) { return carries(B.getType(), Depth + 1); });
}

const CXXMethodDecl *CallableFlow::callOperator(const CXXRecordDecl *R) const {
  if (!R || !R->hasDefinition())
    return nullptr;
  DeclarationName Name = E.context().DeclarationNames.getCXXOperatorName(OO_Call);
  for (const NamedDecl *D : R->lookup(Name)) {
    if (const auto *M = dyn_cast<CXXMethodDecl>(D))
      return M;
    // A generic functor: the instantiation that was called, if there is one.
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D)) {
      for (const FunctionDecl *S : T->specializations())
        return dyn_cast<CXXMethodDecl>(S);
      return dyn_cast<CXXMethodDecl>(T->getTemplatedDecl());
    }
  }
  return nullptr;
}

bool CallableFlow::isWrapper(const CXXRecordDecl *R) const {
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  if (!S)
    return false;
  bool HasSignature = llvm::any_of(S->getTemplateArgs().asArray(), [](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type && A.getAsType()->isFunctionType();
  });
  if (!HasSignature)
    return false;
  if (callOperator(R))
    return true;
  return R->hasDefinition() && llvm::any_of(R->bases(), [&](const CXXBaseSpecifier &B) {
           const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
           return Base && (isWrapper(Base) || callOperator(Base));
         });
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

AtomSet CallableFlow::atoms(const Expr *Value) {
  Set Out;
  collect(Value, Out, 0);
  return {Out.begin(), Out.end()};
}

void CallableFlow::collect(const Expr *Value, Set &Out, unsigned Depth) {
  if (!Value || Depth > DeepestExpression)
    return;
  Value = Value->IgnoreParens();
  if (collectWrapped(Value, Out, Depth + 1))
    return;
  if (const auto *L = dyn_cast<LambdaExpr>(Value)) {
    Out.insert(Atom::function(E.function(*L->getCallOperator())));
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(Value)) {
    collectReference(*Ref, Out);
  } else if (const auto *M = dyn_cast<MemberExpr>(Value)) {
    collectMember(*M, Out, Depth);
  } else if (const auto *C = dyn_cast<AbstractConditionalOperator>(Value)) {
    collect(C->getTrueExpr(), Out, Depth + 1);
    collect(C->getFalseExpr(), Out, Depth + 1);
  } else if (const auto *B = dyn_cast<BinaryOperator>(Value)) {
    bool FromRight = B->isAssignmentOp() || B->getOpcode() == BO_Comma || B->isPtrMemOp();
    if (FromRight || B->isAdditiveOp())
      collect(FromRight ? B->getRHS() : B->getLHS(), Out, Depth + 1);
  } else if (const auto *I = dyn_cast<InitListExpr>(Value)) {
    collectFunctor(I->getType(), Out);
    for (const Expr *Init : I->inits())
      collect(Init, Out, Depth + 1);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value)) {
    collectConstruct(*Construct, Out, Depth);
  } else if (const auto *Call = dyn_cast<CallExpr>(Value)) {
    collectCall(*Call, Out, Depth);
  }
}

/// Expressions that stand for another one.
bool CallableFlow::collectWrapped(const Expr *Value, Set &Out, unsigned Depth) {
  const Expr *Inner = nullptr;
  if (const auto *X = dyn_cast<FullExpr>(Value))
    Inner = X->getSubExpr();
  else if (const auto *X = dyn_cast<CastExpr>(Value))
    Inner = X->getSubExpr();
  else if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(Value))
    Inner = X->getSubExpr();
  else if (const auto *X = dyn_cast<CXXBindTemporaryExpr>(Value))
    Inner = X->getSubExpr();
  else if (const auto *X = dyn_cast<CXXStdInitializerListExpr>(Value))
    Inner = X->getSubExpr();
  else if (const auto *X = dyn_cast<SubstNonTypeTemplateParmExpr>(Value))
    Inner = X->getReplacement();
  else if (const auto *X = dyn_cast<UnaryOperator>(Value))
    Inner = X->getSubExpr();
  else if (const auto *X = dyn_cast<ArraySubscriptExpr>(Value))
    Inner = X->getBase();
  else if (const auto *X = dyn_cast<CXXNewExpr>(Value))
    Inner = X->getConstructExpr();
  else if (const auto *X = dyn_cast<CoawaitExpr>(Value))
    Inner = X->getOperand();
  else
    return isa<CXXDefaultArgExpr>(Value);
  collect(Inner, Out, Depth);
  return true;
}

void CallableFlow::collectReference(const DeclRefExpr &Ref, Set &Out) {
  const ValueDecl *D = Ref.getDecl();
  if (const auto *Fn = dyn_cast<FunctionDecl>(D)) {
    Out.insert(Atom::function(E.function(*Fn)));
    return;
  }
  collectFunctor(Ref.getType(), Out);
  if (isa<VarDecl, BindingDecl>(D) && carries(D->getType()))
    Out.insert(Atom::slot(E.slot(*D)));
}

void CallableFlow::collectMember(const MemberExpr &Member, Set &Out, unsigned Depth) {
  const ValueDecl *D = Member.getMemberDecl();
  if (const auto *Fn = dyn_cast<FunctionDecl>(D)) {
    Out.insert(Atom::function(E.function(*Fn)));
    return;
  }
  collectFunctor(Member.getType(), Out);
  if (const auto *Field = dyn_cast<FieldDecl>(D)) {
    // A field of a library struct (pair::second) is its base object.
    if (E.isLibrary(*Field))
      collect(Member.getBase(), Out, Depth + 1);
    if (carries(Field->getType()))
      Out.insert(Atom::slot(E.slot(*Field)));
  } else if (isa<VarDecl>(D) && carries(D->getType())) {
    Out.insert(Atom::slot(E.slot(*D)));
  }
}

void CallableFlow::collectConstruct(const CXXConstructExpr &C, Set &Out, unsigned Depth) {
  const CXXConstructorDecl *K = C.getConstructor();
  const CXXRecordDecl *R = K->getParent();
  collectFunctor(C.getType(), Out);
  if (E.isLibrary(*R) || isWrapper(R) || K->isCopyOrMoveConstructor() || R->isLambda())
    for (const Expr *A : C.arguments())
      collect(A, Out, Depth + 1);
}

void CallableFlow::collectCall(const CallExpr &Call, Set &Out, unsigned Depth) {
  const FunctionDecl *Fn = Call.getDirectCallee();
  if (!Fn)
    return;
  const auto *M = dyn_cast<CXXMethodDecl>(Fn);
  if (isa<CXXConversionDecl>(Fn) && M->getParent()->isLambda()) // to a function pointer
    return collect(cast<CXXMemberCallExpr>(Call).getImplicitObjectArgument(), Out, Depth + 1);
  bool OfLibrary = E.isLibrary(*Fn) || (M && isWrapper(M->getParent()));
  if (!OfLibrary) {
    if (!carries(Fn->getReturnType()))
      return;
    Out.insert(Atom::slot(E.facts().returned(E.function(*Fn))));
    collectFunctor(Call.getType(), Out);
    return;
  }
  // A library function whose result carries callables got them from its
  // arguments or its object: bind, move, begin(), operator[], *iterator.
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
  CallSite Site = CallSite::of(Call);
  bool Modelled = Models.match(Site, model::Role::Transparent);
  if (Operator && Operator->getOperator() == OO_Call && !Modelled)
    return;
  if (Models.match(Site, model::Role::Handoffs))
    return; // bind_executor(pool, f): whoever calls the result runs f elsewhere
  if (!carries(Call.getType()) && !Operator && !Modelled)
    return;
  for (Atom A : named(*Fn))
    Out.insert(A);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
    collect(Member->getImplicitObjectArgument(), Out, Depth + 1);
    if (!Modelled)
      return; // container::at(key): the key is no part of the value
  }
  if (Operator && Operator->getOperator() != OO_Equal && !Modelled) {
    collect(Call.getArg(0), Out, Depth + 1);
    return;
  }
  for (const Expr *A : Call.arguments())
    collect(A, Out, Depth + 1);
}

AtomSet CallableFlow::named(const FunctionDecl &Fn) {
  Set Out;
  if (const TemplateArgumentList *Arguments = Fn.getTemplateSpecializationArgs())
    for (const TemplateArgument &A : Arguments->asArray())
      if (A.getKind() == TemplateArgument::Declaration)
        if (const auto *Named = dyn_cast<FunctionDecl>(A.getAsDecl()))
          Out.insert(Atom::function(E.function(*Named)));
  return {Out.begin(), Out.end()};
}

void CallableFlow::collectFunctor(QualType T, Set &Out) {
  T = T.getNonReferenceType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->isLambda() || E.isLibrary(*R) || isWrapper(R))
    return;
  if (const CXXMethodDecl *M = callOperator(R))
    Out.insert(Atom::function(E.function(*M)));
}

} // namespace nettune::analysis
