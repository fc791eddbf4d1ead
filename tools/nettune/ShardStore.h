//===- ShardStore.h - shards by what they were made of ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A directory that runs, checkouts and machines may share. A TU's shard is found in
// two steps. The key of the first is what is known before anything is read: nettune
// itself, the main file, the command, the options given with the call, the models beside the sources. It names a
// *manifest*, which lists for each shard made so far the conditions under which it is
// right: files with their contents, directories with theirs, and the names that were
// looked for in vain. Files below the root are named relative to it.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_SHARDSTORE_H
#define NETTUNE_TOOLS_SHARDSTORE_H

#include "CompileCommands.h"
#include "ProjectOptions.h"
#include "ReadRecord.h"

#include "summary/Shard.h"

#include <cstdint>
#include <functional>

namespace nettune::cli {

/// A run on one TU, as far as it is known beforehand. Directories are absolute.
struct StoreQuestion {
  const TuCommand &Command;
  const std::string &Root, &BuildDir;
  /// What was read behind a shared PCH is kept apart.
  bool MaySharePch = false;
  const GivenOptions &Options;
};

class ShardStore {
public:
  /// \p Directory is made when the first shard is kept. \p Warn is told, once a text,
  /// of what is damaged or cannot be written.
  ShardStore(std::string Directory, std::function<void(const std::string &)> Warn);

  struct Hit {
    summary::Shard S;
    std::vector<std::string> Dependencies; ///< files that were read, as Reads names them
    std::vector<std::string> Absent;       ///< what was looked for in vain
  };
  /// Files are asked of \p FS. A damaged entry is removed.
  std::optional<Hit> find(const StoreQuestion &Q, FileSystem &FS) const;

  /// \p OfThisRoot: it holds for sources that lie where these do.
  void keep(const StoreQuestion &Q, const Reads &Read, bool OfThisRoot, const std::string &ShardBytes) const;

  /// Removes what was not used for the longest time until at most \p MaxBytes are
  /// left, and what a run that was killed has left behind.
  void trim(std::uint64_t MaxBytes) const;

private:
  std::string path(llvm::StringRef Key, llvm::StringRef Extension) const;

  std::string Directory;
  std::function<void(const std::string &)> Warn;
};

/// What the user wants, else the environment's NETTUNE_CACHE_DIR, else the build's own;
/// empty: none.
std::string storeDirectory(const std::string &Wanted, const std::string &BuildDir);

/// Where a store is, and how large it may be.
struct StorePlace {
  std::string Directory; ///< absolute; empty: there is none
  std::uint64_t MaxBytes = 0;
};

/// Bytes, from `500M` or `2G`; empty: it is none.
std::optional<std::uint64_t> parseSize(llvm::StringRef Text);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_SHARDSTORE_H
