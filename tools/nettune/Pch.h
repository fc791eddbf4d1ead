//===- Pch.h - headers that several TUs begin with, read once ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A precompiled header of the first includes of some files. It is what the compiler
// knows behind them, so it must hold nothing but them: the files are compiled with the
// same flags, and nothing stands before the includes. They are blanked out in the file
// itself. Bodies in it are skipped, as always in system headers; where a header is the
// project's own, there is no PCH.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PCH_H
#define NETTUNE_TOOLS_PCH_H

#include "CompileCommands.h"
#include "ReadRecord.h"

#include <optional>

namespace nettune::cli {

struct Pch {
  std::string File;
  Reads Read; ///< what went into it
  std::string Source; ///< the main file, the includes blanked out
};

/// That of the first \p Prefix includes, made in \p Directory if it is not there or not
/// up to date; processes that want the same one wait for each other. Nothing, if it
/// cannot be made: then all is read anew.
std::optional<Pch> preparePch(const TuCommand &Command, unsigned Prefix, const std::string &Directory);

/// What reads come to as text, and back.
std::string textOf(const Reads &Read);
std::optional<Reads> readsOf(llvm::StringRef Text);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PCH_H
