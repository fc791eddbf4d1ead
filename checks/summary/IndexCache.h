//===- IndexCache.h - indexes that a process has read ---------- -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_INDEXCACHE_H
#define NETTUNE_SUMMARY_INDEXCACHE_H

#include "summary/IndexFile.h"

#include <map>
#include <memory>
#include <mutex>

namespace nettune::summary {

/// Two looks at a file that give the same saw the same content.
struct FileStamp {
  std::int64_t Time; ///< of the last write, in the unit of the system's clock
  std::uint64_t Size, Id;
  bool operator==(const FileStamp &) const = default;

  /// None: there is no such regular file.
  static std::optional<FileStamp> of(llvm::StringRef Path);
};

/// Reads each index once, and again when its file is another one. Safe to use from several
/// threads. What was given out stays as it is for as long as somebody holds it.
class IndexCache {
public:
  static IndexCache &ofProcess();

  /// The index as its file is now; errors as of readIndexFile().
  llvm::Expected<std::shared_ptr<const Index>> get(const std::string &Path);
  /// How often a file was read.
  std::size_t reads() const;

private:
  struct Entry {
    std::optional<FileStamp> Stamp;
    std::shared_ptr<const Index> Read;
    std::string Error; ///< if there is no Read
  };
  mutable std::mutex Guard;
  std::map<std::string, Entry> ByPath;
  std::size_t Reads = 0;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_INDEXCACHE_H
