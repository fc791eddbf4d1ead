//===- CommandLineTree.h - the command line as JSON -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_COMMANDLINETREE_H
#define NETTUNE_TOOLS_COMMANDLINETREE_H

#include <string>

namespace CLI {
class App;
}

namespace nettune::cli {

/// Commands and options as one JSON object, of which the man pages and the completions are
/// made. What has no group, and so is not in the help, is left out.
std::string commandLineTree(const CLI::App &App);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_COMMANDLINETREE_H
