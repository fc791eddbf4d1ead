//===- Summarize.cpp - nettune summarize ----------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BaseFiles.h"
#include "Commands.h"
#include "ShardFiles.h"
#include "TuSummarizer.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {

/// As make reads a rule: blanks, '#' and '$' are escaped.
static std::string escapedForMake(llvm::StringRef Path) {
  std::string Out;
  for (char C : Path) {
    if (C == ' ' || C == '#')
      Out += '\\';
    else if (C == '$')
      Out += '$';
    Out += C;
  }
  return Out;
}

static std::string dependencyRule(llvm::StringRef Shard, const TuOutcome &Out) {
  std::string Rule = escapedForMake(Shard) + ":";
  for (const std::string &File : Out.Dependencies)
    Rule += " \\\n  " + escapedForMake(File);
  return Rule + "\n";
}

static bool write(const std::string &Path, llvm::StringRef Bytes) {
  llvm::Error Error = summary::writeAtomically(Path, Bytes);
  return !Error || fail(llvm::toString(std::move(Error))) == Clean;
}

/// The commands of one file; all of them or the one that was asked for.
static std::vector<const TuCommand *> commandsOf(const std::vector<TuCommand> &All, const std::string &File,
                                                 int Ordinal) {
  std::vector<const TuCommand *> Result;
  for (const TuCommand &C : All)
    if (C.File == File && (Ordinal < 0 || C.Ordinal == static_cast<unsigned>(Ordinal)))
      Result.push_back(&C);
  return Result;
}

using Files = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

static bool summarizeOne(const TuCommand &C, const std::string &Root, const SummarizeArguments &A,
                         const Files &From) {
  TuOutcome Out = summarizeTu(C, Root, From);
  std::string Shard = A.OutputDir + "/" + shardName(Out.S.MainFile, C.Ordinal);
  if (!Out.Error.empty()) {
    llvm::sys::fs::remove(Shard); // what it said is true no more
    return fail(Out.Error) == Clean;
  }
  for (const std::string &E : Out.S.Errors)
    llvm::errs() << E << "\n";
  if (Out.S.Partial)
    llvm::errs() << C.File << ": warning: the TU has errors; what could be parsed is analysed\n";
  return write(Shard, summary::writeShard(Out.S)) &&
         (A.DependencyFile.empty() || write(A.DependencyFile, dependencyRule(Shard, Out)));
}

int summarize(const SummarizeArguments &A) {
  std::string Error, BuildDir = absolutePath(A.BuildDir);
  auto Commands = loadCommands(BuildDir, Error);
  if (!Commands) {
    return fail(Error);
  }
  if (std::error_code EC = llvm::sys::fs::create_directories(A.OutputDir)) {
    return fail(A.OutputDir + ": error: " + EC.message());
  }
  std::string Root = A.Root.empty() ? sourceRoot(*Commands, BuildDir) : absolutePath(A.Root);
  Files From = llvm::vfs::getRealFileSystem();
  if (!A.Base.empty()) {
    auto Base = BaseFiles::read(A.Base);
    if (!Base)
      return fail(llvm::toString(Base.takeError()));
    From = Base->overlay();
  }
  bool AllGood = true;
  for (const std::string &File : A.Files) {
    auto Chosen = commandsOf(*Commands, absolutePath(File), A.Ordinal);
    if (Chosen.empty()) {
      return fail(File + ": error: " + BuildDir + "/compile_commands.json has no command for it");
    }
    for (const TuCommand *C : Chosen)
      AllGood &= summarizeOne(*C, Root, A, From);
  }
  return AllGood ? Clean : Incomplete;
}

} // namespace nettune::cli
