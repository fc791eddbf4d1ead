//===- StoreKey.h - what is known of a TU before it is read -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_STOREKEY_H
#define NETTUNE_TOOLS_STOREKEY_H

#include "ShardStore.h"

namespace nettune::cli {

/// Names that stay the same when sources and build lie elsewhere.
class PortableNames {
public:
  /// Absolute.
  PortableNames(const std::string &Root, const std::string &BuildDir) : Root(Root), BuildDir(BuildDir) {}

  std::string of(llvm::StringRef Path) const;
  std::string path(llvm::StringRef Portable) const;
  /// A word of a command, with the name that stands at its begin or behind the option's.
  std::string word(llvm::StringRef Word) const;
  /// Does the name lie in a build directory outside of the root? A shard says its whole name.
  static bool isInBuild(llvm::StringRef Portable);

private:
  const std::string &Root, &BuildDir;
};

/// 32 hexadecimal digits. What only says where a result goes is no part of it.
std::string storeKey(const StoreQuestion &Q);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_STOREKEY_H
