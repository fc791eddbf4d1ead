//===- Check.cpp - nettune check ------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "CompileCommands.h"
#include "NinjaFile.h"
#include "ProjectOptions.h"
#include "Report.h"
#include "ShardFiles.h"

#include "summary/Assumptions.h"
#include "summary/AtomicFile.h"
#include "summary/ZeroArguments.h"

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
  std::vector<std::string> Shards;
  std::vector<std::string> Lost;
  for (const TuCommand &C : *Commands) {
    std::string Shard = shardPath(C, Root, Cache);
    if (llvm::sys::fs::exists(Shard))
      Shards.push_back(Shard);
    else
      Lost.push_back(C.File);
  }
  auto Index = linkShards(Shards, Root, indexPath(BuildDir));
  if (!Index)
    return fail(llvm::toString(Index.takeError()));
  if (llvm::Error E = summary::writeAtomically(indexPath(BuildDir), summary::writeIndex(*Index)))
    return fail(llvm::toString(std::move(E)));

  std::vector<summary::Program> Programs;
  for (summary::Facts &F : Index->Programs)
    Programs.emplace_back(summary::withZeroArguments(summary::withAssumptions(std::move(F))));
  std::vector<ReportedFinding> Findings = collectFindings(Programs, *Index, *O);
  keepOnly(Findings, A.Files, Root);
  llvm::outs() << printFindings(Findings, Root);
  llvm::outs().flush(); // before what follows on the error stream
  for (const std::string &File : Lost)
    llvm::errs() << "nettune: " << File << ": error: could not be analysed; see " << Cache << "/ninja.log\n";
  unsigned Partial = llvm::count_if(Index->Tus, [](const auto &T) { return T.Partial; });
  llvm::errs() << "nettune: " << counted(Index->Tus.size(), "translation unit") << ", " << Partial
               << " with errors, " << Lost.size() << " not analysed, " << counted(Findings.size(), "finding") << "\n";
  if (!Findings.empty())
    return HasFindings;
  return Whole && Partial == 0 && Lost.empty() ? Clean : Incomplete;
}

} // namespace nettune::cli
