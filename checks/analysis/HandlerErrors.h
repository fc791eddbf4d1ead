//===- HandlerErrors.h - what a completion handler ignores ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_HANDLERERRORS_H
#define NETTUNE_ANALYSIS_HANDLERERRORS_H

#include "analysis/CallFacts.h"
#include "summary/SendFacts.h"

namespace nettune::analysis {

/// What a handler does with the error and the count that it is given.
struct HandlerReport {
  summary::Fate Error = summary::Fate::Used;
  summary::Fate Count = summary::Fate::Used;
  /// The parameter or bind expression where the error is lost.
  clang::SourceLocation Lost;
  std::string Holder;
};

/// \p Handler is the expression given to \p Site, a call with a completion
/// handler: a lambda, a bind expression, a function. What cannot be followed
/// counts as used.
HandlerReport reportOfHandler(Extraction &X, const CallSite &Site, const clang::Expr &Handler);

/// `asio::error_code`, `boost::system::error_code`, `std::error_code`.
bool isErrorCode(clang::QualType T);

/// Reads or writes errno.
bool mentionsErrno(const clang::Stmt *S);

/// The name says that something ends: close, shutdown, onDisconnect.
bool isEnding(const clang::FunctionDecl &Fn);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_HANDLERERRORS_H
