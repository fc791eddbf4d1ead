//===- ObjectFacts.cpp - constructors and destructors behind other calls --===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallFacts.h"

#include <clang/AST/DeclTemplate.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;

/// make_shared<T>(...), emplace_back(...): the library's body is not seen, so the
/// constructors that take that many arguments are called from here.
void CallFacts::constructInside(const Site &S) {
  const FunctionDecl &Fn = *S.Call.Callee;
  if (!Fn.getDeclName().isIdentifier())
    return;
  StringRef Name = Fn.getName();
  auto ConstructFirst = [&](ArrayRef<TemplateArgument> Arguments, bool All) {
    for (const TemplateArgument &A : Arguments) {
      if (A.getKind() == TemplateArgument::Type)
        if (const auto *R = A.getAsType()->getAsCXXRecordDecl())
          constructWith(*R, S);
      if (!All)
        return;
    }
  };
  if (Name == "make_shared" || Name == "make_unique" || Name == "allocate_shared") {
    if (const auto *Arguments = Fn.getTemplateSpecializationArgs())
      ConstructFirst(Arguments->asArray(), /*All=*/false);
  } else if (Name.starts_with("emplace") || Name == "try_emplace") {
    const auto *M = dyn_cast<CXXMethodDecl>(&Fn);
    const auto *Container = M ? dyn_cast<ClassTemplateSpecializationDecl>(M->getParent()) : nullptr;
    if (Container)
      ConstructFirst(Container->getTemplateArgs().asArray(), /*All=*/true);
  }
}

/// What a library's constructors do only the models know; they go by the arguments.
void CallFacts::constructOfLibrary(const CXXRecordDecl &R, const Site &S) {
  const auto *Made = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  const CXXRecordDecl *Pattern = Made ? Made->getSpecializedTemplate()->getTemplatedDecl() : &R;
  Pattern = Pattern->getDefinition();
  if (!Pattern)
    return;
  for (const Decl *D : Pattern->decls()) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
    const auto *K = dyn_cast<CXXConstructorDecl>(Template ? Template->getTemplatedDecl() : D);
    if (!K || K->isImplicit() || K->isCopyOrMoveConstructor())
      continue;
    Site Inside = S;
    Inside.Call.Callee = K;
    Inside.Call.Object = nullptr;
    return askModels(Inside);
  }
}

void CallFacts::constructWith(const CXXRecordDecl &R, const Site &S) {
  if (X.E.isLibrary(R))
    return constructOfLibrary(R, S);
  if (!R.hasDefinition() || R.isLambda())
    return;
  auto Count = S.Call.Arguments.size();
  for (const CXXConstructorDecl *K : R.ctors()) {
    if (K->isImplicit() || K->isDefaulted() || K->isCopyOrMoveConstructor() ||
        K->getMinRequiredArguments() > Count || K->getNumParams() < Count)
      continue;
    passArguments(*K, S.Call.Arguments);
    F.call({In,
            Call::Kind::Direct,
            X.E.function(*K),
            {},
            argumentAtoms(S.Call),
            S.Loops,
            X.E.place(S.Call.Where)});
  }
}

void CallFacts::destroy(QualType T, SourceLocation L, const LoopNest &Loops, bool ByPointer) {
  if (T.isNull() || T->isReferenceType() || T->isDependentType())
    return;
  if (const CXXRecordDecl *R = T->getAsCXXRecordDecl())
    destroyRecord(*R, L, Loops, ByPointer, 0);
}

void CallFacts::destroyRecord(const CXXRecordDecl &R, SourceLocation L, const LoopNest &Loops,
                              bool ByPointer, unsigned Depth) {
  constexpr unsigned DeepestMember = 8;
  if (!R.hasDefinition() || R.hasTrivialDestructor() || X.E.isLibrary(R) || R.isLambda() ||
      R.isDependentContext() || Depth > DeepestMember)
    return;
  const CXXDestructorDecl *D = R.getDestructor();
  if (D && !D->isImplicit() && !D->isDefaulted()) {
    bool Virtual = ByPointer && D->isVirtual();
    F.call({In,
            Virtual ? Call::Kind::Virtual : Call::Kind::Direct,
            X.E.function(*D),
            {},
            {},
            Loops,
            X.E.place(L)});
    return;
  }
  // The compiler's own destructor has no body to look at: what it would call.
  for (const CXXBaseSpecifier &B : R.bases())
    if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl())
      destroyRecord(*Base, L, Loops, /*ByPointer=*/false, Depth + 1);
  for (const FieldDecl *Field : R.fields())
    if (const CXXRecordDecl *Member = Field->getType()->getAsCXXRecordDecl())
      destroyRecord(*Member, L, Loops, /*ByPointer=*/false, Depth + 1);
}

void CallFacts::destroyParts(const CXXRecordDecl &R, SourceLocation L) {
  for (const CXXBaseSpecifier &B : R.bases())
    destroy(B.getType(), L, {}, /*ByPointer=*/false);
  for (const FieldDecl *Field : R.fields())
    destroy(Field->getType(), L, {}, /*ByPointer=*/false);
}

} // namespace nettune::analysis
