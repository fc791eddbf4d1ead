//===- NinjaGraph.h - what `ninja -t` prints --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_NINJAGRAPH_H
#define NETTUNE_TOOLS_NINJAGRAPH_H

#include "LinkInfo.h"

namespace nettune::cli {

/// Lines "output: rule" of `ninja -t targets all`: the outputs that something is
/// run for and that may be executables or shared libraries.
std::vector<std::string> ninjaPrograms(llvm::StringRef Targets);

/// What `ninja -t graph` prints, in the language of dot, as files with their inputs;
/// those that only give an order are none. Paths are as seen from \p Directory.
/// On failure \p Error says what was not understood.
bool parseNinjaGraph(llvm::StringRef Dot, llvm::StringRef Directory, std::vector<LinkedFile> &Files,
                     std::string &Error);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_NINJAGRAPH_H
