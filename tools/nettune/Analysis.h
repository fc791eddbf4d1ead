//===- Analysis.h - from a build to its findings ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_ANALYSIS_H
#define NETTUNE_TOOLS_ANALYSIS_H

#include "Findings.h"

#include <llvm/Support/Error.h>

namespace nettune::cli {

/// What is analysed, and how.
struct AnalysisRequest {
  std::string BuildDir, Root;  ///< as the user gave them; an empty root: the build's own
  unsigned Jobs = 0;           ///< 0: as ninja chooses
  std::string Programs;        ///< file, see readPrograms(); empty: as the build links
  bool NoLinkInfo = false;     ///< all is one program, whatever the build links
  std::string Executable = {}; ///< nettune itself
};

struct Analysis {
  std::string Root, BuildDir, Cache; ///< absolute
  std::vector<ReportedFinding> Findings; ///< sorted, with fingerprints
  struct LostTu {
    std::string File, Why; ///< Why: where to read more
  };
  std::vector<LostTu> Lost;          ///< TUs that gave no shard
  std::vector<std::string> Partial;  ///< main files whose TU has errors
  std::size_t Tus = 0, Programs = 0; ///< Programs 0: nobody said, all is one
  bool Compared = false; ///< to a base or a baseline: what is not new is no news
  bool complete() const { return Lost.empty() && Partial.empty(); }
};

/// Runs what is out of date, links, solves and writes the index. An error is one of
/// usage, configuration or a file; a TU that cannot be analysed is no error.
llvm::Expected<Analysis> analyse(const AnalysisRequest &R);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_ANALYSIS_H
