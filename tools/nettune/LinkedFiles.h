//===- LinkedFiles.h - files by all their names -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_LINKEDFILES_H
#define NETTUNE_TOOLS_LINKEDFILES_H

#include <llvm/ADT/StringMap.h>

#include <string>

namespace nettune::cli {

/// Which of some files a name leads to, by way of links to them and to directories above.
class LinkedFiles {
public:
  /// \p File: absolute. It need not be there. The first name that a file has stays its name.
  void add(llvm::StringRef File);
  /// \p Path: absolute. One of those that were added, as it was named then; empty: none is meant.
  llvm::StringRef find(llvm::StringRef Path) const;

private:
  std::string withRealDirectory(llvm::StringRef Path) const;

  llvm::StringMap<std::string> ByRealName, ByName;
  mutable llvm::StringMap<std::string> RealDirectories;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_LINKEDFILES_H
