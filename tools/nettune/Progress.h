//===- Progress.h - how far a run is ----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PROGRESS_H
#define NETTUNE_TOOLS_PROGRESS_H

#include <llvm/ADT/StringRef.h>

#include <string>
#include <vector>

namespace nettune::cli {

/// Tells on the error stream which TUs are done.
class Progress {
public:
  /// How: a line that is overwritten, a line of JSON for each TU, nothing; `auto` is the first
  /// on a terminal, else nothing.
  static std::vector<std::string> ways() { return {"auto", "bar", "json", "none"}; }

  /// \p Way: one of ways(). \p Phase: what is done, `analysis` or `base`.
  Progress(llvm::StringRef Way, llvm::StringRef Phase);

  /// Of \p Total TUs, \p Done are. \p File: the last of them, as it is shown.
  void step(unsigned Done, unsigned Total, llvm::StringRef File);
  /// Leaves no trace on a terminal.
  void finish();

private:
  bool Bar, Json;
  std::string Phase;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PROGRESS_H
