//===- Messages.h - what nettune adds to the messages of clangd -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_MESSAGES_H
#define NETTUNE_CLANGD_MESSAGES_H

#include "Documents.h"

#include <optional>

namespace nettune::editor {

/// A place of loop code, and why it is some.
struct LoopReason {
  std::string Name;    ///< of the function, with quotes
  std::string Origin;  ///< "the handler given to 'asio::post'"
  std::string Because; ///< "called from the handler given to 'asio::post', registered at server.cpp:41"
  struct Step {
    std::string Text;
    std::string File; ///< absolute
    unsigned Line, Column; ///< from 1, in bytes
  };
  std::vector<Step> Steps; ///< from the loop on, at least one
  bool Certain = true;     ///< no guess is on the way
};

/// Is it a diagnostic of nettune, by its code?
bool isOurs(const llvm::json::Object &Diagnostic);

/// A function around a place in a file as it is now.
struct FunctionAround {
  std::string Name; ///< without namespaces and classes
  unsigned Line;    ///< of its name, from 1
};

/// The innermost one around a line, counted from 0, by the answer to
/// `textDocument/documentSymbol`, a tree or a list.
std::optional<FunctionAround> functionAround(const llvm::json::Value &Outline, unsigned Line);
/// The line is in no function and no variable.
bool isOutside(const llvm::json::Value &Outline, unsigned Line);

/// In the parameters of `textDocument/publishDiagnostics`: the source and the link of
/// nettune's own. \p Guide: what a link to the guide in a note becomes. The note goes where
/// the editor \p ShowsLinks.
void decorateDiagnostics(llvm::json::Value &Params, bool ShowsLinks,
                         llvm::function_ref<std::string(llvm::StringRef)> Guide);

/// A file's URL for an absolute path, what is a URL already as it is. Another path is one of the
/// repository: the guide installed beside the program, whose directory is \p Bin, or, where that
/// is below nettune's own sources, what was built of it or the file itself. Behind '#' all stays.
std::string guideUrl(llvm::StringRef Link, llvm::StringRef Bin);

/// To the result of `textDocument/hover`; of nothing it makes something, with \p Markdown or
/// as plain text.
void addHover(llvm::json::Value &Result, const LoopReason &Why, bool Markdown);

/// The result of `nettune/explain`; the editor counts columns in \p Columns.
llvm::json::Value explanation(const LoopReason &Why, ColumnUnit Columns);

/// `file:///a%20b` is `/a b`; empty: it names no file.
std::string pathOf(llvm::StringRef Uri);
std::string uriOf(llvm::StringRef Path);

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_MESSAGES_H
