//===- ShardFiles.h - where shards and indexes lie --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_SHARDFILES_H
#define NETTUNE_TOOLS_SHARDFILES_H

#include "summary/IndexFile.h"
#include "summary/ProgramSets.h"
#include "summary/Shard.h"

#include <string>
#include <vector>

namespace nettune::cli {

/// `server.cpp.1a2b3c4d5e6f7a8b.nts`: the file's last component, so that a reader of
/// the directory finds it, and what tells it from its namesakes.
std::string shardName(llvm::StringRef MainFile, unsigned Ordinal);

/// `BUILD/.cache/nettune`.
std::string cacheDir(const std::string &BuildDir);
/// `BUILD/.cache/nettune/program.nti`.
std::string indexPath(const std::string &BuildDir);

/// The shards among \p Paths, those in directories included, sorted by path.
llvm::Expected<std::vector<std::string>> findShards(const std::vector<std::string> &Paths);

/// In the order of \p Files.
llvm::Expected<std::vector<summary::Shard>> readShards(const std::vector<std::string> &Files);

/// The programs that a user names: a JSON object whose keys are executables, and
/// whose values list the main files of their TUs, with those of all libraries.
/// Numbers are those of \p Shards, which a main file may have several of. A main file
/// without a shard is left aside, a program without any is an error.
llvm::Expected<std::vector<summary::TuSet>> readPrograms(const std::string &File,
                                                         const std::vector<summary::Shard> &Shards,
                                                         const std::string &Root);

struct LinkedIndex {
  summary::Index I; ///< without the programs
  std::size_t Programs = 0;
  std::string Bytes; ///< of the whole
};

/// Links the shards to the programs that \p Linked says by their numbers; to one, if
/// it says none. \p Take has each of them in turn. \p IndexPath, absolute: where the
/// index will lie.
LinkedIndex linkShards(std::vector<summary::Shard> Shards, std::vector<summary::TuSet> Linked, const std::string &Root,
                       const std::string &IndexPath, llvm::function_ref<void(summary::Facts)> Take);

/// An index and the directory that its files are relative to.
struct LoadedIndex {
  summary::Index I;
  std::string Path, Root;
};

/// \p Index if it is not empty, else the one of the build.
llvm::Expected<LoadedIndex> loadIndex(const std::string &BuildDir, const std::string &Index);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_SHARDFILES_H
