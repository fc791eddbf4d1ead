//===- IncludePrefix.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludePrefix.h"

#include <optional>

namespace nettune::cli {

namespace {

class Scanner {
public:
  explicit Scanner(llvm::StringRef Text) : Text(Text), At(Text.starts_with("\xef\xbb\xbf") ? 3 : 0) {}

  std::optional<LeadingInclude> next() {
    if (!skipBlanks())
      return std::nullopt;
    std::size_t Begin = At;
    llvm::StringRef Line = Text.drop_front(At).take_until([](char C) { return C == '\n' || C == '\r'; });
    llvm::StringRef Rest = Line;
    if (Line.ends_with("\\") || !Rest.consume_front("#"))
      return std::nullopt;
    Rest = Rest.ltrim(" \t");
    if (!Rest.consume_front("include"))
      return std::nullopt;
    Rest = Rest.ltrim(" \t");
    std::size_t Close = Rest.find('>');
    if (!Rest.consume_front("<") || Close == llvm::StringRef::npos)
      return std::nullopt;
    std::string Header = Rest.take_front(Close - 1).str();
    llvm::StringRef Behind = Rest.drop_front(Close).ltrim(" \t");
    if (!Behind.empty() && !Behind.starts_with("//"))
      return std::nullopt;
    std::size_t End = Begin + (Behind.data() - Line.data());
    At = Begin + Line.size();
    return LeadingInclude{std::move(Header), Begin, End};
  }

private:
  /// False at the end, and at what is odd: it ends the prefix.
  bool skipBlanks() {
    while (At < Text.size()) {
      llvm::StringRef Rest = Text.drop_front(At);
      if (llvm::StringRef(" \t\r\n\f\v").contains(Rest.front())) {
        ++At;
      } else if (Rest.starts_with("//")) {
        std::size_t End = Rest.find('\n');
        if (End == llvm::StringRef::npos || Rest.take_front(End).rtrim("\r").ends_with("\\"))
          return false;
        At += End;
      } else if (Rest.starts_with("/*")) {
        std::size_t End = Rest.find("*/", 2);
        if (End == llvm::StringRef::npos)
          return false;
        At += End + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  llvm::StringRef Text;
  std::size_t At;
};

} // namespace

std::vector<LeadingInclude> leadingIncludes(llvm::StringRef Source) {
  std::vector<LeadingInclude> All;
  Scanner S(Source);
  while (auto Include = S.next())
    All.push_back(std::move(*Include));
  return All;
}

} // namespace nettune::cli
