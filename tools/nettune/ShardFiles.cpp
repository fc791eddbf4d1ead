//===- ShardFiles.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ShardFiles.h"

#include "CompileCommands.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/xxhash.h>

#include <algorithm>
#include <numeric>

namespace nettune::cli {
namespace path = llvm::sys::path;
using namespace summary;

std::string shardName(llvm::StringRef MainFile, unsigned Ordinal) {
  std::string Name;
  for (char C : path::filename(MainFile))
    Name += llvm::isAlnum(C) || C == '.' || C == '-' || C == '_' || C == '+' ? C : '_';
  Name = Name.substr(0, 120) + "." + llvm::utohexstr(llvm::xxh3_64bits(MainFile), true, 16);
  if (Ordinal)
    Name += "-" + std::to_string(Ordinal);
  return Name + ".nts";
}

std::string cacheDir(const std::string &BuildDir) { return BuildDir + "/.cache/nettune"; }
std::string indexPath(const std::string &BuildDir) { return cacheDir(BuildDir) + "/program.nti"; }

llvm::Expected<std::vector<std::string>> findShards(const std::vector<std::string> &Paths) {
  std::vector<std::string> Shards;
  for (const std::string &P : Paths) {
    if (!llvm::sys::fs::is_directory(P)) {
      Shards.push_back(P);
      continue;
    }
    std::error_code EC;
    for (llvm::sys::fs::directory_iterator It(P, EC), End; It != End && !EC; It.increment(EC))
      if (path::extension(It->path()) == ".nts")
        Shards.push_back(It->path());
    if (EC)
      return llvm::createStringError(P + ": error: " + EC.message());
  }
  if (Shards.empty())
    return llvm::createStringError(Paths.front() + ": error: no shards (*.nts) there; 'nettune summarize' writes them");
  std::sort(Shards.begin(), Shards.end());
  return Shards;
}

/// From the directory of the index up to where the files are: the same on another
/// machine if both lie alike.
static std::string relativeRoot(llvm::StringRef Root, llvm::StringRef IndexPath) {
  llvm::StringRef Directory = path::parent_path(IndexPath);
  auto Mine = path::begin(Directory), MineEnd = path::end(Directory);
  auto Its = path::begin(Root), ItsEnd = path::end(Root);
  for (; Mine != MineEnd && Its != ItsEnd && *Mine == *Its; ++Mine, ++Its)
    ;
  std::string Result;
  for (; Mine != MineEnd; ++Mine)
    Result += "../";
  for (; Its != ItsEnd; ++Its)
    Result += Its->str() + "/";
  return Result.empty() ? "." : llvm::StringRef(Result).rtrim('/').str();
}

llvm::Expected<std::vector<Shard>> readShards(const std::vector<std::string> &Files) {
  std::vector<Shard> Read;
  for (const std::string &File : Files) {
    auto S = readShardFile(File);
    if (!S)
      return S.takeError();
    Read.push_back(std::move(*S));
  }
  return Read;
}

/// By main file, with \p Linked changed to the new numbers.
static std::vector<Shard> sorted(std::vector<Shard> Shards, std::vector<TuSet> &Linked) {
  std::vector<unsigned> Order(Shards.size()), NumberOf(Shards.size());
  std::iota(Order.begin(), Order.end(), 0);
  std::stable_sort(Order.begin(), Order.end(),
                   [&](unsigned A, unsigned B) { return Shards[A].MainFile < Shards[B].MainFile; });
  std::vector<Shard> Sorted;
  for (unsigned Old : Order) {
    NumberOf[Old] = Sorted.size();
    Sorted.push_back(std::move(Shards[Old]));
  }
  for (TuSet &Set : Linked) {
    for (unsigned &Tu : Set.Tus)
      Tu = NumberOf[Tu];
    llvm::sort(Set.Tus);
  }
  return Sorted;
}

LinkedIndex linkShards(std::vector<Shard> Shards, std::vector<TuSet> Linked, const std::string &Root,
                       const std::string &IndexPath, llvm::function_ref<void(Facts)> Take) {
  Shards = sorted(std::move(Shards), Linked);
  LinkedIndex L;
  L.I.Root = relativeRoot(Root, IndexPath);
  std::vector<LinkedTu> Tus;
  for (Shard &S : Shards) {
    L.I.Tus.push_back({S.MainFile, S.Partial});
    Tus.push_back({&S.F, S.MainFile});
    for (StoredFinding &F : S.Findings)
      L.I.Local.push_back(moveToTable(std::move(F), S.F.Strings, L.I.Files));
  }
  std::vector<std::vector<unsigned>> Sets;
  if (!Linked.empty())
    Sets = programSets(Tus, std::move(Linked), mostLinked(Tus));
  else if (!Tus.empty()) {
    Sets.emplace_back(Tus.size());
    std::iota(Sets.front().begin(), Sets.front().end(), 0);
  }
  L.Programs = Sets.size();
  IndexWriter Writer(L.I, L.Programs);
  linkPrograms(Tus, std::move(Sets), [&](Facts F) {
    Writer.add(F);
    Take(std::move(F));
  });
  L.Bytes = Writer.finish(L.I);
  return L;
}

llvm::Expected<LoadedIndex> loadIndex(const std::string &BuildDir, const std::string &Index) {
  if (Index.empty() && BuildDir.empty())
    return llvm::createStringError("error: say which program: -p BUILD or --index FILE");
  LoadedIndex L;
  L.Path = absolutePath(Index.empty() ? indexPath(absolutePath(BuildDir)) : Index);
  if (Index.empty() && !llvm::sys::fs::exists(L.Path))
    return llvm::createStringError(L.Path + ": error: there is no index yet; run 'nettune check -p " + BuildDir + "'");
  auto Read = readIndexFile(L.Path);
  if (!Read)
    return Read.takeError();
  L.I = std::move(*Read);
  L.Root = absolutePath(path::parent_path(L.Path).str() + "/" + L.I.Root);
  return L;
}

} // namespace nettune::cli
