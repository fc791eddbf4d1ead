//===- TuSummarizer.h - one TU to one shard ---------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_TUSUMMARIZER_H
#define NETTUNE_TOOLS_TUSUMMARIZER_H

#include "CompileCommands.h"
#include "FunctionExtents.h"

#include "summary/Shard.h"

#include <llvm/Support/VirtualFileSystem.h>

#include <string>
#include <vector>

namespace nettune::cli {

/// What one TU gave.
struct TuOutcome {
  summary::Shard S;
  /// Files that were read, absolute: when one changes, the shard is stale.
  std::vector<std::string> Dependencies;
  FunctionExtents Functions;
  /// Wrong options or models, a source that cannot be read: there is no shard.
  std::string Error;
};

/// Parses the TU as the compiler would, but without the bodies of system headers,
/// and runs the checks that its .clang-tidy asks for (all of nettune's if it
/// names none). Findings that need the whole program are left to who links.
/// \p Root is absolute: files below it are named relative to it.
/// All is read from \p Files.
TuOutcome summarizeTu(const TuCommand &Command, const std::string &Root,
                      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_TUSUMMARIZER_H
