//===- Check.cpp - nettune check ------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "CompileCommands.h"
#include "LinkInfo.h"
#include "NinjaFile.h"
#include "ProjectOptions.h"
#include "Report.h"
#include "ShardFiles.h"

#include "summary/Assumptions.h"
#include "summary/AtomicFile.h"
#include "summary/CallerConstants.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
namespace {

std::string counted(std::size_t Count, const std::string &What) {
  return std::to_string(Count) + " " + What + (Count == 1 ? "" : "s");
}

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
linkedShards(const CheckArguments &A, const std::vector<TuCommand> &Commands, const Shards &Found,
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

/// Steps of a path count: a change in any file on it makes the finding the reader's.
bool touches(const ReportedFinding &F, const llvm::StringSet<> &Files) {
  return Files.contains(F.Where.File) ||
         llvm::any_of(F.Notes, [&](const Line &N) { return Files.contains(N.Where.File); });
}

void keepOnly(std::vector<ReportedFinding> &Findings, const std::vector<std::string> &Files,
              const std::string &Root) {
  if (Files.empty())
    return;
  llvm::StringSet<> Wanted;
  for (const std::string &F : Files)
    Wanted.insert(relativeTo(Root, absolutePath(F)));
  std::erase_if(Findings, [&](const ReportedFinding &F) { return !touches(F, Wanted); });
}

} // namespace

int check(const CheckArguments &A, const std::string &Executable) {
  std::string Error, BuildDir = absolutePath(A.BuildDir);
  auto Commands = loadCommands(BuildDir, Error);
  if (!Commands)
    return fail(Error);
  std::string Root = A.Root.empty() ? sourceRoot(*Commands, BuildDir) : absolutePath(A.Root);
  for (const std::string &F : A.Files)
    if (!llvm::sys::fs::exists(F))
      return fail(F + ": error: there is no such file");
  auto O = projectOptions(Root, Error);
  if (!O)
    return fail(Error);

  std::string Cache = cacheDir(BuildDir);
  if (!writeNinjaFile(*Commands, {Executable, BuildDir, Root, Cache}, Error))
    return fail(Error);
  bool Whole = runNinja(Cache, A.Jobs, Error);
  if (!Error.empty())
    return fail(Error);
  Shards Found = shardsOf(*Commands, Root, Cache);
  auto Read = readShards(Found.Files);
  if (!Read)
    return fail(llvm::toString(Read.takeError()));
  auto Linked = linkedShards(A, *Commands, Found, *Read, Root);
  if (!Linked)
    return fail(llvm::toString(Linked.takeError()));
  bool SaysPrograms = !Linked->empty();
  FindingCollector Collector(*O);
  auto Solve = [&](summary::Facts F) { Collector.add(summary::Program(summary::withCallerConstants(summary::withAssumptions(std::move(F))))); };
  LinkedIndex Index = linkShards(std::move(*Read), std::move(*Linked), Root, indexPath(BuildDir), Solve);
  if (llvm::Error E = summary::writeAtomically(indexPath(BuildDir), Index.Bytes))
    return fail(llvm::toString(std::move(E)));
  std::vector<ReportedFinding> Findings = Collector.take(Index.I);
  keepOnly(Findings, A.Files, Root);
  llvm::outs() << printFindings(Findings, Root);
  llvm::outs().flush(); // before what follows on the error stream
  for (const std::string &File : Found.Lost)
    llvm::errs() << "nettune: " << File << ": error: could not be analysed; see " << Cache << "/ninja.log\n";
  unsigned Partial = llvm::count_if(Index.I.Tus, [](const auto &T) { return T.Partial; });
  llvm::errs() << "nettune: " << counted(Index.I.Tus.size(), "translation unit")
               << (SaysPrograms ? " in " + counted(Index.Programs, "program") : "") << ", " << Partial << " with errors, "
               << Found.Lost.size() << " not analysed, " << counted(Findings.size(), "finding") << "\n";
  if (!Findings.empty())
    return HasFindings;
  return Whole && Partial == 0 && Found.Lost.empty() ? Clean : Incomplete;
}

} // namespace nettune::cli
