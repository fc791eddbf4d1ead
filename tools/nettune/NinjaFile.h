//===- NinjaFile.h - the plan of a run over many TUs ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_NINJAFILE_H
#define NETTUNE_TOOLS_NINJAFILE_H

#include "PchPlan.h"
#include "ProjectOptions.h"

#include <string>
#include <vector>

namespace nettune::cli {

struct NinjaPlan {
  std::string Executable, BuildDir, Root, CacheDir;
  PchMode Pchs = PchMode::Off;
  std::string Base = {}; ///< of 'summarize --base'
  GivenOptions Options = {};
};

/// Where the TU's shard lies below \p CacheDir.
std::string shardPath(const TuCommand &C, const std::string &Root, const std::string &CacheDir);

/// Writes CacheDir/build.ninja: one edge a TU. A shard is made anew when its
/// command, a file that was read, the executable, a .clang-tidy above the source or
/// a model beside it has changed. On failure \p Error says why.
bool writeNinjaFile(const std::vector<TuCommand> &Commands, const NinjaPlan &Plan, std::string &Error);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_NINJAFILE_H
