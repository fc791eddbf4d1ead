//===- TuSession.h - what the checks of one TU share ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TUSESSION_H
#define NETTUNE_TUSESSION_H

#include "NettuneOptions.h"
#include "model/ApiModel.h"
#include "summary/IndexCache.h"
#include "summary/TuFacts.h"
#include "summary/TuSummary.h"

#include <clang-tidy/ClangTidyDiagnosticConsumer.h>

#include <memory>

namespace clang::tidy::nettune {

/// Options, models and the solved program of one TU: made by the first check
/// that asks, freed with the last. clangd builds several TUs at once, each with
/// a ClangTidyContext of its own; one session is used by one thread.
class TuSession {
public:
  /// The session of the TU that \p Context works on.
  static std::shared_ptr<TuSession> of(ClangTidyContext &Context);

  explicit TuSession(ClangTidyContext &Context);

  const NettuneOptions &options() const { return Options; }

  /// The run gathers what a whole-program run needs, its TUs' files named relative
  /// to \p Root. To be said before facts() is asked.
  void summarize(StringRef Root) {
    SourceRoot = Root.str();
    Summarizing = true;
  }
  /// A finding that needs the whole program is not one yet: its sites are given
  /// out as they are, so that NOLINT and the header filter are heard.
  bool isSummarizing() const { return Summarizing; }
  /// Places name files relative to this directory; empty: as the compiler does.
  StringRef sourceRoot() const { return SourceRoot; }

  /// Errors in options and models, each given out once: whoever asks reports them.
  std::vector<std::string> takeErrors();

  /// The TU's facts, the program as far as it is known included; null if the
  /// configuration is wrong: half a configuration would check less without a word.
  const ::nettune::summary::TuFacts *facts(ASTContext &Ctx);

private:
  bool loadModels();
  bool loadIndex();
  std::vector<::nettune::summary::Facts> inPrograms(::nettune::summary::Facts Tu, StringRef TuFile);

  std::string MainFile;
  std::vector<std::string> Errors;
  bool Broken = false;
  std::string SourceRoot;
  bool Summarizing = false;
  std::shared_ptr<const ::nettune::summary::Index> Known; ///< while the facts are made
  NettuneOptions Options;
  std::shared_ptr<const ::nettune::model::ApiModel> Model;
  std::unique_ptr<::nettune::summary::TuFacts> Facts;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_TUSESSION_H
