//===- CompileCommands.h - the TUs of a build -------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_COMPILECOMMANDS_H
#define NETTUNE_TOOLS_COMPILECOMMANDS_H

#include <optional>
#include <string>
#include <vector>

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Error.h>

namespace nettune::cli {

/// One way in which one C++ file is compiled.
struct TuCommand {
  std::string File; ///< absolute
  std::string Directory;
  std::vector<std::string> Line;
  std::string Output;   ///< as the database says, absolute; empty: it does not
  unsigned Ordinal = 0; ///< among the commands of the file
  /// Of all the commands that this one stands for; as canonicalPath() says them.
  std::vector<std::string> Outputs = {};
};

/// The C++ TUs of BuildDir/compile_commands.json, sorted by file. A directory that is
/// no absolute one is seen from \p BuildDir, absolute. Commands of one
/// file that differ only in their output are one, the first. On failure \p Error says why.
std::optional<std::vector<TuCommand>> loadCommands(const std::string &BuildDir, std::string &Error);

/// Where compile_commands.json lies, as clang's tools look for it: beside the first of
/// \p Files or in a directory above it, without files in the working directory or above;
/// in each of them also in a directory `build`.
llvm::Expected<std::string> findBuildDir(const std::vector<std::string> &Files);

/// The directory that files are named relative to: CMake's source directory, if
/// CMake made \p BuildDir; else the working tree of git around the sources; else
/// the deepest directory that holds them all, those below \p BuildDir left aside.
std::string sourceRoot(const std::vector<TuCommand> &Commands, const std::string &BuildDir);

/// \p Root, an absolute name, by the name that the commands have for that directory: one of
/// the two may lead over a symbolic link.
std::string rootAsNamed(const std::string &Root, const std::vector<TuCommand> &Commands);

/// What CMake has noted for itself as \p Name; empty if it did not make the build.
std::string cmakeCacheEntry(const std::string &BuildDir, llvm::StringRef Name);

/// By its extension, a file of C++ that is compiled for itself.
bool isCxxSource(llvm::StringRef File);

/// Absolute, without dots; empty stays empty.
std::string absolutePath(const std::string &Path);

/// \p Path as seen from \p Directory, absolute; of the directories that exist, the
/// true names, so that a path means the same file whoever wrote it.
std::string canonicalPath(llvm::StringRef Directory, llvm::StringRef Path);

/// As seen from \p Directory, if the absolute \p Path lies below it; else as it is.
std::string relativeTo(const std::string &Directory, const std::string &Path);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_COMPILECOMMANDS_H
