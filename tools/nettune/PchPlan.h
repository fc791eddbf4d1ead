//===- PchPlan.h - which headers are read once for several TUs --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Files that are compiled with the same flags may share a PCH. Which one is worth making
// is noted in a file beside the PCHs, one for each set of flags. It is no input of
// the shards: they are right with another PCH, too, or without.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PCHPLAN_H
#define NETTUNE_TOOLS_PCHPLAN_H

#include "CompileCommands.h"

#include <optional>

namespace nettune::cli {

enum class PchMode {
  Off,
  Exact, ///< what several files begin with, in the same order: behind it, the compiler knows just what it would know
  Shared ///< what several files include at all: a file knows more than it includes, see PchUse
};
std::optional<PchMode> pchModeOf(llvm::StringRef Word);

/// A header for a PCH.
struct PchText {
  std::string Name; ///< of the PCH's files, without extension
  std::string Text; ///< the includes, one a line
  /// So many includes of the main file come from it, and are to be left out there. 0: it is a shared one.
  unsigned Leading = 0;
};

/// Notes in \p Directory what is worth a PCH, and removes from it what is not any more.
/// Where it cannot be written, nothing is shared.
void planPchs(const std::vector<TuCommand> &Commands, PchMode Mode, const std::string &Directory);

/// What the plan says for the TU whose main file holds \p Source.
std::optional<PchText> plannedPch(const TuCommand &Command, llvm::StringRef Source, const std::string &Directory);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PCHPLAN_H
