//===- BaseFiles.h - the sources as they were at another commit -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_BASEFILES_H
#define NETTUNE_TOOLS_BASEFILES_H

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <string>
#include <vector>

namespace nettune::cli {

/// What differs between the base and the working tree; names are absolute.
struct BaseFiles {
  llvm::StringMap<std::string> Contents; ///< of the base, of what is there otherwise or not at all
  llvm::StringMap<std::string> Links;    ///< second names of Contents: a command of now looks for them there
  std::vector<std::string> Absent;       ///< what the base does not have

  /// What is on the disk, but those files as the base has them.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> overlay() const;

  /// As a file, so that another process can be told. An error names it.
  llvm::Error write(const std::string &File) const;
  static llvm::Expected<BaseFiles> read(const std::string &File);
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_BASEFILES_H
