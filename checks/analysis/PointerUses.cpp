//===- PointerUses.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// UseClassifier, for pointers, iterators and views that lead into a buffer.
//
//===----------------------------------------------------------------------===//

#include "analysis/BufferSources.h"
#include "analysis/BufferUses.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {

using Kind = BufferUse::Kind;
static constexpr BufferUse Reads{Kind::Read, true, false};
static constexpr BufferUse Holds{Kind::Read, true, true};
static constexpr BufferUse Changes{Kind::Changed, false, false};
static constexpr BufferUse Unknown{};

BufferUse UseClassifier::pointer(const Expr &E) {
  const Stmt *P = Index.parent(E);
  if (!P)
    return Unknown;
  if (const VarDecl *V = Index.initialized(E))
    return alias(*V, /*View=*/true);
  if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr, CastExpr>(P)) {
    const auto *C = dyn_cast<CastExpr>(P);
    if (C && C->getCastKind() == CK_ToVoid)
      return Reads;
    if (C && C->getType()->isBooleanType())
      return Reads;
    return C && !isView(C->getType()) ? Unknown : pointer(*cast<Expr>(P));
  }
  if (const auto *B = dyn_cast<BinaryOperator>(P)) {
    if (B->isComparisonOp() || (B->getOpcode() == BO_Sub && !B->getType()->isPointerType()))
      return Reads;
    return B->isAdditiveOp()                                  ? pointer(*B)
           : B->isCompoundAssignmentOp() && B->getLHS() == &E ? Reads
                                                              : Unknown;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(P)) {
    if (U->getOpcode() == UO_Deref)
      return element(*U);
    return U->isIncrementDecrementOp() ? pointer(*U) : Unknown;
  }
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(P))
    return A->getBase() == &E ? element(*A) : Unknown;
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(P))
    return pointerOperator(E, *C);
  if (const auto *M = dyn_cast<MemberExpr>(P))
    if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Index.parent(*M)))
      return pointerMember(*Call);
  if (const auto *K = dyn_cast<CXXConstructExpr>(P)) {
    if (isView(K->getType()))
      return pointer(*K);
    return isOwningContainer(K->getType()) ? Reads : Unknown;
  }
  if (const auto *C = dyn_cast<CallExpr>(P))
    return passedPointer(E, *C);
  return isa<CompoundStmt, ForStmt, CXXForRangeStmt>(P) ? Reads : Unknown;
}

BufferUse UseClassifier::pointerOperator(const Expr &E, const CXXOperatorCallExpr &Call) {
  switch (Call.getOperator()) {
  case OO_Star:
  case OO_Subscript:
    return element(Call);
  case OO_Plus:
  case OO_Minus:
  case OO_PlusPlus:
  case OO_MinusMinus:
    return isView(Call.getType()) ? pointer(Call) : Reads;
  case OO_EqualEqual:
  case OO_ExclaimEqual:
  case OO_Less:
  case OO_Spaceship:
    return Reads;
  case OO_LessLess:
    return Call.getArg(0) == &E ? Unknown : Reads;
  default:
    return passedPointer(E, Call);
  }
}

/// A method of a view: `view.substr(1)`, `view.size()`.
BufferUse UseClassifier::pointerMember(const CallExpr &Call) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(Call.getDirectCallee());
  if (!M)
    return Unknown;
  QualType T = Call.getCallReturnType(M->getASTContext());
  if (isView(T) && !T->isReferenceType())
    return pointer(Call);
  if (T->isReferenceType())
    return element(Call);
  return Reads;
}

/// Algorithms that only look at what their iterators lead to.
static bool onlyLooks(StringRef Name) {
  static constexpr llvm::StringLiteral Names[] = {
      "find", "find_if", "find_if_not", "count", "count_if", "equal", "mismatch", "search",
      "all_of", "any_of", "none_of", "accumulate", "reduce", "lexicographical_compare",
      "min_element", "max_element", "adjacent_find", "distance", "next", "prev", "from_chars",
      "binary_search", "lower_bound"};
  return llvm::is_contained(Names, Name);
}

BufferUse UseClassifier::passedPointer(const Expr &E, const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  for (unsigned I = 0; I < Call.getNumArgs(); ++I) {
    if (Call.getArg(I) != &E)
      continue;
    if (!Callee)
      return Unknown;
    if (I >= Callee->getNumParams()) // printf("%.*s", n, p)
      return Callee->isVariadic() ? Reads : Unknown;
    QualType T = Callee->getParamDecl(I)->getType().getNonReferenceType();
    bool Library = Callee->isInStdNamespace();
    if (Library && Callee->getDeclName().isIdentifier()) {
      if (onlyLooks(Callee->getName()))
        return isView(Call.getType()) ? Holds : Reads;
      if (Callee->getName().starts_with("copy") || Callee->getName() == "move")
        return I < 2 ? Reads : Changes;
    }
    // Who gets a pointer to const could keep it: it would outlive the buffer.
    if (T->isPointerType())
      return T->getPointeeType().isConstQualified() ? Reads : Changes;
    if (isStdClass(T, {"basic_string_view"}) ||
        (isStdClass(T, {"span"}) && T.getAsString().find("const") != std::string::npos))
      return Reads;
    return Unknown;
  }
  return Unknown;
}

} // namespace nettune::analysis
