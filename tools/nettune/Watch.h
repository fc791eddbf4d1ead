//===- Watch.h - what makes a shard stale, beside its inputs ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_WATCH_H
#define NETTUNE_TOOLS_WATCH_H

#include "ReadRecord.h"

#include <llvm/ADT/StringMap.h>

namespace nettune::cli {

/// Can it stand in a dependency file that ninja reads? Of a few characters, no.
bool canBeDependency(llvm::StringRef Name);

/// As text: the names that were not there, and the files that have no place in a
/// dependency file, with their contents.
std::string watchText(const std::vector<std::string> &Files, const std::vector<std::string> &Absent, FileSystem &FS);

/// Asks the disk once for each name, however many shards name it.
class Watch {
public:
  /// Has a name come, or a content changed, that \p Text holds? Of any other text: yes.
  bool hasChanged(llvm::StringRef Text);

private:
  llvm::StringMap<bool> Exists;
  llvm::StringMap<std::string> Hashes; ///< empty: it cannot be read
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_WATCH_H
