//===- IncludePrefix.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludePrefix.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <map>

namespace nettune::cli {

/// Fewer files do not pay for the reading of the headers once more.
static constexpr unsigned LeastFiles = 4;

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

struct Node {
  unsigned Files = 0;
  std::map<std::string, Node> Next;
};

/// Words that say themselves what is included, or how a PCH is made.
bool canShare(const TuCommand &C) {
  return llvm::none_of(C.Line, [](llvm::StringRef Word) {
    return Word.starts_with("-include") || Word.starts_with("-imacros") || Word.starts_with("-fmodule") ||
           Word.starts_with("-fpch") || Word == "-Xclang" || Word == "-x" || Word.starts_with("-save-temps");
  });
}

} // namespace

std::vector<LeadingInclude> leadingIncludes(llvm::StringRef Source) {
  std::vector<LeadingInclude> All;
  Scanner S(Source);
  while (auto Include = S.next())
    All.push_back(std::move(*Include));
  return All;
}

std::string flagsOf(const TuCommand &Command) {
  static const llvm::StringSet<> Where{"-o", "-MF", "-MT", "-MQ", "-MJ"};
  std::string Flags = Command.Directory + '\0';
  for (std::size_t I = 0; I < Command.Line.size(); ++I) {
    llvm::StringRef Word = Command.Line[I];
    if (Where.contains(Word))
      ++I;
    else if (Word.starts_with("-") || llvm::sys::path::filename(Word) != llvm::sys::path::filename(Command.File))
      (Flags += Word) += '\0';
  }
  return Flags;
}

std::vector<unsigned> sharedPrefixes(const std::vector<TuCommand> &Commands) {
  std::map<std::string, Node> ByFlags;
  std::vector<std::vector<LeadingInclude>> Includes(Commands.size());
  std::vector<Node *> Roots(Commands.size());
  for (std::size_t I = 0; I < Commands.size(); ++I) {
    auto Source = llvm::MemoryBuffer::getFile(Commands[I].File);
    if (!Source || !canShare(Commands[I]))
      continue;
    Includes[I] = leadingIncludes((*Source)->getBuffer());
    Node *N = Roots[I] = &ByFlags[flagsOf(Commands[I])];
    for (const LeadingInclude &Include : Includes[I]) {
      N = &N->Next[Include.Header];
      ++N->Files;
    }
  }
  std::vector<unsigned> Shared(Commands.size());
  for (std::size_t I = 0; I < Commands.size(); ++I) {
    const Node *N = Roots[I];
    for (const LeadingInclude &Include : Includes[I]) {
      N = &N->Next.at(Include.Header);
      if (N->Files < LeastFiles)
        break;
      ++Shared[I];
    }
  }
  return Shared;
}

} // namespace nettune::cli
