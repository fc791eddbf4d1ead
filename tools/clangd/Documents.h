//===- Documents.h - the text of open files ---------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_DOCUMENTS_H
#define NETTUNE_CLANGD_DOCUMENTS_H

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/JSON.h>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace nettune::editor {

enum class ColumnUnit { Utf8, Utf16, Utf32 };

/// Follows the editor's notifications. Safe to use from several threads.
class Documents {
public:
  /// The unit of columns: "utf-8", "utf-16" or "utf-32"; the second, unless somebody says so.
  void countIn(llvm::StringRef Encoding);
  void onNotify(llvm::StringRef Method, const llvm::json::Value &Params);

  struct Open {
    std::string Uri;
    std::optional<std::int64_t> Version;
  };
  /// Sorted.
  std::vector<Open> all() const;
  /// Blanks and tabs at the begin of a line, counted from 0; none if nobody knows it.
  std::string indentation(llvm::StringRef Uri, unsigned Line) const;

private:
  mutable std::mutex Guard;
  struct Text {
    std::string Content;
    std::optional<std::int64_t> Version;
  };
  llvm::StringMap<Text> Texts;
  ColumnUnit Unit = ColumnUnit::Utf16;
};

/// Where the position is in the text, as the protocol counts, from 0. Beyond the end of a line
/// is its end.
std::size_t offsetOf(llvm::StringRef Text, unsigned Line, unsigned Character, ColumnUnit Unit = ColumnUnit::Utf16);

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_DOCUMENTS_H
