//===- Analysis.h - from a build to its findings ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_ANALYSIS_H
#define NETTUNE_TOOLS_ANALYSIS_H

#include "CompileCommands.h"
#include "MakeShards.h"
#include "ProjectOptions.h"
#include "RunLock.h"
#include "SourceLines.h"

#include "summary/ProgramSets.h"

#include <llvm/Support/Error.h>

#include <memory>

namespace nettune::cli {

/// What is analysed, and how.
struct AnalysisRequest {
  std::string BuildDir, Root;  ///< as the user gave them; an empty root: the build's own
  unsigned Jobs = 0;           ///< 0: as ninja chooses
  std::string Programs;        ///< file, see readPrograms(); empty: as the build links
  bool NoLinkInfo = false;     ///< all is one program, whatever the build links
  std::string Executable = {}; ///< nettune itself
  bool RequireReason = false; ///< see Analysis
  bool WithWays = false;       ///< findings tell all ways to them
  StorePlace Store = {};
  PchMode Pchs = PchMode::Exact;
  std::string Progress = "auto"; ///< of Progress::ways()
  GivenOptions Options = {};
};

/// What a build consists of, and the shards of its TUs.
struct BuildShards {
  std::vector<TuCommand> Commands;
  std::vector<std::string> Files;  ///< shards
  std::vector<std::size_t> Number; ///< by command: of its shard; SIZE_MAX: it has none
  std::vector<std::string> Lost;   ///< sources of commands without a shard
  std::vector<summary::TuSet> Linked; ///< numbers of shards; empty: all is one program
  Options O;
};

struct Analysis {
  std::string Root, BuildDir, Cache; ///< absolute
  std::vector<ReportedFinding> Findings; ///< sorted, with fingerprints
  struct LostTu {
    std::string File, Why;
  };
  std::vector<LostTu> Lost;          ///< TUs that gave no shard
  std::vector<std::string> Partial;  ///< main files whose TU has errors
  std::map<std::string, std::string> FirstErrors; ///< of those, `a.h:3:4: error: expected ';'`
  MadeShards Made;
  double ShardSeconds = 0, SolveSeconds = 0; ///< wall time of the two parts
  std::uint64_t Samples = 0; ///< of the profile that findings were looked for in; 0: there was none
  std::string SamplesUnit = {}; ///< see FoldedStacks::units()
  std::size_t Tus = 0, Programs = 0; ///< Programs 0: nobody said, all is one
  bool Compared = false; ///< to a base or a baseline: what is not new is no news
  bool RequireReason = false;        ///< comments that silence a check say why
  bool ShowAll = false;              ///< reports for people show what is not new, too
  llvm::StringSet<> Entities;        ///< with WithWays: functions with a body, by stableKey()
  BuildShards Build;
  std::shared_ptr<RunLock> Lock; ///< of Cache: whoever holds the result may go on there
  bool complete() const { return Lost.empty() && Partial.empty(); }
};

/// The directory that files of the build are named relative to; \p Root if it is not empty.
llvm::Expected<std::string> rootOf(const std::string &BuildDir, const std::string &Root);

/// Runs what is out of date, links, solves and writes the index. An error is one of
/// usage, configuration or a file; a TU that cannot be analysed is no error.
llvm::Expected<Analysis> analyse(const AnalysisRequest &R);

/// Links and solves the shards of \p A.Build; adds what they say to \p A. The text of
/// findings is read from \p Sources. \p IndexFile is written; empty: none is.
llvm::Error solveShards(Analysis &A, SourceLines &Sources, const std::string &IndexFile, bool WithWays);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_ANALYSIS_H
