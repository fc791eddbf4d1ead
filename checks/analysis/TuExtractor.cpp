//===- TuExtractor.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TuExtractor.h"

#include "analysis/BodyWalker.h"
#include "analysis/TemplateScope.h"

#include <clang/AST/RecursiveASTVisitor.h>

using namespace clang;

namespace nettune::analysis {
namespace {

/// Visits declarations of user code, template instantiations included. Bodies
/// are BodyWalker's.
class DeclVisitor : public RecursiveASTVisitor<DeclVisitor> {
public:
  explicit DeclVisitor(Extraction &X) : X(X) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool TraverseStmt(Stmt *) { return true; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || (!isa<TranslationUnitDecl, LinkageSpecDecl>(D) && X.E.isLibrary(D->getLocation())))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitCXXRecordDecl(CXXRecordDecl *R) { return instantiationsOf(*R); }

  bool VisitFunctionDecl(FunctionDecl *Fn) {
    instantiationsOf(*Fn);
    const auto *M = dyn_cast<CXXMethodDecl>(Fn);
    if (M && M->getParent()->isLambda())
      return true; // walked where the lambda stands
    if (Fn->isDependentContext() || Fn->isImplicit() || Fn->isDefaulted())
      return true;
    if (M && M->isVirtual())
      X.E.function(*Fn); // whom it overrides, even without a body here
    if (Fn->doesThisDeclarationHaveABody())
      BodyWalker::walkFunction(X, *Fn);
    return true;
  }

  bool VisitFieldDecl(FieldDecl *Field) {
    if (!Field->getDeclContext()->isDependentContext() && Field->hasInClassInitializer())
      if (const Expr *Init = Field->getInClassInitializer())
        BodyWalker::walkInitializer(X, *Field, *Init);
    return true;
  }

  bool VisitVarDecl(VarDecl *V) {
    if (isa<ParmVarDecl>(V) || V->isLocalVarDecl() || V->isInitCapture() ||
        V->getDeclContext()->isDependentContext())
      return true;
    if (const Expr *Init = V->getInit())
      BodyWalker::walkInitializer(X, *V, *Init);
    return true;
  }

private:
  bool instantiationsOf(const NamedDecl &D) {
    for (Decl *I : instantiationsOutOfScope(D))
      TraverseDecl(I);
    return true;
  }

  Extraction &X;
};

} // namespace

summary::TuSummary TuExtractor::extract(ASTContext &Ctx, const model::ApiModel &Model, StringRef Root) {
  summary::TuSummary Summary;
  Summary.Partial = Ctx.getDiagnostics().hasErrorOccurred() ||
                    Ctx.getDiagnostics().hasUncompilableErrorOccurred();
  Extraction X(Ctx, Model, Root, Summary);
  const SourceManager &SM = Ctx.getSourceManager();
  summary::Place Main = X.E.place(SM.getLocForStartOfFile(SM.getMainFileID()));
  Summary.MainFile = X.F.text(Main.File);
  Summary.Files = {Summary.MainFile};
  DeclVisitor Visitor(X);
  for (Decl *D : Ctx.getTraversalScope())
    Visitor.TraverseDecl(D);
  for (const summary::Function &Fn : X.F.Functions)
    if (Fn.has(summary::Function::HasBody))
      Summary.Files.insert(X.F.text(Fn.Where.File).str());
  // A constructor that the compiler wrote may call further ones.
  for (std::size_t I = 0; I < X.Implicit.size(); ++I)
    if (const FunctionDecl *Definition = nullptr; X.Implicit[I]->hasBody(Definition))
      BodyWalker::walkFunction(X, *Definition);
  return Summary;
}

void TuExtractor::extractLocalClass(Extraction &X, const CXXRecordDecl &R) {
  if (R.isThisDeclarationADefinition() && !R.isDependentContext())
    DeclVisitor(X).TraverseDecl(const_cast<CXXRecordDecl *>(&R));
}

} // namespace nettune::analysis
