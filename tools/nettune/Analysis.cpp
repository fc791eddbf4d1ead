//===- Analysis.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis.h"

#include "CompileCommands.h"
#include "Fingerprint.h"
#include "LinkInfo.h"
#include "NinjaFile.h"
#include "ProjectOptions.h"
#include "ShardFiles.h"

#include "summary/Assumptions.h"
#include "summary/AtomicFile.h"
#include "summary/CallerConstants.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
namespace {

/// Runs what is out of date. Ninja's own words go to the error stream; true if
/// each TU gave a shard.
bool runNinja(const std::string &Directory, unsigned Jobs, std::string &Error) {
  auto Ninja = llvm::sys::findProgramByName("ninja");
  if (!Ninja) {
    Error = "error: ninja is not installed";
    return false;
  }
  std::vector<std::string> Words{*Ninja, "-C", Directory, "-k", "0"};
  if (Jobs)
    Words.insert(Words.end(), {"-j", std::to_string(Jobs)});
  std::vector<llvm::StringRef> Arguments(Words.begin(), Words.end());
  // What ninja prints is no finding.
  std::optional<llvm::StringRef> Redirects[] = {llvm::StringRef(), std::nullopt, std::nullopt};
  std::string Log = Directory + "/ninja.log";
  Redirects[1] = llvm::StringRef(Log);
  return llvm::sys::ExecuteAndWait(*Ninja, Arguments, std::nullopt, Redirects, 0, 0, &Error) == 0;
}

struct Shards {
  std::vector<std::string> Files;
  std::vector<std::string> Lost;   ///< sources without one
  std::vector<std::size_t> Number; ///< by command: of its file
};

Shards shardsOf(const std::vector<TuCommand> &Commands, const std::string &Root, const std::string &Cache) {
  Shards Found;
  for (const TuCommand &C : Commands) {
    std::string Shard = shardPath(C, Root, Cache);
    bool Exists = llvm::sys::fs::exists(Shard);
    Found.Number.push_back(Exists ? Found.Files.size() : SIZE_MAX);
    (Exists ? Found.Files : Found.Lost).push_back(Exists ? Shard : C.File);
  }
  return Found;
}

/// What the user or the build says of programs, by the numbers of shards; empty: nothing.
llvm::Expected<std::vector<summary::TuSet>>
linkedShards(const AnalysisRequest &A, const std::vector<TuCommand> &Commands, const Shards &Found,
             const std::vector<summary::Shard> &Read, const std::string &Root) {
  if (!A.Programs.empty())
    return readPrograms(A.Programs, Read, Root);
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
    std::erase_if(Set.Tus, [&](unsigned Tu) { return Found.Number[Tu] == SIZE_MAX; });
    for (unsigned &Tu : Set.Tus)
      Tu = Found.Number[Tu];
  }
  return Linked;
}

llvm::Error failed(const std::string &Error) { return llvm::createStringError(Error); }

/// Each TU's shard made anew where it is out of date.
llvm::Expected<Shards> updateShards(const std::vector<TuCommand> &Commands, const AnalysisRequest &R, const Analysis &A) {
  std::string Error;
  if (!writeNinjaFile(Commands, {R.Executable, A.BuildDir, A.Root, A.Cache}, Error))
    return failed(Error);
  runNinja(A.Cache, R.Jobs, Error);
  if (!Error.empty())
    return failed(Error);
  return shardsOf(Commands, A.Root, A.Cache);
}

} // namespace

llvm::Expected<Analysis> analyse(const AnalysisRequest &R) {
  Analysis A;
  std::string Error;
  A.BuildDir = absolutePath(R.BuildDir);
  auto Commands = loadCommands(A.BuildDir, Error);
  if (!Commands)
    return failed(Error);
  A.Root = R.Root.empty() ? sourceRoot(*Commands, A.BuildDir) : absolutePath(R.Root);
  A.Cache = cacheDir(A.BuildDir);
  auto O = projectOptions(A.Root, Error);
  if (!O)
    return failed(Error);
  auto Found = updateShards(*Commands, R, A);
  if (!Found)
    return Found.takeError();
  for (const std::string &File : Found->Lost)
    A.Lost.push_back({File, A.Cache + "/ninja.log"});
  auto Read = readShards(Found->Files);
  if (!Read)
    return Read.takeError();
  auto Linked = linkedShards(R, *Commands, *Found, *Read, A.Root);
  if (!Linked)
    return Linked.takeError();
  bool SaysPrograms = !Linked->empty();
  FindingCollector Collector(*O);
  auto Solve = [&](summary::Facts F) {
    Collector.add(summary::Program(summary::withCallerConstants(summary::withAssumptions(std::move(F)))));
  };
  std::string IndexFile = indexPath(A.BuildDir);
  LinkedIndex Index = linkShards(std::move(*Read), std::move(*Linked), A.Root, IndexFile, Solve);
  if (llvm::Error E = summary::writeAtomically(IndexFile, Index.Bytes))
    return std::move(E);
  A.Findings = Collector.take(Index.I);
  SourceLines Sources(A.Root);
  setFingerprints(A.Findings, Sources);
  A.Tus = Index.I.Tus.size();
  A.Programs = SaysPrograms ? Index.Programs : 0;
  for (const auto &T : Index.I.Tus)
    if (T.Partial)
      A.Partial.push_back(T.MainFile);
  return A;
}

} // namespace nettune::cli
