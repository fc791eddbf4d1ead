//===- ForeignFlags.h - flags of other compilers ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_FOREIGNFLAGS_H
#define NETTUNE_TOOLS_FOREIGNFLAGS_H

#include <string>
#include <vector>

namespace nettune::cli {

/// A compile command without the flags that clang does not know: GCC has some, and to
/// clang each is an error.
std::vector<std::string> withoutForeignFlags(const std::vector<std::string> &Line);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_FOREIGNFLAGS_H
