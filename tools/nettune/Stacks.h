//===- Stacks.h - findings that a profile has seen --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_STACKS_H
#define NETTUNE_TOOLS_STACKS_H

#include "Analysis.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/StringMap.h>

#include <cstdint>

namespace nettune::cli {

/// Stacks of a profile, each with the number of samples that had it: of perf, bpftrace or
/// any other profiler, in Brendan Gregg's folded form.
class FoldedStacks {
public:
  /// What a profile may count: samples, or the time that was waited.
  static std::vector<std::string> units() { return {"samples", "ns", "us", "ms"}; }

  /// `frame;frame;frame 12` a line, the outermost first. `-` is the standard input. An
  /// error names the file and the line.
  static llvm::Expected<FoldedStacks> read(const std::string &File);
  static llvm::Expected<FoldedStacks> parse(llvm::StringRef Text, llvm::StringRef File);

  std::uint64_t samples() const { return Samples; } ///< of all stacks; not 0

  /// Says of each finding how often it was seen (ReportedFinding::Stalling and OnStack), adds a
  /// note to those that were seen to stall, and puts first what was seen most. \p Unit: one of
  /// units(); the file does not say it.
  void mark(Analysis &A, const std::string &Unit) const;

private:
  struct Stack {
    std::vector<unsigned> Frames; ///< numbers of Names
    std::uint64_t Samples;
  };
  class Search;

  llvm::Error addLine(llvm::StringRef Line);
  unsigned number(llvm::StringRef Frame);

  std::vector<Stack> Stacks;
  std::vector<std::string> Names; ///< frameName(), each once
  llvm::StringMap<unsigned> NumberOfFrame, NumberOfName;
  std::vector<std::vector<unsigned>> Holding; ///< by name: stacks, ascending
  std::uint64_t Samples = 0;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_STACKS_H
