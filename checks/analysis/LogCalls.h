//===- LogCalls.h - what only prints ----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_LOGCALLS_H
#define NETTUNE_ANALYSIS_LOGCALLS_H

#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/StringRef.h>

namespace nettune::analysis {

/// printf and its like, or a function, class or namespace called a logger.
bool isLogCall(const clang::CallExpr &C);
/// `out << ...` on a stream or logger; not on one that keeps its text.
bool isLogInsertion(const clang::CXXOperatorCallExpr &C);
/// Only makes text of its arguments: std::to_string, strerror.
bool makesText(const clang::FunctionDecl &Fn);
/// Is one of \p Words, all in lower case, a word of the name: "log" of writeLog and log_error?
bool hasWord(llvm::StringRef Name, llvm::ArrayRef<llvm::StringLiteral> Words);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_LOGCALLS_H
