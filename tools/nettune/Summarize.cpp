//===- Summarize.cpp - nettune summarize ----------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BaseFiles.h"
#include "Commands.h"
#include "ShardFiles.h"
#include "ShardStore.h"
#include "Stopwatch.h"
#include "TuSummarizer.h"
#include "TuTask.h"
#include "Watch.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdlib>
#include <cstring>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// What cannot stand there is left out: it is watched.
static std::string dependencyRule(llvm::StringRef Shard, const std::vector<std::string> &Files) {
  std::string Rule = escapedForMake(Shard) + ":";
  PlainNames Names;
  for (const std::string &File : Files)
    if (canBeDependency(File))
      Rule += " \\\n  " + escapedForMake(Names.of(File));
  return Rule + "\n";
}

namespace {

/// Makes shards, by the store's help where there is one.
class Summarizer {
public:
  using Tell = std::function<void(const std::string &)>;

  /// \p Warn has what is wrong with the store.
  Summarizer(std::string Root, std::string BuildDir, GivenOptions Options, const std::string &StoreDir, const Tell &Warn,
             llvm::IntrusiveRefCntPtr<FileSystem> FS)
      : Root(std::move(Root)), BuildDir(std::move(BuildDir)), Options(std::move(Options)), FS(std::move(FS)) {
    if (!StoreDir.empty())
      Store.emplace(StoreDir, Warn);
  }

  /// Nothing, or why there is no shard; an old one is gone then.
  std::optional<LostShard> make(const TuCommand &C, const std::string &Shard, const std::string &DependencyFile,
                                const std::string &WatchFile, bool MaySharePch = false) {
    StoreQuestion Question{C, Root, BuildDir, MaySharePch, Options};
    std::optional<ShardStore::Hit> Hit;
    Stopwatch Watch;
    if (Store)
      Hit = Store->find(Question, *FS);
    T.Lookup = Watch.lap();
    T.FromStore = Hit.has_value();
    if (!Hit) {
      TuOutcome Out = analyse(C, Shard);
      T.Analysis = Watch.lap();
      if (!Out.Error.empty()) {
        llvm::sys::fs::remove(Shard); // what it said is true no more
        return LostShard{Out.IsConfigurationWrong ? LostShard::Configuration : LostShard::Source, Out.Error};
      }
      if (Store)
        Store->keep(Question, Out.Read, Out.OfThisRoot, summary::writeShard(Out.S));
      Hit = {std::move(Out.S), {}, {Out.Read.Absent.begin(), Out.Read.Absent.end()}};
      for (const auto &File : Out.Read.Files)
        Hit->Dependencies.push_back(File.first);
    }
    for (const std::string &E : Hit->S.Errors)
      llvm::errs() << E << "\n";
    if (Hit->S.Partial)
      llvm::errs() << C.File << ": warning: the TU has errors; what could be parsed is analysed\n";
    const std::pair<std::string, std::string> Files[] = {
        {WatchFile, WatchFile.empty() ? "" : watchText(Hit->Dependencies, Hit->Absent, *FS)},
        {DependencyFile, dependencyRule(Shard, Hit->Dependencies)},
        {Shard, summary::writeShard(Hit->S)}};
    for (const auto &[File, Bytes] : Files)
      if (!File.empty())
        if (llvm::Error E = summary::writeAtomically(File, Bytes)) {
          llvm::sys::fs::remove(Shard);
          return LostShard{LostShard::Output, "error: " + llvm::toString(std::move(E))};
        }
    T.Writing = Watch.lap();
    return std::nullopt;
  }
  /// Of the last shard.
  const TuTimes &times() const { return T; }

private:
  /// With a PCH where that is possible, and goes well.
  TuOutcome analyse(const TuCommand &C, const std::string &Shard) {
    llvm::StringRef CacheDir = llvm::sys::path::parent_path(llvm::sys::path::parent_path(Shard));
    if (auto Begin = preparePch(C, (CacheDir + "/pch").str())) {
      TuOutcome Out = summarizeTu(C, Root, Options, FS, &*Begin);
      if (Out.Error.empty() && !Out.S.Partial && Out.PchDoubt.empty())
        return Out;
      if (!Out.PchDoubt.empty()) // for the log
        llvm::errs() << C.File << ": note: read without shared headers: " << Out.PchDoubt << "\n";
    }
    return summarizeTu(C, Root, Options, FS);
  }

  TuTimes T;
  std::string Root, BuildDir;
  GivenOptions Options;
  llvm::IntrusiveRefCntPtr<FileSystem> FS;
  std::optional<ShardStore> Store;
};

} // namespace

std::string storeDirectory(const std::string &Wanted, const std::string &BuildDir) {
  if (!Wanted.empty())
    return absolutePath(Wanted);
  if (const char *Set = std::getenv("NETTUNE_CACHE_DIR"))
    return absolutePath(Set);
  return cacheDir(BuildDir) + "/store";
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

/// Does \p Work in a process of its own, which may die: clang has bugs. Nothing, or how it died.
static std::optional<std::string> inOwnProcess(llvm::function_ref<int()> Work, int &Code) {
  pid_t Parent = getpid(), Child = fork();
  if (Child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != Parent)
      _exit(Incomplete);
    int Result = Work();
    llvm::errs().flush();
    _exit(Result);
  }
  if (Child < 0)
    return "no process could be started: " + std::generic_category().message(errno);
  int Status = 0;
  while (waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  if (WIFSIGNALED(Status))
    return "the analysis died of signal " + std::to_string(WTERMSIG(Status)) + " (" + strsignal(WTERMSIG(Status)) + ")";
  Code = WEXITSTATUS(Status);
  return std::nullopt;
}

/// The sources as they are, or as the file \p Base says that they were.
static llvm::Expected<llvm::IntrusiveRefCntPtr<FileSystem>> filesOf(const std::string &Base) {
  if (Base.empty())
    return llvm::vfs::getRealFileSystem();
  auto Files = BaseFiles::read(Base);
  if (!Files)
    return Files.takeError();
  return Files->overlay();
}

static int summarizeTask(const SummarizeArguments &A) {
  auto Task = readTask(A.Task);
  if (!Task)
    return fail(llvm::toString(Task.takeError()));
  const std::string &Shard = Task->Shard;
  std::string Name = llvm::sys::path::filename(Shard).str();
  auto Lose = [&](const LostShard &Lost) {
    llvm::errs() << Lost.Reason << "\n" << lostLine(Name, Lost);
    return Incomplete;
  };
  auto FS = filesOf(Task->Base);
  if (!FS)
    return Lose({LostShard::Output, llvm::toString(FS.takeError())});
  int Code = Clean;
  auto Died = inOwnProcess(
      [&]() -> int {
        Summarizer S(Task->Root, Task->BuildDir, Task->Options, storeDirectory(A.CacheDir, Task->BuildDir),
                     [](const std::string &Text) { llvm::errs() << warningLine(Text); }, *FS);
        auto Lost = S.make(Task->Command, Shard, dependencyFile(Shard), watchFile(Shard), Task->MaySharePch);
        if (Lost)
          return Lose(*Lost);
        llvm::errs() << timesLine(S.times());
        return Clean;
      },
      Code);
  if (!Died)
    return Code;
  llvm::sys::fs::remove(Shard);
  return Lose({LostShard::Crash, *Died});
}

int summarize(const SummarizeArguments &A) {
  if (!A.Task.empty())
    return summarizeTask(A);
  if (A.BuildDir.empty() || A.OutputDir.empty() || A.Files.empty())
    return fail("summarize: error: -p, -o and files are required");
  std::string Error, BuildDir = absolutePath(A.BuildDir);
  auto Commands = loadCommands(BuildDir, Error);
  if (!Commands) {
    return fail(Error);
  }
  if (std::error_code EC = llvm::sys::fs::create_directories(A.OutputDir)) {
    return fail(A.OutputDir + ": error: " + EC.message());
  }
  std::string Root = A.Root.empty() ? sourceRoot(*Commands, BuildDir) : rootAsNamed(absolutePath(A.Root), *Commands);
  auto FS = filesOf(A.Base);
  if (!FS)
    return fail(llvm::toString(FS.takeError()));
  auto Options = givenOptions(A.CheckOptions);
  if (!Options)
    return fail(llvm::toString(Options.takeError()));
  Summarizer S(Root, BuildDir, std::move(*Options), storeDirectory(A.CacheDir, BuildDir), [](const std::string &Text) { fail(Text); }, *FS);
  bool AllGood = true;
  for (const std::string &File : A.Files) {
    auto Chosen = commandsOf(*Commands, absolutePath(File), A.Ordinal);
    if (Chosen.empty()) {
      return fail(File + ": error: " + BuildDir + "/compile_commands.json has no command for it");
    }
    for (const TuCommand *C : Chosen)
      if (auto Lost = S.make(*C, A.OutputDir + "/" + shardName(relativeTo(Root, C->File), C->Ordinal), A.DependencyFile, "")) {
        fail(Lost->Reason);
        AllGood = false;
      }
  }
  return AllGood ? Clean : Incomplete;
}

} // namespace nettune::cli
