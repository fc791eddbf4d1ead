//===- LinkScript.h - one command that links --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_LINKSCRIPT_H
#define NETTUNE_TOOLS_LINKSCRIPT_H

#include "LinkInfo.h"

namespace nettune::cli {

/// As the shell splits it.
std::vector<std::string> shellWords(llvm::StringRef Line);

/// Of a compiler or an archiver, run in \p Directory; none for other commands.
std::optional<LinkedFile> parseLinkCommand(llvm::ArrayRef<std::string> Words, llvm::StringRef Directory);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_LINKSCRIPT_H
