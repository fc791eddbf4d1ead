//===- SilencedSites.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SilencedSites.h"

#include "LlvmVersion.h"

#include <clang-tidy/NoLintDirectiveHandler.h>

namespace clang::tidy::nettune {
namespace {

/// Only who is given a diagnostic can ask clang-tidy's reader of comments.
class NolintListener : public DiagnosticConsumer {
public:
  void HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) override {
    SmallVector<tooling::Diagnostic, 1> Errors; // in comments: the run itself reports them
    Silenced = Comments.shouldSuppress(Level, Info, "nettune-blocking-call-in-handler", Errors, /*AllowIO=*/false,
                                       /*EnableNoLintBlocks=*/true);
  }

  bool Silenced = false;

private:
  NoLintDirectiveHandler Comments;
};

} // namespace

void dropSilencedSites(::nettune::summary::Facts &F, SourceManager &SM,
                       llvm::function_ref<SourceLocation(::nettune::summary::Place)> Locate) {
  if (F.Sites.empty())
    return;
  NolintListener Listener;
  OwnDiagnostics Own(Listener);
  Own.engine().setSourceManager(&SM);
  const unsigned Id = Own.engine().getDiagnosticIDs()->getCustomDiagID(DiagnosticIDs::Warning, "may block");
  std::erase_if(F.Sites, [&](const ::nettune::summary::BlockingSite &S) {
    SourceLocation L = Locate(S.Where);
    Listener.Silenced = false;
    if (L.isValid())
      Own.engine().Report(L, Id);
    return Listener.Silenced;
  });
}

} // namespace clang::tidy::nettune
