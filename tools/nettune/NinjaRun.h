//===- NinjaRun.h - ninja, and what its workers say -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_NINJARUN_H
#define NETTUNE_TOOLS_NINJARUN_H

#include "Progress.h"
#include "TuTask.h"

#include <llvm/ADT/StringMap.h>

#include <map>
#include <set>

namespace nettune::cli {

struct NinjaOutcome {
  std::map<std::string, LostShard> Lost; ///< by the shard's name
  std::set<std::string> Warnings;        ///< each once, however many TUs have it
  unsigned Ran = 0;                      ///< TUs that were out of date
  unsigned FromStore = 0;                ///< of them, those that the store had
  TuTimes Times;                         ///< of all of them together
  int Signal = 0;                        ///< that ended the run; 0: none
};

/// Runs what is out of date in \p Directory; 0 \p Jobs: as many as ninja chooses.
/// Whatever the workers print goes to Directory/ninja.log as well. \p Told hears of each
/// TU that is done. SIGINT and SIGTERM end the workers. An error is that ninja could not run, or did not understand its file.
llvm::Expected<NinjaOutcome> runNinja(const std::string &Directory, unsigned Jobs, Progress &Told);

/// What each output of that directory was made from, as it was noted down, absolute.
llvm::Expected<llvm::StringMap<std::vector<std::string>>> recordedInputs(const std::string &Directory);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_NINJARUN_H
