//===- IncludePrefix.h - the includes that files begin with -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_INCLUDEPREFIX_H
#define NETTUNE_TOOLS_INCLUDEPREFIX_H

#include "CompileCommands.h"

namespace nettune::cli {

/// One `#include <Header>` of a source.
struct LeadingInclude {
  std::string Header;
  std::size_t Begin, End; ///< offsets of the directive, without the end of line
};

/// Those before which nothing else stands but blanks and comments: no macro, no other
/// directive, no name in quotes, which would mean another file elsewhere.
std::vector<LeadingInclude> leadingIncludes(llvm::StringRef Source);

/// For each command, so many of its leading includes are read once for several: the
/// files have them in common, in this order, and are compiled with the same flags.
std::vector<unsigned> sharedPrefixes(const std::vector<TuCommand> &Commands);

/// What has to be equal for two files to share what they include.
std::string flagsOf(const TuCommand &Command);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_INCLUDEPREFIX_H
