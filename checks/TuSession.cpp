//===- TuSession.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TuSession.h"

#include "analysis/TuExtractor.h"
#include "model/ModelFiles.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <map>
#include <mutex>

namespace clang::tidy::nettune {
using namespace ::nettune;

std::shared_ptr<TuSession> TuSession::of(ClangTidyContext &Context) {
  static std::mutex Guard;
  static std::map<const ClangTidyContext *, std::weak_ptr<TuSession>> Sessions;
  std::lock_guard<std::mutex> Lock(Guard);
  std::erase_if(Sessions, [](const auto &S) { return S.second.expired(); });
  std::weak_ptr<TuSession> &Known = Sessions[&Context];
  if (std::shared_ptr<TuSession> Session = Known.lock())
    return Session;
  auto Session = std::make_shared<TuSession>(Context);
  Known = Session;
  return Session;
}

TuSession::TuSession(ClangTidyContext &Context)
    : MainFile(Context.getCurrentFile()),
      Options(NettuneOptions::read(Context.getOptions().CheckOptions, Errors)) {
  Broken = !Errors.empty();
  // What --verify-config knows, it knows from the options that checks ask for.
  if (llvm::StringSet<> *Known = Context.getOptionsCollector()) {
    ClangTidyOptions::OptionMap Map;
    Options.store(Map);
    for (const auto &Option : Map)
      Known->insert(Option.getKey());
  }
}

std::vector<std::string> TuSession::takeErrors() { return std::exchange(Errors, {}); }

bool TuSession::loadModels() {
  llvm::SmallString<256> Directory(MainFile);
  llvm::sys::fs::make_absolute(Directory);
  llvm::sys::path::remove_filename(Directory);
  model::ModelError Error;
  std::vector<std::string> Files = Options.modelFiles();
  if (auto Beside = model::findBesideSources(Directory.str().str(), Error)) {
    Files.insert(Files.end(), Beside->begin(), Beside->end());
    Model = model::loadModel(Files, Error);
  }
  if (Model)
    return true;
  Errors.push_back(Error.str());
  Broken = true;
  return false;
}

const summary::TuFacts *TuSession::facts(ASTContext &Ctx) {
  if (Broken)
    return nullptr;
  if (!Facts) {
    if (!loadModels())
      return nullptr;
    summary::TuSummary Tu = analysis::TuExtractor::extract(Ctx, *Model, SourceRoot);
    Facts = std::make_unique<summary::TuFacts>(std::move(Tu.F), std::move(Tu.Local));
  }
  return Facts.get();
}

} // namespace clang::tidy::nettune
