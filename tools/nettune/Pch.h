//===- Pch.h - headers that several TUs begin with, read once ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A precompiled header of what several files include, as PchPlan says. Bodies in it are
// skipped, as always in system headers; where a header is the project's own, there is no
// PCH.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PCH_H
#define NETTUNE_TOOLS_PCH_H

#include "CompileCommands.h"
#include "PchUse.h"
#include "ReadRecord.h"

#include <optional>

namespace nettune::cli {

struct Pch {
  std::string File;
  Reads Read; ///< what went into it
  /// The main file, its first includes blanked out, where they are what the PCH holds.
  std::optional<std::string> Source;
  /// Where it holds more than that.
  std::optional<PchContents> Contents;
};

/// What \p Directory's plan says for the TU, made if it is not there or not up to date;
/// processes that want the same one wait for each other. Nothing, if there is none for
/// it, or it cannot be made: then all is read anew.
std::optional<Pch> preparePch(const TuCommand &Command, const std::string &Directory);

/// What reads come to as text, and back.
std::string textOf(const Reads &Read);
std::optional<Reads> readsOf(llvm::StringRef Text);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PCH_H
