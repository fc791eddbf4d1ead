//===- TuSession.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TuSession.h"

#include "analysis/TuExtractor.h"
#include "model/ModelFiles.h"
#include "summary/Assumptions.h"
#include "summary/IndexedTu.h"
#include "summary/CallerConstants.h"

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

bool TuSession::loadIndex() {
  llvm::SmallString<256> Path(Options.Index);
  llvm::sys::fs::make_absolute(Path);
  auto Index = summary::IndexCache::ofProcess().get(Path.str().str());
  if (!Index) {
    Errors.push_back(llvm::toString(Index.takeError()));
    Broken = true;
    return false;
  }
  llvm::sys::path::remove_filename(Path);
  llvm::sys::path::append(Path, (*Index)->Root);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  SourceRoot = Path.str().str();
  Known = std::move(*Index);
  return true;
}

/// The TU in each of the programs that it belongs to; a new file may belong to any.
std::vector<summary::Facts> TuSession::inPrograms(summary::Facts Tu, StringRef TuFile) {
  auto HoldsFile = [&](const summary::Facts &P) {
    return llvm::any_of(P.Functions, [&](const summary::Function &F) { return P.text(F.Where.File) == TuFile; });
  };
  const std::vector<summary::Facts> &Programs = Known->Programs;
  bool IsNew = llvm::none_of(Programs, HoldsFile);
  std::vector<summary::Facts> Result;
  for (const summary::Facts &P : Programs)
    if (IsNew || HoldsFile(P))
      Result.push_back(summary::withAssumptions(summary::withProgram(Tu, TuFile, P)));
  Known = nullptr;
  if (Result.empty())
    Result.push_back(summary::withAssumptions(std::move(Tu)));
  return Result;
}

const summary::TuFacts *TuSession::facts(ASTContext &Ctx) {
  if (Broken)
    return nullptr;
  if (!Facts) {
    bool Indexed = !Options.Index.empty() && !Summarizing;
    if (!loadModels() || (Indexed && !loadIndex()))
      return nullptr;
    summary::TuSummary Tu = analysis::TuExtractor::extract(Ctx, *Model, SourceRoot);
    llvm::StringSet<> Files;
    for (const summary::Function &F : Tu.F.Functions)
      if (F.has(summary::Function::HasBody))
        Files.insert(Tu.F.text(F.Where.File));
    std::vector<summary::Facts> Programs;
    if (Indexed)
      Programs = inPrograms(std::move(Tu.F), Tu.MainFile);
    else
      Programs.push_back(std::move(Tu.F));
    if (!Summarizing) // who calls may stand in another file
      for (summary::Facts &F : Programs)
        F = summary::withCallerConstants(std::move(F));
    Facts = std::make_unique<summary::TuFacts>(std::move(Programs), std::move(Tu.Local));
    if (Indexed) {
      Facts->MainFile = Tu.MainFile;
      Facts->Files = std::move(Files);
    }
  }
  return Facts.get();
}

} // namespace clang::tidy::nettune
