//===- PchUse.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PchUse.h"

#include "ReadRecord.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Lex/MacroInfo.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <llvm/ADT/StringExtras.h>

using namespace clang;

namespace nettune::cli {

unsigned PchContents::file(llvm::StringRef Name) {
  auto [It, New] = Numbers.try_emplace(Name, Includes.size());
  if (New)
    Includes.emplace_back();
  return It->second;
}

std::optional<unsigned> PchContents::find(llvm::StringRef Name) const {
  auto It = Numbers.find(Name);
  return It == Numbers.end() ? std::nullopt : std::optional(It->second);
}

// Names, an empty one, for each file the numbers it includes, words; all end with NUL.
std::string PchContents::text() const {
  std::vector<llvm::StringRef> Names(Includes.size());
  for (const auto &Name : Numbers)
    Names[Name.second] = Name.first();
  std::string Text;
  for (llvm::StringRef Name : Names)
    (Text += Name) += '\0';
  Text += '\0';
  for (const std::vector<unsigned> &To : Includes) {
    for (unsigned File : To)
      (Text += std::to_string(File)) += ' ';
    Text += '\0';
  }
  for (const auto &Word : Words)
    (Text += Word.first()) += '\0';
  return withChecksum(Text);
}

std::optional<PchContents> PchContents::read(llvm::StringRef Text) {
  if (!consumeChecksum(Text))
    return std::nullopt;
  llvm::StringRef Word;
  auto next = [&] {
    std::tie(Word, Text) = Text.split('\0');
    return Word;
  };
  PchContents C;
  while (!next().empty())
    C.file(Word);
  for (unsigned From = 0; From < C.size(); ++From)
    for (llvm::StringRef To : llvm::split(next(), ' '))
      if (unsigned Number = 0; !To.getAsInteger(10, Number) && Number < C.size())
        C.addInclude(From, Number);
  while (!Text.empty())
    C.addWord(next());
  return C;
}

namespace {

std::string nameOf(const SourceManager &SM, SourceLocation Where) {
  OptionalFileEntryRef File = SM.getFileEntryRefForID(SM.getFileID(SM.getExpansionLoc(Where)));
  return File ? File->getName().str() : "";
}

class Noter : public PPCallbacks {
public:
  Noter(SourceManager &SM, PchContents &Into) : SM(SM), Into(Into) {}
  void InclusionDirective(SourceLocation Hash, const Token &, StringRef, bool, CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const clang::Module *, bool, SrcMgr::CharacteristicKind) override {
    if (File)
      Into.addInclude(Into.file(nameOf(SM, Hash)), Into.file(File->getName()));
  }

private:
  SourceManager &SM;
  PchContents &Into;
};

} // namespace

void noteIncludes(Preprocessor &PP, PchContents &Into) {
  PP.addPPCallbacks(std::make_unique<Noter>(PP.getSourceManager(), Into));
}

void noteWords(Preprocessor &PP, PchContents &Into) {
  for (const auto &Word : PP.getIdentifierTable())
    Into.addWord(Word.first());
}

/// Tells the use what the preprocessor sees.
class PchWatcher : public PPCallbacks {
public:
  PchWatcher(SourceManager &SM, DiagnosticsEngine &Diagnostics, PchUse &Use) : SM(SM), Diagnostics(Diagnostics), Use(Use) {}

  void InclusionDirective(SourceLocation, const Token &, StringRef, bool, CharSourceRange, OptionalFileEntryRef File, StringRef,
                          StringRef, const clang::Module *, bool, SrcMgr::CharacteristicKind) override {
    if (File)
      Use.include(File->getName());
    giveUpInDoubt();
  }
  void MacroDefined(const Token &Name, const MacroDirective *MD) override {
    std::string File = nameOf(SM, MD->getLocation());
    if (!File.empty()) // else it is the command line's, which the PCH has, too
      Use.define(Name.getIdentifierInfo()->getName(), File);
  }
  void MacroUndefined(const Token &Name, const MacroDefinition &MD, const MacroDirective *Undef) override {
    if (!Undef)
      return; // nothing was defined
    look(Name, MD);
    Use.undefine(Name.getIdentifierInfo()->getName(), SM.isLoadedSourceLocation(MD.getMacroInfo()->getDefinitionLoc()));
  }
  void MacroExpands(const Token &Name, const MacroDefinition &MD, SourceRange, const MacroArgs *) override { look(Name, MD); }
  void Defined(const Token &Name, const MacroDefinition &MD, SourceRange) override { look(Name, MD); }
  void Ifdef(SourceLocation, const Token &Name, const MacroDefinition &MD) override { look(Name, MD); }
  void Ifndef(SourceLocation, const Token &Name, const MacroDefinition &MD) override { look(Name, MD); }
  void Elifdef(SourceLocation, const Token &Name, const MacroDefinition &MD) override { look(Name, MD); }
  void Elifndef(SourceLocation, const Token &Name, const MacroDefinition &MD) override { look(Name, MD); }

private:
  void look(const Token &Name, const MacroDefinition &MD) {
    const MacroInfo *Macro = MD.getMacroInfo();
    if (!Macro || Macro->isBuiltinMacro() || !SM.isLoadedSourceLocation(Macro->getDefinitionLoc()))
      return;
    std::string File = nameOf(SM, Macro->getDefinitionLoc());
    if (!File.empty()) // else it is the compiler's or the command line's
      Use.use(File, Name.getIdentifierInfo()->getName());
    giveUpInDoubt();
  }

  /// Nobody will see what comes of this run: behind a fatal error no header is entered, no template instantiated.
  void giveUpInDoubt() {
    if (!Use.doubt().empty() && !Diagnostics.hasFatalErrorOccurred())
      Diagnostics.Report(diag::fatal_too_many_errors);
  }

  SourceManager &SM;
  DiagnosticsEngine &Diagnostics;
  PchUse &Use;
};

/// What the TU's own code names.
class NameVisitor : public RecursiveASTVisitor<NameVisitor> {
public:
  NameVisitor(const SourceManager &SM, PchUse &Use) : SM(SM), Use(Use) {}
  bool shouldVisitImplicitCode() const { return true; }
  bool VisitDeclRefExpr(DeclRefExpr *E) { return look(E->getDecl()); }
  bool VisitMemberExpr(MemberExpr *E) { return look(E->getMemberDecl()); }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) { return look(E->getConstructor()); }

private:
  bool look(const NamedDecl *D) {
    bool OfPch = false;
    for (const Decl *Again : D->redecls()) {
      SourceLocation Where = Again->getLocation();
      if (Where.isInvalid() || !SM.isLoadedSourceLocation(Where))
        return true; // the compiler's, or the TU's own
      std::string File = nameOf(SM, Where);
      if (File.empty() || Use.isVisible(File))
        return true;
      OfPch = true;
    }
    if (OfPch)
      Use.use("", D->getNameAsString());
    return Use.doubt().empty();
  }

  const SourceManager &SM;
  PchUse &Use;
};

void PchUse::watch(CompilerInstance &CI) {
  CI.getPreprocessor().addPPCallbacks(std::make_unique<PchWatcher>(CI.getSourceManager(), CI.getDiagnostics(), *this));
}

void PchUse::lookAtNames(ASTContext &Ctx) { NameVisitor(Ctx.getSourceManager(), *this).TraverseAST(Ctx); }

void PchUse::include(llvm::StringRef File) {
  std::optional<unsigned> Number = Contents.find(File);
  if (!Number || Visible.test(*Number))
    return;
  if (!Changed.empty() && Doubt.empty())
    Doubt = ("macro '" + Changed.begin()->getKey() + "' is changed before " + File + " is included").str();
  std::vector<unsigned> ToDo = {*Number};
  Visible.set(*Number);
  while (!ToDo.empty()) {
    unsigned From = ToDo.back();
    ToDo.pop_back();
    for (unsigned To : Contents.includesOf(From))
      if (!Visible.test(To)) {
        Visible.set(To);
        ToDo.push_back(To);
      }
  }
}

void PchUse::define(llvm::StringRef Macro, llvm::StringRef File) {
  if (isVisible(File))
    Changed.erase(Macro); // the header says it each time it is included
  else if (Contents.hasWord(Macro))
    Changed.insert(Macro);
}

void PchUse::undefine(llvm::StringRef Macro, bool IsOfPch) {
  if (!IsOfPch)
    Changed.erase(Macro); // as it was
  else if (Contents.hasWord(Macro))
    Changed.insert(Macro);
}

bool PchUse::isVisible(llvm::StringRef File) const {
  std::optional<unsigned> Number = Contents.find(File);
  return Number && Visible.test(*Number);
}

void PchUse::use(llvm::StringRef File, llvm::StringRef What) {
  if (Doubt.empty() && !isVisible(File))
    Doubt = "'" + What.str() + "' is of a header that is not included";
}

} // namespace nettune::cli
