//===- NettuneOptions.h - options common to all checks ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_NETTUNEOPTIONS_H
#define NETTUNE_NETTUNEOPTIONS_H

#include "model/Reference.h"

#include <clang-tidy/ClangTidyOptions.h>

#include <string>
#include <vector>

namespace clang::tidy::nettune {

/// The `nettune.*` options. They are read from and stored into the option map
/// directly: a check's own view of the options would prefix its name.
struct NettuneOptions {
  /// One of the reference's, model/reference.json.
  std::string Workload = "default";
  /// Cores of the machine that the program is tuned for, by default the reference's;
  /// never those of the machine that runs the linter.
  unsigned TargetCores = static_cast<unsigned>(::nettune::model::builtInReference().Cores);
  /// Bytes of a usual message; 0: not known.
  unsigned TypicalMessageBytes = 0;
  /// Copies of fewer bytes are not reported, where the size is known.
  unsigned MinCopyBytes = 64;
  /// Files of further API models, separated by ';'.
  std::string Models;
  /// Index of the whole program, as 'nettune check' writes it: what blocks, and what
  /// runs on a loop, in other files. Empty: this file alone.
  std::string Index;
  /// URL of the tuning guide; empty: the installed one, or the path in the repository.
  std::string GuideUrl;
  /// Notes for the steps of a path, and again for its other callers.
  unsigned MaxPathNotes = 8;
  /// Report what may block besides what does.
  bool ReportMayBlock = true;
  /// A result that is cast to void, or assigned to std::ignore, is ignored on purpose.
  bool AllowCastToVoid = true;

  /// What is wrong is added to \p Errors, one sentence each, naming option and value.
  static NettuneOptions read(const ClangTidyOptions::OptionMap &Map, std::vector<std::string> &Errors);
  void store(ClangTidyOptions::OptionMap &Map) const;

  std::vector<std::string> modelFiles() const;
  /// Whether the workload has memory count more than reads.
  bool savesReadBuffers() const;
  /// The link to a section of the guide.
  std::string guideLink(llvm::StringRef Anchor) const;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_NETTUNEOPTIONS_H
