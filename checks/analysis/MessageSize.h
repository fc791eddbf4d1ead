//===- MessageSize.h - how large a message is -------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_MESSAGESIZE_H
#define NETTUNE_ANALYSIS_MESSAGESIZE_H

#include "analysis/ConstantEval.h"

namespace nettune::analysis {

struct FrameLoop {
  std::int64_t Bytes;
  const clang::Expr *Bound;
};

/// `while (got < 10240)` around a read whose result is added to `got`, or whose
/// data is added to a container that the loop asks for its size.
std::optional<FrameLoop> frameOf(ConstantEval &Constants, const clang::Stmt &Loop, const clang::Expr &Read);

struct MessageSize {
  std::int64_t Bytes;
  const clang::ValueDecl *Named;
};

/// A constant that is named as the size of a message (not as a limit) and that
/// \p Body uses, or that is a field beside the one that \p Setting names.
std::optional<MessageSize> messageSizeBeside(ConstantEval &Constants, const clang::Expr &Setting,
                                             const clang::Stmt &Body);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_MESSAGESIZE_H
