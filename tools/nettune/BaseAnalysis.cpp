//===- BaseAnalysis.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BaseAnalysis.h"

#include "LinkedFiles.h"
#include "MakeShards.h"
#include "NinjaRun.h"
#include "ShardFiles.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace nettune::cli {
namespace {
namespace path = llvm::sys::path;

/// The command with another source.
TuCommand withSource(const TuCommand &C, const std::string &File) {
  TuCommand New = C;
  New.File = File;
  for (std::string &Word : New.Line) {
    bool Names = path::filename(Word) == path::filename(C.File) &&
                 absolutePath(path::is_absolute(Word) ? Word : C.Directory + "/" + Word) == C.File;
    if (Names)
      Word = File;
  }
  return New;
}

/// The TU whose directory has most in common with the file's: its flags are the best guess.
const TuCommand *neighbour(const std::vector<TuCommand> &Commands, llvm::StringRef File) {
  const TuCommand *Best = nullptr;
  std::size_t Most = 0;
  for (const TuCommand &C : Commands) {
    std::size_t Common = 0;
    while (Common < C.File.size() && Common < File.size() && C.File[Common] == File[Common])
      ++Common;
    if (C.Ordinal == 0 && (!Best || Common > Most)) {
      Best = &C;
      Most = Common;
    }
  }
  return Best;
}

bool configures(llvm::StringRef File) {
  return path::filename(File) == ".clang-tidy" || path::filename(File).ends_with(".nettune.json");
}

class BaseBuild {
public:
  BaseBuild(const Analysis &Head, const Changes &Since) : Head(Head), Since(Since) {
    for (llvm::StringRef File : Since.Base.Contents.keys())
      Changed.add(File);
    for (const auto &[File, Lines] : Since.Lines)
      Changed.add(File);
  }

  /// Fills \p Base.Build but for the shards that are to be made: those of Fresh.
  llvm::Error plan(Analysis &Base) {
    auto Inputs = recordedInputs(Head.Cache);
    if (!Inputs)
      return Inputs.takeError();
    bool All = llvm::any_of(Since.Lines, [](const auto &F) { return configures(F.first); }) ||
               llvm::any_of(Since.Deleted, configures);
    const BuildShards &Now = Head.Build;
    std::vector<bool> Gone(Now.Commands.size());
    for (std::size_t I = 0; I < Now.Commands.size(); ++I) {
      const TuCommand &C = Now.Commands[I];
      auto Renamed = Since.Renamed.find(C.File);
      if (Renamed != Since.Renamed.end())
        add(Base, withSource(C, Renamed->second), I, "");
      else if (llvm::is_contained(Since.Base.Absent, C.File))
        continue;
      else if (Now.Number[I] == SIZE_MAX || All || isAffected(Now.Files[Now.Number[I]], *Inputs, C))
        add(Base, C, I, "");
      else
        add(Base, C, I, Now.Files[Now.Number[I]]);
    }
    auto IsCommanded = [&](const std::string &File) {
      return llvm::any_of(Now.Commands, [&](const TuCommand &C) { return C.File == File; });
    };
    for (const std::string &File : Since.Deleted)
      if (isCxxSource(File) && !IsCommanded(File))
        if (const TuCommand *C = neighbour(Now.Commands, File))
          add(Base, withSource(*C, File), SIZE_MAX, "");
    return llvm::Error::success();
  }

  /// After the fresh shards were made.
  void finish(Analysis &Base, const std::string &Cache, const MadeShards &Made) {
    std::vector<unsigned> NumberOf(Head.Build.Files.size(), None); // from the head's shards to the base's
    std::vector<unsigned> Deleted;
    for (std::size_t I = 0; I < Commands.size(); ++I) {
      std::string File = Taken[I].empty() ? shardPath(Commands[I], Base.Root, Cache) : Taken[I];
      if (!llvm::sys::fs::exists(File)) {
        Base.Lost.push_back({Commands[I].File, whyLost(Commands[I], Base.Root, Cache, Made)});
        continue;
      }
      unsigned Number = Base.Build.Files.size();
      Base.Build.Files.push_back(File);
      if (Of[I] == SIZE_MAX)
        Deleted.push_back(Number);
      else if (Head.Build.Number[Of[I]] != SIZE_MAX)
        NumberOf[Head.Build.Number[Of[I]]] = Number;
    }
    for (summary::TuSet Set : Head.Build.Linked) {
      std::vector<unsigned> Tus = Deleted;
      for (unsigned Tu : Set.Tus)
        if (NumberOf[Tu] != None)
          Tus.push_back(NumberOf[Tu]);
      Set.Tus = std::move(Tus);
      llvm::sort(Set.Tus);
      Base.Build.Linked.push_back(std::move(Set));
    }
  }

  std::vector<TuCommand> fresh() const {
    std::vector<TuCommand> Result;
    for (std::size_t I = 0; I < Commands.size(); ++I)
      if (Taken[I].empty())
        Result.push_back(Commands[I]);
    return Result;
  }

private:
  static constexpr unsigned None = ~0u;

  void add(Analysis &Base, TuCommand C, std::size_t Number, std::string Shard) {
    Commands.push_back(std::move(C));
    Of.push_back(Number);
    Taken.push_back(std::move(Shard));
  }

  bool isAffected(const std::string &Shard, const llvm::StringMap<std::vector<std::string>> &Inputs,
                  const TuCommand &C) const {
    auto Found = Inputs.find(Shard);
    if (Found == Inputs.end())
      return true; // nobody knows
    return changed(C.File) || llvm::any_of(Found->second, [&](const std::string &F) { return changed(F); });
  }

  bool changed(llvm::StringRef File) const {
    auto [Known, New] = IsChanged.try_emplace(File, false); // most TUs read the same headers
    if (New)
      Known->second = !Changed.find(File).empty();
    return Known->second;
  }

  const Analysis &Head;
  const Changes &Since;
  LinkedFiles Changed;
  mutable llvm::StringMap<bool> IsChanged;
  std::vector<TuCommand> Commands;
  std::vector<std::size_t> Of;    ///< number of the head's command; SIZE_MAX: it has none
  std::vector<std::string> Taken; ///< the head's shard; empty: to be made
};

} // namespace

llvm::Expected<Analysis> analyseBase(const Analysis &Head, const AnalysisRequest &R, const Changes &Since) {
  Analysis Base;
  Base.Root = Head.Root;
  Base.BuildDir = Head.BuildDir;
  Base.RequireReason = Head.RequireReason;
  Base.Cache = Head.Cache + "/base";
  Base.Build.O = Head.Build.O;
  BaseBuild Build(Head, Since);
  if (llvm::Error E = Build.plan(Base))
    return std::move(E);
  // The same base may have had other changes to it before.
  llvm::sys::fs::remove_directories(Base.Cache + "/shards");
  std::string Overlay = Base.Cache + "/files";
  MadeShards Made;
  std::vector<TuCommand> Fresh = Build.fresh();
  if (!Fresh.empty()) {
    if (llvm::Error E = Since.Base.write(Overlay))
      return std::move(E);
    auto Ran = makeShards(Fresh, {R.Executable, Base.BuildDir, Base.Root, Base.Cache, PchMode::Off, Overlay, R.Options}, R.Jobs, R.Store,
                         Progress(R.Progress, "base"));
    if (!Ran)
      return Ran.takeError();
    Made = std::move(*Ran);
  }
  Build.finish(Base, Base.Cache, Made);
  SourceLines Sources(Base.Root, Since.Base.overlay());
  if (llvm::Error E = solveShards(Base, Sources, "", /*WithWays=*/true))
    return std::move(E);
  return Base;
}

} // namespace nettune::cli
