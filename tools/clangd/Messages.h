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
  std::string Name;   ///< of the function, with quotes
  std::string Origin; ///< "the handler given to 'asio::post'"
  struct Step {
    std::string Text;
    std::string File; ///< absolute
    unsigned Line, Column; ///< from 1
  };
  std::vector<Step> Steps; ///< from the loop on, at least one
};

/// In the parameters of `textDocument/publishDiagnostics`: the source and the link of
/// nettune's own. \p Guide: what a link to the guide in a note becomes. The note goes where
/// the editor \p ShowsLinks.
void decorateDiagnostics(llvm::json::Value &Params, bool ShowsLinks,
                         llvm::function_ref<std::string(llvm::StringRef)> Guide);

/// A file's URL for an absolute path, what is a URL already as it is. Another path is one of the
/// repository: the guide installed beside the program, whose directory is \p Bin, or, where that
/// is below nettune's own sources, what was built of it or the file itself. Behind '#' all stays.
std::string guideUrl(llvm::StringRef Link, llvm::StringRef Bin);

/// To the result of `textDocument/codeAction`: one way to suppress each of nettune's
/// diagnostics in the request's \p Params, by a comment above the line.
void addSuppressions(llvm::json::Value &Result, const llvm::json::Value &Params, const Documents &Open);

/// To the result of `textDocument/hover`; of nothing it makes something, with \p Markdown or
/// as plain text.
void addHover(llvm::json::Value &Result, const LoopReason &Why, bool Markdown);

/// The result of `nettune/explain`.
llvm::json::Value explanation(const LoopReason &Why);

/// `file:///a%20b` is `/a b`; empty: it names no file.
std::string pathOf(llvm::StringRef Uri);
std::string uriOf(llvm::StringRef Path);

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_MESSAGES_H
