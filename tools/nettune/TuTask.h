//===- TuTask.h - one TU's work, as another process is told of it *- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_TUTASK_H
#define NETTUNE_TOOLS_TUTASK_H

#include "CompileCommands.h"
#include "ProjectOptions.h"

#include <llvm/Support/Error.h>

namespace nettune::cli {

struct TuTask {
  TuCommand Command;
  std::string Root, BuildDir; ///< absolute
  std::string Shard;          ///< file to write
  bool MaySharePch = false;   ///< see PchMode::Shared
  std::string Base = {};      ///< file, see BaseFiles; empty: the sources as they are
  GivenOptions Options = {};
};

/// What is read beside the shard: `SHARD.d`, for ninja, and `SHARD.watch`, of what ninja
/// cannot know; see Watch.
std::string dependencyFile(const std::string &Shard);
std::string watchFile(const std::string &Shard);

/// Any bytes may stand in the names but NUL.
std::string bytesOf(const TuTask &Task);
llvm::Expected<TuTask> readTask(const std::string &File);

/// Why there is no shard.
struct LostShard {
  enum Cause {
    Configuration, ///< options or models are wrong
    Source,        ///< it cannot be read or parsed at all
    Crash,         ///< the process died
    Output         ///< the shard could not be written
  };
  Cause Because = Crash;
  std::string Reason = {};
};

/// One line in what a worker prints.
std::string lostLine(llvm::StringRef ShardName, const LostShard &Lost);
std::string warningLine(llvm::StringRef Text);
/// Where a worker's time went.
struct TuTimes {
  bool FromStore = false;
  double Lookup = 0, Analysis = 0, Writing = 0; ///< seconds
};
std::string timesLine(const TuTimes &T);
std::optional<TuTimes> parseTimes(llvm::StringRef Line);

/// The name of the shard and why; nothing if the line is another.
std::optional<std::pair<std::string, LostShard>> parseLost(llvm::StringRef Line);
std::optional<std::string> parseWarning(llvm::StringRef Line);
} // namespace nettune::cli

#endif // NETTUNE_TOOLS_TUTASK_H
