//===- NettuneCheck.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NettuneCheck.h"

#include "NettuneChecks.h"

namespace clang::tidy::nettune {
using namespace ast_matchers;
using ::nettune::summary::Edit;
using ::nettune::summary::Place;

NettuneCheck::NettuneCheck(StringRef Name, ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), Session(TuSession::of(*Context)), Anchor(guideAnchor(Name)) {
  reportErrors();
}

void NettuneCheck::reportErrors() {
  // Without the level a configuration error is a warning, and the run passes.
  for (const std::string &Error : Session->takeErrors())
    configurationDiag("%0", DiagnosticIDs::Error) << Error;
}

void NettuneCheck::storeOptions(ClangTidyOptions::OptionMap &Map) { options().store(Map); }

// One visit of the TU for all checks: the session walks it, not the matchers.
void NettuneCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl().bind("tu"), this);
}

void NettuneCheck::check(const MatchFinder::MatchResult &Result) {
  Facts = Session->facts(*Result.Context);
  reportErrors();
  if (!Facts)
    return;
  SM = Result.SourceManager;
  analyze(*Facts);
}

SourceLocation NettuneCheck::locate(Place Where) const {
  return Session->locate(*SM, Facts->P.text(Where.File), Where);
}

void NettuneCheck::emit(SourceLocation L, const Message &M, DiagnosticIDs::Level Level,
                        llvm::ArrayRef<Edit> Fixes) {
  auto D = diag(L, M.Template, Level);
  for (const std::string &A : M.Arguments)
    D << A;
  for (const Edit &E : Fixes) {
    SourceLocation Begin = locate(E.Begin), End = locate(E.End);
    if (Begin.isValid() && End.isValid())
      D << FixItHint::CreateReplacement(CharSourceRange::getCharRange(Begin, End), E.Text);
  }
}

void NettuneCheck::mark(Place Where) { emit(locate(Where), {"may find something here", {}}, DiagnosticIDs::Warning); }

void NettuneCheck::report(const Finding &F) {
  SourceLocation Main = locate(F.Where);
  emit(Main, F.Text, DiagnosticIDs::Warning, F.Fixes);
  for (const Finding::Note &N : F.Notes) {
    // A note without a place would print inside the warning's snippet.
    SourceLocation L = locate(N.Where);
    emit(L.isValid() ? L : Main, N.Text, DiagnosticIDs::Note);
  }
  emit(Main, {"guide: %0", {options().guideLink(Anchor)}}, DiagnosticIDs::Note);
}

} // namespace clang::tidy::nettune
