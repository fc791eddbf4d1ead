//===- MakeShards.h - from commands to shards, those that are up to date kept *- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_MAKESHARDS_H
#define NETTUNE_TOOLS_MAKESHARDS_H

#include "NinjaFile.h"
#include "Progress.h"
#include "ShardStore.h"
#include "TuTask.h"

#include <llvm/Support/Error.h>

#include <map>

namespace nettune::cli {

/// A signal ended the run; code() is that of the process then.
class Interrupted : public llvm::ErrorInfo<Interrupted> {
public:
  static char ID;
  explicit Interrupted(int Signal) : Signal(Signal) {}
  void log(llvm::raw_ostream &OS) const override { OS << "interrupted"; }
  std::error_code convertToErrorCode() const override { return std::make_error_code(std::errc::interrupted); }
  int code() const { return 128 + Signal; }

private:
  int Signal;
};

struct MadeShards {
  std::map<std::string, std::string> Lost; ///< names of shards that are not there, and why
  unsigned Ran = 0;                        ///< TUs that were out of date
  unsigned FromStore = 0;                  ///< of them, those that the store had
  TuTimes Times;                           ///< of all of them together
};

/// Afterwards each shard of the plan is that of its sources, or is not there. Those that
/// were damaged, and those for which a file has come that was looked for in vain, are made
/// again. What is wrong with the store is said on the error stream; what is too much is removed. Errors are those of configuration, of writing, and Interrupted.
llvm::Expected<MadeShards> makeShards(const std::vector<TuCommand> &Commands, const NinjaPlan &Plan, unsigned Jobs,
                                      const StorePlace &Store, Progress Told);

/// Why the command has no shard; without its file's name.
std::string whyLost(const TuCommand &C, const std::string &Root, const std::string &CacheDir, const MadeShards &Made);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_MAKESHARDS_H
