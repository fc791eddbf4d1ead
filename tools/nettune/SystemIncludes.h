//===- SystemIncludes.h - what a file includes of the system ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_SYSTEMINCLUDES_H
#define NETTUNE_TOOLS_SYSTEMINCLUDES_H

#include "CompileCommands.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>

namespace nettune::cli {

/// Of files that are compiled with the same flags; what one file says is read once.
class SystemIncludes {
public:
  explicit SystemIncludes(const TuCommand &Command);

  /// The names in angle brackets that \p File and the project's headers in it include,
  /// each once and in this order, the project's own left out. Only what no condition but
  /// an include guard decides about.
  std::vector<std::string> of(const std::string &File);

  /// Whether it lies where the command finds the project's own headers: in a directory of
  /// `-I` or `-iquote`.
  bool isOwn(llvm::StringRef Header) { return !ownHeader(Header).empty(); }

private:
  struct Include {
    std::string Name;
    bool InBrackets;
  };
  struct Walk {
    std::vector<std::string> Names;
    llvm::StringSet<> Entered, Known;
  };
  void enter(const std::string &File, Walk &W);
  const std::vector<Include> &includesOf(const std::string &File);
  /// The file, or nothing.
  const std::string &ownHeader(llvm::StringRef Name);

  std::vector<std::string> Directories;
  llvm::StringMap<std::string> OwnHeaders;
  llvm::StringMap<std::vector<Include>> Read;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_SYSTEMINCLUDES_H
