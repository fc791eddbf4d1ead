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
#include "summary/TuFacts.h"

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

  /// Errors in options and models, each given out once: whoever asks reports them.
  std::vector<std::string> takeErrors();

  /// The TU's facts, the program as far as it is known included; null if the
  /// configuration is wrong: half a configuration would check less without a word.
  const ::nettune::summary::TuFacts *facts(ASTContext &Ctx);

private:
  bool loadModels();

  std::string MainFile;
  std::vector<std::string> Errors;
  bool Broken = false;
  NettuneOptions Options;
  std::shared_ptr<const ::nettune::model::ApiModel> Model;
  std::unique_ptr<::nettune::summary::TuFacts> Facts;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_TUSESSION_H
