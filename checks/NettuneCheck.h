//===- NettuneCheck.h - base of all checks ----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check is a query on the solved program:
//
//   void FooCheck::analyze(const TuFacts &Facts) {
//     for (const auto &Site : Facts.P.somethingOnLoop())
//       report({Site.Where, {"%0 does so; %1", {Site.Name, "do this"}}, {}});
//   }
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_NETTUNECHECK_H
#define NETTUNE_NETTUNECHECK_H

#include "Finding.h"
#include "TuSession.h"

#include <clang-tidy/ClangTidyCheck.h>

namespace clang::tidy::nettune {

class NettuneCheck : public ClangTidyCheck {
public:
  NettuneCheck(StringRef Name, ClangTidyContext *Context);

  bool isLanguageVersionSupported(const LangOptions &LangOpts) const final {
    return LangOpts.CPlusPlus;
  }
  void registerMatchers(ast_matchers::MatchFinder *Finder) final;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) final;
  void storeOptions(ClangTidyOptions::OptionMap &Map) final;

protected:
  virtual void analyze(const ::nettune::summary::TuFacts &Facts) = 0;

  const NettuneOptions &options() const { return Session->options(); }
  /// See TuSession::isSummarizing().
  bool isSummarizing() const { return Session->isSummarizing(); }

  /// Gives out that the check could find something here; only when summarizing.
  void mark(::nettune::summary::Place Where);

  /// Gives out a finding, its notes and the link to the check's section of the
  /// guide. The only place that calls diag().
  void report(const Finding &F);

private:
  void reportErrors();
  SourceLocation locate(::nettune::summary::Place Where) const;
  void emit(SourceLocation L, const Message &M, DiagnosticIDs::Level Level,
            llvm::ArrayRef<::nettune::summary::Edit> Fixes = {});

  std::shared_ptr<TuSession> Session;
  StringRef Anchor;
  // Valid inside of check().
  const ::nettune::summary::TuFacts *Facts = nullptr;
  SourceManager *SM = nullptr;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_NETTUNECHECK_H
