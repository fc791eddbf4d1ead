//===- Suppressions.h - a comment that keeps a diagnostic back --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_SUPPRESSIONS_H
#define NETTUNE_CLANGD_SUPPRESSIONS_H

#include "Documents.h"

namespace nettune::editor {

/// Text that is put in at a place.
struct Insertion {
  std::size_t At; ///< byte offset
  std::string Text;
};

/// The comment that suppresses \p Check in a line, counted from 0: a line above it. Where
/// that would stand in a string or in a directive it goes to the line's end; a comment for the
/// line that is there already gets one name more. None: no comment can stand at either place.
std::optional<Insertion> suppression(llvm::StringRef Text, unsigned Line, llvm::StringRef Check);

/// To the result of `textDocument/codeAction`: one way to suppress each of nettune's
/// diagnostics in the request's \p Params.
void addSuppressions(llvm::json::Value &Result, const llvm::json::Value &Params, const Documents &Open);

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_SUPPRESSIONS_H
