//===- Analysis.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis.h"

#include "CompileCommands.h"
#include "Fingerprint.h"
#include "Dates.h"
#include "LinkInfo.h"
#include "NinjaFile.h"
#include "Nolint.h"
#include "ShardFiles.h"
#include "Stopwatch.h"

#include "summary/Assumptions.h"
#include "summary/AtomicFile.h"
#include "summary/CallerConstants.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
namespace {

llvm::Error failed(const std::string &Error) { return llvm::createStringError(Error); }

/// Finds the shard of each command.
void takeShards(BuildShards &B, const std::string &Root, const std::string &Cache) {
  for (const TuCommand &C : B.Commands) {
    std::string Shard = shardPath(C, Root, Cache);
    bool Exists = llvm::sys::fs::exists(Shard);
    B.Number.push_back(Exists ? B.Files.size() : SIZE_MAX);
    (Exists ? B.Files : B.Lost).push_back(Exists ? Shard : C.File);
  }
}

/// What the user or the build says of programs, by the numbers of shards; empty: nothing.
llvm::Expected<std::vector<summary::TuSet>>
linkedShards(const AnalysisRequest &A, const BuildShards &Build, const std::string &Root) {
  const std::vector<TuCommand> &Commands = Build.Commands;
  if (!A.Programs.empty()) {
    auto Read = readShards(Build.Files);
    return Read ? readPrograms(A.Programs, *Read, Root) : Read.takeError();
  }
  if (A.NoLinkInfo)
    return std::vector<summary::TuSet>();
  // Where the file truly lies: a link to it often stands in the sources.
  llvm::SmallString<256> Database;
  if (llvm::sys::fs::real_path(A.BuildDir + "/compile_commands.json", Database))
    return std::vector<summary::TuSet>();
  std::string BuildDir = llvm::sys::path::parent_path(Database).str();
  auto Info = readLinkInfo(BuildDir, Commands);
  if (!Info)
    return llvm::createStringError(llvm::toString(Info.takeError()) +
                                   "; with --no-link-info all files are taken as one program");
  if (!*Info)
    return std::vector<summary::TuSet>();
  std::vector<summary::TuSet> Linked = linkedSets(**Info, Commands, BuildDir);
  if (!namesTus(**Info, Commands))
    llvm::errs() << "nettune: " << (*Info)->Source
                 << ": warning: what it links is not what compile_commands.json compiles; all files are taken as one "
                    "program\n";
  for (summary::TuSet &Set : Linked) {
    std::erase_if(Set.Tus, [&](unsigned Tu) { return Build.Number[Tu] == SIZE_MAX; });
    for (unsigned &Tu : Set.Tus)
      Tu = Build.Number[Tu];
  }
  return Linked;
}

/// Each TU's shard made anew where it is out of date.
llvm::Error updateShards(Analysis &A, const AnalysisRequest &R) {
  auto Made = makeShards(A.Build.Commands, {R.Executable, A.BuildDir, A.Root, A.Cache, R.Pchs, "", R.Options}, R.Jobs, R.Store,
                         Progress(R.Progress, "analysis"));
  if (!Made)
    return Made.takeError();
  takeShards(A.Build, A.Root, A.Cache);
  for (std::size_t I = 0; I < A.Build.Commands.size(); ++I)
    if (A.Build.Number[I] == SIZE_MAX)
      A.Lost.push_back({A.Build.Commands[I].File, whyLost(A.Build.Commands[I], A.Root, A.Cache, *Made)});
  A.Made = std::move(*Made);
  return llvm::Error::success();
}

/// What is linked with what, by the numbers of shards.
llvm::Error findPrograms(Analysis &A, const AnalysisRequest &R) {
  auto Linked = linkedShards(R, A.Build, A.Root);
  if (!Linked)
    return Linked.takeError();
  A.Build.Linked = std::move(*Linked);
  return llvm::Error::success();
}

} // namespace

llvm::Error solveShards(Analysis &A, SourceLines &Sources, const std::string &IndexFile, bool WithWays) {
  auto Read = readShards(A.Build.Files);
  if (!Read)
    return Read.takeError();
  for (const summary::Shard &S : *Read)
    if (!S.Errors.empty())
      A.FirstErrors.try_emplace(S.MainFile, S.Errors.front());
  FindingCollector Collector(A.Build.O, WithWays);
  auto Solve = [&](summary::Facts F) {
    Collector.add(summary::Program(summary::withCallerConstants(summary::withAssumptions(std::move(F)))));
  };
  LinkedIndex Index = linkShards(std::move(*Read), A.Build.Linked, A.Root, IndexFile, Solve);
  if (!IndexFile.empty())
    if (llvm::Error E = summary::writeAtomically(IndexFile, Index.Bytes))
      return E;
  A.Findings = Collector.take(Index.I);
  keepNolintFindings(A.Findings, A.RequireReason, today());
  A.Entities = Collector.takeEntities();
  setFingerprints(A.Findings, Sources);
  A.Tus = Index.I.Tus.size();
  A.Programs = A.Build.Linked.empty() ? 0 : Index.Programs;
  for (const auto &T : Index.I.Tus)
    if (T.Partial)
      A.Partial.push_back(T.MainFile);
  return llvm::Error::success();
}

llvm::Expected<std::string> rootOf(const std::string &BuildDir, const std::string &Root) {
  std::string Error, Directory = absolutePath(BuildDir);
  auto Commands = loadCommands(Directory, Error);
  if (!Commands)
    return failed(Error);
  return Root.empty() ? sourceRoot(*Commands, Directory) : rootAsNamed(absolutePath(Root), *Commands);
}

llvm::Expected<Analysis> analyse(const AnalysisRequest &R) {
  Analysis A;
  A.RequireReason = R.RequireReason;
  std::string Error;
  A.BuildDir = absolutePath(R.BuildDir);
  auto Commands = loadCommands(A.BuildDir, Error);
  if (!Commands)
    return failed(Error);
  A.Build.Commands = std::move(*Commands);
  A.Root = R.Root.empty() ? sourceRoot(A.Build.Commands, A.BuildDir) : rootAsNamed(absolutePath(R.Root), A.Build.Commands);
  A.Cache = cacheDir(A.BuildDir);
  auto O = projectOptions(A.Root, R.Options, Error);
  if (!O)
    return failed(Error);
  A.Build.O = std::move(*O);
  auto Lock = RunLock::take(A.Cache);
  if (!Lock)
    return Lock.takeError();
  A.Lock = std::make_shared<RunLock>(std::move(*Lock));
  Stopwatch Watch;
  if (llvm::Error E = updateShards(A, R))
    return std::move(E);
  A.ShardSeconds = Watch.lap();
  if (llvm::Error E = findPrograms(A, R))
    return std::move(E);
  SourceLines Sources(A.Root);
  if (llvm::Error E = solveShards(A, Sources, indexPath(A.BuildDir), R.WithWays))
    return std::move(E);
  A.SolveSeconds = Watch.lap();
  return A;
}

} // namespace nettune::cli
