//===- FunctionExtents.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionExtents.h"

#include "CompileCommands.h"

#include "analysis/EntityNames.h"
#include "summary/StableKey.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Index/USRGeneration.h>

using namespace clang;

namespace nettune::cli {
namespace {

/// Declarations only: what stands inside of bodies is not looked at.
class Walk {
public:
  using Take = llvm::function_ref<void(const FunctionDecl &)>;
  Walk(const SourceManager &SM, Take Found) : SM(SM), Found(Found) {}

  void top(const Decl &D) {
    if (const auto *All = dyn_cast<TranslationUnitDecl>(&D))
      context(*All);
    else if (!SM.isInSystemHeader(SM.getExpansionLoc(D.getLocation())))
      declaration(D);
  }

private:
  void context(const DeclContext &Context) {
    for (const Decl *D : Context.decls())
      if (!SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
        declaration(*D);
  }

  void declaration(const Decl &D) {
    if (const auto *T = dyn_cast<TemplateDecl>(&D)) {
      if (const NamedDecl *Inner = T->getTemplatedDecl())
        declaration(*Inner);
    } else if (const auto *Fn = dyn_cast<FunctionDecl>(&D)) {
      if (Fn->doesThisDeclarationHaveABody())
        Found(*Fn);
    } else if (isa<NamespaceDecl, LinkageSpecDecl, RecordDecl, ExportDecl>(D)) {
      context(*cast<DeclContext>(&D));
    }
  }

  const SourceManager &SM;
  Take Found;
};

} // namespace

void FunctionExtents::collect(ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  auto Found = [&](const FunctionDecl &Fn) {
    SourceRange Range = Fn.getSourceRange();
    auto [File, Begin] = SM.getDecomposedExpansionLoc(Range.getBegin());
    auto [EndFile, End] = SM.getDecomposedExpansionLoc(Range.getEnd());
    OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
    llvm::SmallString<128> Usr;
    if (!Entry || File != EndFile || index::generateUSRForDecl(&Fn, Usr))
      return;
    llvm::SmallString<256> Path(Entry->getName());
    SM.getFileManager().makeAbsolutePath(Path);
    ByFile[absolutePath(Path.str().str())].push_back(
        {Begin, End, analysis::displayName(Fn), summary::stableKey(Usr)});
  };
  Walk All(SM, Found);
  for (const Decl *D : Ctx.getTraversalScope())
    All.top(*D);
}

const FunctionExtents::Extent *FunctionExtents::at(const std::string &File, unsigned Offset) const {
  auto Found = ByFile.find(File);
  if (Found == ByFile.end())
    return nullptr;
  const Extent *Innermost = nullptr;
  for (const Extent &E : Found->second)
    if (E.Begin <= Offset && Offset <= E.End && (!Innermost || Innermost->Begin <= E.Begin))
      Innermost = &E;
  return Innermost;
}

} // namespace nettune::cli
