//===- ReadBuffer.h - the buffer of one read --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_READBUFFER_H
#define NETTUNE_ANALYSIS_READBUFFER_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

struct ReadBuffer {
  /// The variable or field with the bytes; null if it has no name.
  const clang::ValueDecl *Target = nullptr;
  /// At most so many are taken; 0: not a constant.
  std::int64_t Bytes = 0;
  /// Characters or bytes, not a number or a struct of fixed size.
  bool Raw = false;
  /// Goes to a place inside of a larger buffer: `p + used`, `&p[used]`.
  bool Inside = false;
};

/// The buffer that is argument \p Index of \p Site: `p, n` or `buffer(p, n)`.
ReadBuffer readBuffer(ConstantEval &Constants, clang::ASTContext &Ctx, const CallSite &Site, int Index);

/// The stream that is read: the object, or the first argument.
const clang::Expr *readStream(const CallSite &Site);

/// \p Stream is a TCP-like stream: a socket type, or a descriptor that comes
/// from accept() or socket() or is used like one in \p Body.
bool isStreamSocket(Extraction &X, const CallSite &Site, const clang::Stmt &Body);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_READBUFFER_H
