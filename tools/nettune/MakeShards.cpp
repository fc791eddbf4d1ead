//===- MakeShards.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MakeShards.h"

#include "NinjaRun.h"
#include "Watch.h"
#include "reports/Encoding.h"

#include "summary/Container.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdlib>

namespace nettune::cli {

char Interrupted::ID = 0;

namespace {

/// Ninja knows what a shard was made of, but neither whether it is whole nor what was
/// not there.
class Outdated {
public:
  /// Removes it, if so.
  void check(const std::string &Shard) {
    auto Bytes = llvm::MemoryBuffer::getFile(Shard);
    if (!Bytes)
      return;
    auto Content = summary::unseal(summary::ShardKind, (*Bytes)->getBuffer(), Shard, std::nullopt);
    if (!Content) {
      // That of another version is replaced without a word.
      llvm::consumeError(Content.takeError());
      llvm::errs() << "nettune: " << Shard << ": warning: cannot be read as a shard; its file is analysed again\n";
    }
    if (!Content || hasChanged(Shard))
      llvm::sys::fs::remove(Shard);
  }

private:
  bool hasChanged(const std::string &Shard) {
    auto Text = llvm::MemoryBuffer::getFile(watchFile(Shard));
    return !Text || Seen.hasChanged((*Text)->getBuffer());
  }

  Watch Seen;
};

} // namespace

llvm::Expected<MadeShards> makeShards(const std::vector<TuCommand> &Commands, const NinjaPlan &Plan, unsigned Jobs,
                                      const StorePlace &Store, Progress Told) {
  std::string Error;
  if (!writeNinjaFile(Commands, Plan, Error))
    return llvm::createStringError(Error);
  Outdated Outdated;
  // A base's files are not those on the disk: its shards are made for each run.
  if (Plan.Base.empty())
    for (const TuCommand &C : Commands)
      Outdated.check(shardPath(C, Plan.Root, Plan.CacheDir));
  setenv("NETTUNE_CACHE_DIR", Store.Directory.c_str(), 1); // not on the command line, which would make all shards stale
  auto Ran = runNinja(Plan.CacheDir, Jobs, Told);
  if (!Ran)
    return Ran.takeError();
  for (const std::string &Warning : Ran->Warnings)
    llvm::errs() << "nettune: " << Warning << "\n";
  if (!Store.Directory.empty() && Ran->Ran > Ran->FromStore)
    ShardStore(Store.Directory, {}).trim(Store.MaxBytes);
  MadeShards Made;
  Made.Ran = Ran->Ran;
  Made.FromStore = Ran->FromStore;
  Made.Times = Ran->Times;
  for (auto &[Name, Lost] : Ran->Lost) {
    llvm::sys::fs::remove(Plan.CacheDir + "/shards/" + Name); // what it says is true no more
    if (Lost.Because == LostShard::Configuration || Lost.Because == LostShard::Output)
      Error = Lost.Reason;
    Made.Lost[Name] = std::move(Lost.Reason);
  }
  if (Ran->Signal)
    return llvm::make_error<Interrupted>(Ran->Signal);
  // It is the same for all TUs, or the first thing to put right.
  if (!Error.empty())
    return llvm::createStringError(Error);
  return Made;
}

std::string whyLost(const TuCommand &C, const std::string &Root, const std::string &CacheDir, const MadeShards &Made) {
  auto Found = Made.Lost.find(llvm::sys::path::filename(shardPath(C, Root, CacheDir)).str());
  if (Found == Made.Lost.end())
    return "see " + CacheDir + "/ninja.log";
  llvm::StringRef Why = Found->second;
  if (Why.consume_front(printable(C.File) + ": error: "))
    return Why.str();
  return Found->second;
}

} // namespace nettune::cli
