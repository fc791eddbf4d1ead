//===- FrameNames.h - functions as profilers name them ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_FRAMENAMES_H
#define NETTUNE_TOOLS_FRAMENAMES_H

#include <llvm/ADT/StringRef.h>

#include <string>

namespace nettune::cli {

/// The name of a function that a profiler's stack and a message of ours agree on: of a
/// frame, mangled or demangled by any of GCC's, LLVM's and perf's demanglers, without
/// parameters, template arguments, return type, offset, clone and module; anonymous
/// namespaces and those that libraries version their ABI by are left out. A lambda is
/// `scope::{lambda}`, whichever of its scope, with and without its call operator.
std::string frameName(llvm::StringRef Frame);

/// The same of a function as notes name it: `'a::b'`, `the lambda in 'a::b'`.
std::string frameNameOfNote(llvm::StringRef Printed);

/// Whether a frame of that name is a call of what a model calls \p Api: the function, a
/// member of the class (std::ofstream's constructor), or libc's own name for it.
bool isFrameOfApi(llvm::StringRef Name, llvm::StringRef Api);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_FRAMENAMES_H
