//===- EntityNames.cpp - how declarations are named in models ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntityNames.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace nettune::analysis {

using namespace clang;

static bool isLambdaMethod(const DeclContext *DC) {
  const auto *Method = llvm::dyn_cast<CXXMethodDecl>(DC);
  return Method && Method->getParent()->isLambda();
}

static std::string recordName(const TagDecl &Tag) {
  if (const auto *Record = llvm::dyn_cast<CXXRecordDecl>(&Tag); Record && Record->isLambda())
    return "(lambda)";
  if (const IdentifierInfo *Id = Tag.getIdentifier())
    return Id->getName().str();
  if (const TypedefNameDecl *Typedef = Tag.getTypedefNameForAnonDecl())
    return Typedef->getName().str();
  return "(unnamed)";
}

static std::string conversionName(const CXXConversionDecl &Conversion) {
  const QualType To = Conversion.getConversionType();
  if (const auto *Tag = To->getAsTagDecl())
    return "operator " + qualifiedName(*Tag);
  return "operator " + To.getAsString(Conversion.getASTContext().getPrintingPolicy());
}

/// The last component of the name.
static std::string ownName(const NamedDecl &D) {
  if (const auto *Tag = llvm::dyn_cast<TagDecl>(&D))
    return recordName(*Tag);
  // The names of constructors and destructors hold template arguments.
  if (const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&D))
    return recordName(*Constructor->getParent());
  if (const auto *Destructor = llvm::dyn_cast<CXXDestructorDecl>(&D))
    return "~" + recordName(*Destructor->getParent());
  if (const auto *Conversion = llvm::dyn_cast<CXXConversionDecl>(&D))
    return conversionName(*Conversion);
  return D.getNameAsString();
}

/// Contexts whose members are found without naming them.
static bool isTransparent(const DeclContext &DC) {
  if (const auto *Namespace = llvm::dyn_cast<NamespaceDecl>(&DC))
    return Namespace->isInline() || Namespace->isAnonymousNamespace();
  if (const auto *Record = llvm::dyn_cast<RecordDecl>(&DC))
    return Record->isAnonymousStructOrUnion();
  return !DC.isFunctionOrMethod() && DC.isTransparentContext();
}

bool isCFunction(const FunctionDecl &F) {
  return F.isExternC() ||
         (!llvm::isa<CXXMethodDecl>(F) && (F.isInExternCContext() || F.hasAttr<AsmLabelAttr>()));
}

std::string qualifiedName(const NamedDecl &D) {
  const auto *Function = llvm::dyn_cast<FunctionDecl>(&D);
  if (Function && isCFunction(*Function))
    return ownName(D);

  llvm::SmallVector<std::string, 8> Components;
  // A lambda's members are named by its class.
  if (!Function || !isLambdaMethod(Function))
    Components.push_back(ownName(D));
  for (const DeclContext *DC = D.getDeclContext(); DC && !DC->isTranslationUnit();
       DC = DC->getParent()) {
    if (isTransparent(*DC) || isLambdaMethod(DC))
      continue;
    const auto *Outer = llvm::dyn_cast<NamedDecl>(DC);
    if (!Outer)
      continue; // a block, a captured statement, a requires-expression
    Components.push_back(ownName(*Outer) + (DC->isFunctionOrMethod() ? "()" : ""));
  }

  std::string Name = Components.back();
  for (const std::string &Component : llvm::reverse(llvm::ArrayRef(Components).drop_back()))
    Name.append("::").append(Component);
  return Name;
}

const FunctionDecl *enclosingFunction(const Decl &D) {
  for (const DeclContext *DC = D.getDeclContext(); DC; DC = DC->getParent())
    if (const auto *F = llvm::dyn_cast<FunctionDecl>(DC); F && !isLambdaMethod(F))
      return F;
  return nullptr;
}

std::string displayName(const FunctionDecl &F) {
  if (!isLambdaMethod(&F))
    return qualifiedName(F);
  if (const FunctionDecl *Outer = enclosingFunction(F))
    return qualifiedName(*Outer);
  const CXXRecordDecl *Lambda = llvm::cast<CXXMethodDecl>(F).getParent();
  if (const auto *Holder = llvm::dyn_cast_or_null<NamedDecl>(Lambda->getLambdaContextDecl()))
    return qualifiedName(*Holder);
  for (const DeclContext *DC = Lambda->getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Outer = llvm::dyn_cast<NamedDecl>(DC); Outer && !isTransparent(*DC))
      return DC->isTranslationUnit() ? "file scope" : qualifiedName(*Outer);
  return "file scope";
}

} // namespace nettune::analysis
