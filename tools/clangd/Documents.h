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

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace nettune::editor {

/// What a position counts in a line.
enum class Units { Utf8, Utf16, Utf32 };

/// Follows the editor's notifications. Safe to use from several threads.
class Documents {
public:
  void onNotify(llvm::StringRef Method, const llvm::json::Value &Params);
  /// The answer to `initialize` says what positions count; UTF-16 if it does not.
  void onInitialized(const llvm::json::Value &Result);

  struct Open {
    std::string Uri;
    std::optional<std::int64_t> Version;
  };
  /// Sorted.
  std::vector<Open> all() const;
  /// None: it is not open.
  std::optional<std::string> text(llvm::StringRef Uri) const;
  Units units() const { return Counted; }

private:
  mutable std::mutex Guard;
  struct Text {
    std::string Content;
    std::optional<std::int64_t> Version;
  };
  llvm::StringMap<Text> Texts;
  std::atomic<Units> Counted = Units::Utf16;
};

/// The byte at which a position is, lines and units counted from 0. Beyond the end of a
/// line is its end.
std::size_t offsetOf(llvm::StringRef Text, unsigned Line, unsigned Character, Units U);
/// The other way: `{line, character}`.
llvm::json::Object positionOf(llvm::StringRef Text, std::size_t Offset, Units U);

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_DOCUMENTS_H
