//===- TemplateScope.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TemplateScope.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>

#include <llvm/ADT/STLExtras.h>

using namespace clang;

namespace nettune::analysis {

static bool inScope(const Decl &D) {
  std::vector<Decl *> Scope = D.getASTContext().getTraversalScope();
  const Decl *Top = &D;
  while (!isa<TranslationUnitDecl>(Top)) {
    if (llvm::is_contained(Scope, Top))
      return true;
    Top = cast<Decl>(Top->getLexicalDeclContext());
  }
  return llvm::is_contained(Scope, Top);
}

/// Nobody else writes these down: an explicit one stands in the source.
static bool isImplicit(TemplateSpecializationKind K) { return K == TSK_Undeclared || K == TSK_ImplicitInstantiation; }

static void addMembers(const CXXMethodDecl &Pattern, llvm::SmallVectorImpl<Decl *> &Found) {
  const ClassTemplateDecl *Class = Pattern.getParent()->getDescribedClassTemplate();
  if (!Class || inScope(*Class->getCanonicalDecl()))
    return;
  const Decl *First = Pattern.getCanonicalDecl();
  for (const ClassTemplateSpecializationDecl *S : const_cast<ClassTemplateDecl *>(Class)->specializations())
    for (CXXMethodDecl *M : S->methods())
      if (const FunctionDecl *From = M->getInstantiatedFromMemberFunction();
          From && From->getCanonicalDecl() == First && isImplicit(S->getSpecializationKind()))
        if (FunctionDecl *Body = M->getDefinition())
          Found.push_back(Body);
}

llvm::SmallVector<Decl *, 4> instantiationsOutOfScope(const NamedDecl &Definition) {
  llvm::SmallVector<Decl *, 4> Found;
  if (const auto *Fn = dyn_cast<FunctionDecl>(&Definition)) {
    if (!Fn->isThisDeclarationADefinition() || !Fn->isDependentContext())
      return Found;
    if (FunctionTemplateDecl *T = Fn->getDescribedFunctionTemplate()) {
      if (!inScope(*T->getCanonicalDecl()))
        for (FunctionDecl *S : T->specializations())
          if (FunctionDecl *Body = S->getTemplateSpecializationKind() == TSK_ExplicitSpecialization ? nullptr : S->getDefinition())
            Found.push_back(Body);
    } else if (const auto *M = dyn_cast<CXXMethodDecl>(Fn)) {
      addMembers(*M, Found);
    }
  } else if (const auto *R = dyn_cast<CXXRecordDecl>(&Definition)) {
    ClassTemplateDecl *T = R->isThisDeclarationADefinition() ? R->getDescribedClassTemplate() : nullptr;
    if (T && !inScope(*T->getCanonicalDecl()))
      for (ClassTemplateSpecializationDecl *S : T->specializations())
        if (isImplicit(S->getSpecializationKind()) && S->getDefinition())
          Found.push_back(S->getDefinition());
  }
  return Found;
}

} // namespace nettune::analysis
