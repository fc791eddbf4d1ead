//===- SourceLines.h - the text that findings stand in ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_SOURCELINES_H
#define NETTUNE_TOOLS_SOURCELINES_H

#include "Findings.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <memory>

namespace nettune::cli {

/// Reads each file once, when it is first asked for.
class SourceLines {
public:
  /// Files are named relative to \p Root, absolute.
  explicit SourceLines(std::string Root,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = llvm::vfs::getRealFileSystem())
      : Root(std::move(Root)), FileSystem(std::move(Files)) {}

  /// Absolute.
  std::string path(const NamedPlace &P) const;
  /// Without the line break; empty if there is no such line. The bytes are the file's,
  /// in whatever encoding.
  llvm::StringRef line(const NamedPlace &P);
  /// From the place to the end of the file.
  llvm::StringRef from(const NamedPlace &P);

private:
  llvm::StringRef fromLine(const NamedPlace &P);

  std::string Root;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FileSystem;
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> Buffer; ///< none: it cannot be read
    std::vector<std::size_t> Starts;            ///< of each line
  };
  llvm::StringMap<File> Buffers;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_SOURCELINES_H
