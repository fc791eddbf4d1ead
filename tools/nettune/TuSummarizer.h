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
#include "Pch.h"
#include "ProjectOptions.h"
#include "ReadRecord.h"

#include "summary/Shard.h"

#include <string>
#include <vector>

namespace nettune::cli {

/// What one TU gave.
struct TuOutcome {
  summary::Shard S;
  /// When one of it changes, the shard is stale.
  Reads Read;
  /// The header filter looks at whole paths: the shard holds where the root is this one.
  bool OfThisRoot = false;
  FunctionExtents Functions;
  /// Wrong options or models, a source that cannot be read: there is no shard.
  std::string Error;
  bool IsConfigurationWrong = false; ///< that was it
  std::string PchDoubt; ///< why it may be another without the PCH, see PchUse
};

/// Parses the TU as the compiler would, but without the bodies of system headers,
/// and runs the checks that its .clang-tidy asks for (all of nettune's if it
/// names none). Findings that need the whole program are left to who links.
/// \p Root is absolute: files below it are named relative to it. Sources and
/// .clang-tidy are those of \p FS, models those of the disk. \p Given: options beside those.
TuOutcome summarizeTu(const TuCommand &Command, const std::string &Root, const GivenOptions &Given,
                      llvm::IntrusiveRefCntPtr<FileSystem> FS = llvm::vfs::getRealFileSystem(), const Pch *Begin = nullptr);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_TUSUMMARIZER_H
