//===- SystemIncludes.h - what a file includes of the system ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_SYSTEMINCLUDES_H
#define NETTUNE_TOOLS_SYSTEMINCLUDES_H

#include "CompileCommands.h"

namespace nettune::cli {

/// Where the command finds the project's own headers: the directories of its `-I` and
/// `-iquote`, absolute.
class OwnHeaders {
public:
  explicit OwnHeaders(const TuCommand &Command);
  /// The file that an include in quotes means in one that lies in \p Directory, or an
  /// include in angle brackets, without a directory; empty, if it is none of the project's.
  std::string find(llvm::StringRef Name, llvm::StringRef Directory = {}) const;

private:
  std::vector<std::string> Directories;
};

/// The names in angle brackets that the file and the project's headers in it include,
/// each once and in this order, the project's own left out. Only what no condition but
/// an include guard decides about.
std::vector<std::string> systemIncludes(const TuCommand &Command);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_SYSTEMINCLUDES_H
