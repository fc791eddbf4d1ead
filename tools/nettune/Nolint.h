//===- Nolint.h - comments that silence a check -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_NOLINT_H
#define NETTUNE_TOOLS_NOLINT_H

#include "Findings.h"

#include "summary/Shard.h"

namespace clang {
class SourceManager;
}

namespace nettune::cli {

/// `// NOLINT(nettune-short-write) until 2027-01-31: reason`, and its kin with NEXTLINE
/// and BEGIN. Those that name no check of nettune are none.
struct NolintComment {
  std::size_t Offset; ///< of the word in the text
  std::string Word;   ///< "NOLINT(nettune-short-write)"
  std::string Until;  ///< what stands behind "until", which may be no date; empty: nothing
  bool HasReason = false;
};

std::vector<NolintComment> nolintsIn(llvm::StringRef Text);

/// Does a comment on the line, or NOLINTNEXTLINE on the one before, name the check?
bool isSilenced(llvm::StringRef Before, llvm::StringRef Line, llvm::StringRef Check);

inline constexpr llvm::StringLiteral NolintReason = "nettune-nolint-reason";
inline constexpr llvm::StringLiteral NolintExpired = "nettune-nolint-expired";

/// What may be said of the comments in the TU's files below \p Root: whether it is said is
/// known when the findings are wanted.
void addNolintFindings(const clang::SourceManager &SM, const std::string &Root, summary::Shard &S);

/// Takes out what is not to be said: comments without a reason unless \p RequireReason, and
/// those whose last day is not yet over.
void keepNolintFindings(std::vector<ReportedFinding> &Findings, bool RequireReason, const std::string &Today);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_NOLINT_H
