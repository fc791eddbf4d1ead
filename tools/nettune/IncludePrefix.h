//===- IncludePrefix.h - the includes that files begin with -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_INCLUDEPREFIX_H
#define NETTUNE_TOOLS_INCLUDEPREFIX_H

#include <llvm/ADT/StringRef.h>

#include <string>
#include <vector>

namespace nettune::cli {

/// One `#include <Header>` of a source.
struct LeadingInclude {
  std::string Header;
  std::size_t Begin, End; ///< offsets of the directive, without the end of line
};

/// Those before which nothing else stands but blanks and comments: no macro, no other
/// directive, no name in quotes, which would mean another file elsewhere.
std::vector<LeadingInclude> leadingIncludes(llvm::StringRef Source);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_INCLUDEPREFIX_H
