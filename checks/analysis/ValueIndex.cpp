//===- ValueIndex.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ValueIndex.h"

#include "analysis/TemplateScope.h"

#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Basic/SourceManager.h>

using namespace clang;

namespace nettune::analysis {

const ValueDecl *namedValue(const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return dyn_cast<VarDecl>(Ref->getDecl());
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return isa<FieldDecl, VarDecl>(M->getMemberDecl()) ? M->getMemberDecl() : nullptr;
  return nullptr;
}

class ValueVisitor : public RecursiveASTVisitor<ValueVisitor> {
public:
  ValueVisitor(ASTContext &Ctx, ValueIndex &Index) : SM(Ctx.getSourceManager()), Index(Index) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }

  bool TraverseDecl(Decl *D) {
    if (D && !isa<TranslationUnitDecl, LinkageSpecDecl>(D) && isLibrary(D->getLocation()))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitFunctionDecl(FunctionDecl *Fn) { return instantiationsOf(*Fn); }
  bool VisitCXXRecordDecl(CXXRecordDecl *R) { return instantiationsOf(*R); }

  bool VisitVarDecl(VarDecl *V) {
    Index.Seen.insert(V);
    const Expr *Init = V->getInit();
    if (!Init)
      return true;
    if (isMutableReference(V->getType()))
      change(Init);
    sized(*V, Init);
    return true;
  }

  bool VisitFieldDecl(FieldDecl *F) {
    if (const Expr *Init = F->hasInClassInitializer() ? F->getInClassInitializer() : nullptr)
      sized(*F, Init);
    return true;
  }

  bool VisitCXXConstructorDecl(CXXConstructorDecl *K) {
    for (const CXXCtorInitializer *I : K->inits()) {
      const FieldDecl *F = I->getAnyMember();
      if (!F || !I->isWritten() || !I->getInit())
        continue;
      if (!sized(*F, I->getInit()))
        Index.Histories[F->getCanonicalDecl()].Assigned.push_back(I->getInit());
    }
    return true;
  }

  bool VisitInitListExpr(InitListExpr *List) {
    const InitListExpr *I = List->isSemanticForm() ? List : List->getSemanticForm();
    const RecordDecl *R = I ? I->getType()->getAsRecordDecl() : nullptr;
    if (!R || R->isUnion())
      return true;
    const auto *Class = dyn_cast<CXXRecordDecl>(R);
    unsigned Next = Class && Class->hasDefinition() ? Class->getNumBases() : 0;
    for (const FieldDecl *F : R->fields()) {
      if (F->isUnnamedBitField())
        continue;
      if (Next >= I->getNumInits())
        break;
      const Expr *Init = I->getInit(Next++);
      if (Init && !isa<CXXDefaultInitExpr, ImplicitValueInitExpr>(Init))
        Index.Histories[F->getCanonicalDecl()].Assigned.push_back(Init);
    }
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (!B->isAssignmentOp())
      return true;
    if (const ValueDecl *D = namedValue(B->getLHS())) {
      auto &H = Index.Histories[D->getCanonicalDecl()];
      if (B->getOpcode() == BO_Assign)
        H.Assigned.push_back(B->getRHS());
      else
        H.Changed = true;
      if (B->getOpcode() == BO_OrAssign)
        H.Bits.push_back(B->getRHS());
    }
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp() || U->getOpcode() == UO_AddrOf)
      change(U->getSubExpr());
    return true;
  }

  /// A function that is named and not called there: as a pointer, or as the
  /// reference that `std::thread(work, 4)` takes.
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (const auto *Fn = dyn_cast<FunctionDecl>(Ref->getDecl()); Fn && !Called.contains(Ref))
      Index.Escaped.insert(Fn->getCanonicalDecl());
    return true;
  }

  bool VisitCallExpr(CallExpr *C) {
    Called.insert(C->getCallee()->IgnoreParenImpCasts());
    const FunctionDecl *Fn = C->getDirectCallee();
    if (!Fn)
      return true;
    unsigned Skip = isa<CXXOperatorCallExpr>(C) && isa<CXXMethodDecl>(Fn) ? 1 : 0;
    if (C->getNumArgs() >= Skip)
      pass(*Fn, llvm::ArrayRef(C->getArgs(), C->getNumArgs()).drop_front(Skip));
    if (const RecordDecl *R = C->getType()->getAsRecordDecl(); R && isUnseen(*Fn))
      Index.Filled.insert(R->getCanonicalDecl());
    return true;
  }

  /// `buffer = other`, `text += more`.
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *C) {
    const ValueDecl *D = C->isAssignmentOp() && C->getNumArgs() > 0 ? namedValue(C->getArg(0)) : nullptr;
    if (D)
      Index.Histories[D->getCanonicalDecl()].Resized = true;
    return true;
  }

  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    const CXXMethodDecl *M = C->getMethodDecl();
    const ValueDecl *D = M && !M->isConst() ? namedValue(C->getImplicitObjectArgument()) : nullptr;
    if (!D || !M->getDeclName().isIdentifier())
      return true;
    auto &H = Index.Histories[D->getCanonicalDecl()];
    StringRef Name = M->getName();
    if (Name == "resize" && C->getNumArgs() >= 1)
      H.Sizes.push_back(C->getArg(0));
    else if (!llvm::is_contained({"data", "begin", "end", "front", "back", "at", "reserve"}, Name))
      H.Resized = true;
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    pass(*C->getConstructor(), llvm::ArrayRef(C->getArgs(), C->getNumArgs()));
    return true;
  }

  bool VisitIfStmt(IfStmt *S) { return test(S->getCond()); }
  bool VisitSwitchStmt(SwitchStmt *S) { return test(S->getCond()); }
  bool VisitAbstractConditionalOperator(AbstractConditionalOperator *S) { return test(S->getCond()); }

private:
  bool isLibrary(SourceLocation L) const {
    return L.isInvalid() || SM.isInSystemHeader(SM.getExpansionLoc(L));
  }
  bool isUnseen(const FunctionDecl &Fn) const {
    return !isLibrary(Fn.getCanonicalDecl()->getLocation()) && !Fn.hasBody() && !Fn.isImplicit() &&
           !Fn.isDefaulted();
  }
  static bool isMutableReference(QualType T) {
    return T->isReferenceType() && !T.getNonReferenceType().isConstQualified();
  }
  void change(const Expr *E) {
    if (const ValueDecl *D = namedValue(E))
      Index.Histories[D->getCanonicalDecl()].Changed = true;
  }
  /// `std::vector<char> Buffer(16)`.
  bool sized(const ValueDecl &D, const Expr *Init) {
    const auto *C = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
    if (!C || C->getNumArgs() < 1 || C->isListInitialization() || !C->getArg(0)->getType()->isIntegerType())
      return false;
    Index.Histories[D.getCanonicalDecl()].Sizes.push_back(C->getArg(0));
    return true;
  }
  /// `asio::buffer(Bytes)`: reads into it fill the container, and never resize it.
  static bool makesBuffer(const FunctionDecl &Fn) {
    const RecordDecl *R = Fn.getReturnType()->getAsRecordDecl();
    return R && R->getDeclName().isIdentifier() && R->getName().starts_with("mutable_buffer");
  }
  /// `fread(&Config, sizeof Config, 1, File)`: the class of an object whose bytes
  /// whoever is called may write.
  static const RecordDecl *filledAsBytes(QualType Parameter, const Expr &Argument) {
    QualType Given = Argument.IgnoreParenCasts()->getType();
    if (!Parameter->isPointerType() || !Given->isPointerType() || Parameter->getPointeeType().isConstQualified() ||
        Parameter->getPointeeType()->isRecordType())
      return nullptr;
    return Given->getPointeeType()->getAsRecordDecl();
  }
  void pass(const FunctionDecl &Fn, llvm::ArrayRef<Expr *> Arguments) {
    bool Unseen = isUnseen(Fn);
    bool User = !isLibrary(Fn.getCanonicalDecl()->getLocation());
    for (unsigned I = 0; I < Arguments.size() && I < Fn.getNumParams(); ++I) {
      const ParmVarDecl *P = Fn.getParamDecl(I);
      QualType T = P->getType();
      if (isMutableReference(T) && !T->isRValueReferenceType() && !makesBuffer(Fn))
        change(Arguments[I]);
      if (User && Fn.hasBody())
        Index.Arguments[canonical(*P)].push_back(Arguments[I]);
      if (const RecordDecl *R = filledAsBytes(T, *Arguments[I]))
        Index.Filled.insert(R->getCanonicalDecl());
      if (!Unseen || (!T->isReferenceType() && !T->isPointerType()))
        continue;
      QualType To = T->isPointerType() ? T->getPointeeType() : T.getNonReferenceType();
      if (const RecordDecl *R = To->getAsRecordDecl(); R && !To.isConstQualified())
        Index.Filled.insert(R->getCanonicalDecl());
    }
  }
  bool test(Expr *Condition) {
    if (Condition)
      mention(*Condition);
    return true;
  }
  void mention(const Stmt &S) {
    if (const auto *E = dyn_cast<Expr>(&S))
      if (const ValueDecl *D = namedValue(E))
        Index.Histories[D->getCanonicalDecl()].Tested = true;
    for (const Stmt *Child : S.children())
      if (Child)
        mention(*Child);
  }

public:
  /// The parameter of the definition: that is the one which bodies mention.
  static const Decl *canonical(const ParmVarDecl &P) {
    const auto *Fn = dyn_cast<FunctionDecl>(P.getDeclContext());
    unsigned I = P.getFunctionScopeIndex();
    const FunctionDecl *C = Fn ? Fn->getCanonicalDecl() : nullptr;
    return C && I < C->getNumParams() ? C->getParamDecl(I) : &P;
  }

private:
  bool instantiationsOf(const NamedDecl &D) {
    for (Decl *I : instantiationsOutOfScope(D))
      TraverseDecl(I);
    return true;
  }

  const SourceManager &SM;
  ValueIndex &Index;
  llvm::DenseSet<const Expr *> Called;
};

ValueIndex::ValueIndex(ASTContext &Ctx) {
  ValueVisitor Visitor(Ctx, *this);
  for (Decl *D : Ctx.getTraversalScope())
    Visitor.TraverseDecl(D);
}

const ValueIndex::History *ValueIndex::of(const ValueDecl &D) const {
  auto It = Histories.find(D.getCanonicalDecl());
  return It == Histories.end() ? nullptr : &It->second;
}

llvm::ArrayRef<const Expr *> ValueIndex::arguments(const ParmVarDecl &P) const {
  const auto *Fn = dyn_cast<FunctionDecl>(P.getDeclContext());
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(Fn);
  if (!Fn || Escaped.contains(Fn->getCanonicalDecl()) || (M && (M->isVirtual() || M->getParent()->isLambda())))
    return {};
  auto It = Arguments.find(ValueVisitor::canonical(P));
  return It == Arguments.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(It->second);
}

} // namespace nettune::analysis
