//===- BufferSources.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/BufferSources.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/Basic/SourceManager.h>

using namespace clang;

namespace nettune::analysis {

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static bool isNamed(const NamedDecl *D, ArrayRef<StringRef> Names) {
  return D && D->isInStdNamespace() && D->getDeclName().isIdentifier() &&
         llvm::is_contained(Names, D->getName());
}

bool isStdClass(QualType T, ArrayRef<StringRef> Names) {
  return !T.isNull() && isNamed(T.getNonReferenceType()->getAsCXXRecordDecl(), Names);
}

bool isStdFunction(const FunctionDecl *F, ArrayRef<StringRef> Names) { return isNamed(F, Names); }

bool isOwningContainer(QualType T) {
  return isStdClass(T, {"vector", "basic_string", "deque"}) &&
         !T.getNonReferenceType()->isPointerType();
}

static bool ownsBytes(QualType T, unsigned Depth) {
  constexpr unsigned DeepestMember = 3;
  if (T.isNull() || Depth > DeepestMember)
    return false;
  T = T.getNonReferenceType();
  if (isOwningContainer(T))
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->isLambda() || R->isInStdNamespace() || R->isUnion() ||
      R->isDependentContext() || R->hasUserDeclaredCopyConstructor() ||
      R->getASTContext().getSourceManager().isInSystemHeader(R->getLocation()))
    return false;
  return llvm::any_of(R->fields(),
                      [&](const FieldDecl *F) { return ownsBytes(F->getType(), Depth + 1); });
}

bool ownsBytes(QualType T) { return ownsBytes(T, 0); }

bool isView(QualType T) {
  if (T.isNull())
    return false;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return !T->isFunctionPointerType();
  if (isStdClass(T, {"basic_string_view", "span", "reverse_iterator", "move_iterator"}))
    return true;
  // Iterators of libstdc++ and libc++.
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->getDeclName().isIdentifier() &&
         (R->getName() == "__normal_iterator" || R->getName() == "__wrap_iter" ||
          R->getName() == "_Deque_iterator" || R->getName() == "__deque_iterator");
}

bool canCarryBytes(QualType T) {
  if (T.isNull() || T->isDependentType())
    return false;
  T = T.getNonReferenceType();
  if (const auto *R = T->getAsCXXRecordDecl())
    return !R->isLambda();
  return (T->isPointerType() && !T->isFunctionPointerType()) || T->isArrayType();
}

std::uint64_t constantSize(const ASTContext &Ctx, QualType T) {
  T = T.getNonReferenceType();
  if (T->isDependentType() || T->isIncompleteType())
    return 0;
  if (T->isConstantArrayType() || isStdClass(T, {"array"}))
    return Ctx.getTypeSizeInChars(T).getQuantity();
  return 0;
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

const Expr *bare(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParens();
    if (const auto *C = dyn_cast<CastExpr>(E))
      E = C->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else if (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    if (E == Before)
      break;
  }
  return E;
}

const Expr *movedFrom(const Expr *E) {
  const auto *C = dyn_cast_or_null<CallExpr>(bare(E));
  if (C && C->getNumArgs() == 1 && isStdFunction(C->getDirectCallee(), {"move"}))
    return C->getArg(0);
  return nullptr;
}

static bool isAccessor(const CXXMemberCallExpr &C) {
  const CXXMethodDecl *M = C.getMethodDecl();
  if (!M)
    return false;
  StringRef Name = M->getDeclName().isIdentifier() ? M->getName() : "";
  if (Name == "substr" || (C.getNumArgs() == 0 && (Name == "data" || Name == "cdata")))
    return true;
  QualType T = C.getCallReturnType(M->getASTContext());
  return C.getNumArgs() == 0 && (T->isReferenceType() || isView(T));
}

/// The operand that the result leads into; null: none.
static const Expr *leadingOperand(const CallExpr &C) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&C))
    return isAccessor(*Member) || isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl())
               ? Member->getImplicitObjectArgument()
               : nullptr;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&C)) {
    switch (Operator->getOperator()) {
    case OO_Star:
    case OO_Arrow:
    case OO_Subscript:
      return C.getArg(0);
    case OO_Plus:
    case OO_Minus:
      return isView(C.getType()) ? C.getArg(0) : nullptr;
    default:
      return nullptr;
    }
  }
  const FunctionDecl *F = C.getDirectCallee();
  if (!F || C.getNumArgs() == 0 || !F->getDeclName().isIdentifier())
    return nullptr;
  if (isStdFunction(F, {"move", "forward", "as_const", "begin", "end", "cbegin", "cend", "data",
                        "addressof"}))
    return C.getArg(0);
  return F->getName() == "buffers_to_string" ? C.getArg(0) : nullptr;
}

static const Expr *leadingOperand(const Expr &E) {
  if (const auto *C = dyn_cast<CallExpr>(&E))
    return leadingOperand(*C);
  if (const auto *U = dyn_cast<UnaryOperator>(&E))
    return U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref ? U->getSubExpr() : nullptr;
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(&E))
    return A->getBase();
  if (const auto *B = dyn_cast<BinaryOperator>(&E)) {
    if (!B->isAdditiveOp() || !B->getType()->isPointerType())
      return nullptr;
    return B->getLHS()->getType()->isPointerType() ? B->getLHS() : B->getRHS();
  }
  if (const auto *K = dyn_cast<CXXConstructExpr>(&E))
    return K->getNumArgs() > 0 ? K->getArg(0) : nullptr;
  return nullptr;
}

SmallVector<const ValueDecl *, 4> sourcesOf(const Expr *E) {
  constexpr unsigned LongestChain = 32;
  SmallVector<const ValueDecl *, 4> Found;
  for (unsigned I = 0; E && I < LongestChain; ++I) {
    E = bare(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      if (isa<VarDecl>(Ref->getDecl()))
        Found.push_back(Ref->getDecl());
      return Found;
    }
    if (const auto *M = dyn_cast<MemberExpr>(E)) {
      if (!isa<FieldDecl>(M->getMemberDecl()))
        return Found;
      Found.push_back(M->getMemberDecl());
      E = M->getBase();
      continue;
    }
    if (isa<CXXThisExpr>(E))
      return Found;
    E = leadingOperand(*E);
    if (!E)
      Found.clear();
  }
  return Found;
}

const ValueDecl *namedObject(const Expr *E) {
  E = bare(E);
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    return dyn_cast<VarDecl>(Ref->getDecl());
  if (const auto *M = dyn_cast_or_null<MemberExpr>(E))
    return dyn_cast<FieldDecl>(M->getMemberDecl());
  return nullptr;
}

const Expr *pointedBuffer(const Expr *E) {
  constexpr unsigned LongestChain = 16;
  for (unsigned I = 0; E && I < LongestChain; ++I) {
    E = bare(E);
    if (namedObject(E))
      return E;
    E = leadingOperand(*E);
  }
  return nullptr;
}

} // namespace nettune::analysis
