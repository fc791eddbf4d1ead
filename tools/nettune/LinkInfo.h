//===- LinkInfo.h - what a build links --------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_LINKINFO_H
#define NETTUNE_TOOLS_LINKINFO_H

#include "CompileCommands.h"

#include "summary/ProgramSets.h"

#include <optional>

#include <llvm/Support/Error.h>

namespace nettune::cli {

/// A file that a build makes of objects and of other such files.
struct LinkedFile {
  enum class Kind {
    Executable,
    SharedLibrary, ///< plugins as well
    Part           ///< an archive, or whatever else is only taken into others
  };
  std::string Path; ///< absolute, as all paths here
  Kind K;
  std::vector<std::string> Inputs;
  std::vector<unsigned> Tus; ///< what the source knows by number, not by object
};

struct LinkInfo {
  std::string Source; ///< the file or directory that tells it, for messages
  std::vector<LinkedFile> Files;
};

/// By the name: "libx.so.1" is a shared library, "libx.a" a part, what has no
/// extension of objects or libraries an executable.
LinkedFile::Kind kindOfFile(llvm::StringRef Path);

/// The executables with the TUs that they consist of, and the libraries that no
/// executable links. Sorted by name, which is relative to \p BuildDir. Inputs that
/// are nobody's output and no TU's object are left aside: they are the system's, or
/// link information is older than the compile commands.
std::vector<summary::TuSet> linkedSets(const LinkInfo &Info, const std::vector<TuCommand> &Commands,
                                       const std::string &BuildDir);

/// Is there any object of \p Commands in it?
bool namesTus(const LinkInfo &Info, const std::vector<TuCommand> &Commands);

/// What the build directory tells, from the first of: CMake's file API, Ninja's
/// build file, the link scripts of CMake's makefiles. None: nothing of them is
/// there. An error names the file.
llvm::Expected<std::optional<LinkInfo>> readLinkInfo(const std::string &BuildDir,
                                                     const std::vector<TuCommand> &Commands);

/// Each of them: none if there is nothing of the kind.
llvm::Expected<std::optional<LinkInfo>> readCMakeFileApi(const std::string &BuildDir,
                                                         const std::vector<TuCommand> &Commands);
llvm::Expected<std::optional<LinkInfo>> readNinjaGraph(const std::string &BuildDir);
llvm::Expected<std::optional<LinkInfo>> readLinkScripts(const std::string &BuildDir);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_LINKINFO_H
