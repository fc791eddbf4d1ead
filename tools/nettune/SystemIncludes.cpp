//===- SystemIncludes.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SystemIncludes.h"

#include <clang/Basic/TokenKinds.h>
#include <clang/Lex/DependencyDirectivesScanner.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace scan = clang::dependency_directives_scan;

namespace nettune::cli {

OwnHeaders::OwnHeaders(const TuCommand &Command) {
  for (std::size_t I = 0; I < Command.Line.size(); ++I) {
    llvm::StringRef Word = Command.Line[I];
    if (!Word.consume_front("-iquote") && !Word.consume_front("-I"))
      continue;
    if (Word.empty() && ++I < Command.Line.size())
      Word = Command.Line[I];
    Directories.push_back(canonicalPath(Command.Directory, Word));
  }
}

std::string OwnHeaders::find(llvm::StringRef Name, llvm::StringRef Directory) const {
  auto In = [&](llvm::StringRef Where) {
    std::string File = canonicalPath(Where, Name);
    return llvm::sys::fs::is_regular_file(File) ? File : std::string();
  };
  if (!Directory.empty())
    if (std::string File = In(Directory); !File.empty())
      return File;
  for (const std::string &Where : Directories)
    if (std::string File = In(Where); !File.empty())
      return File;
  return {};
}

namespace {

/// Walks a file and the project's headers in it.
class Walk {
public:
  explicit Walk(const TuCommand &Command) : Own(Command) { enter(Command.File); }
  std::vector<std::string> Names;

private:
  void enter(const std::string &File) {
    if (!Entered.insert(File).second)
      return;
    auto Text = llvm::MemoryBuffer::getFile(File);
    llvm::SmallVector<scan::Token> Tokens;
    llvm::SmallVector<scan::Directive> Directives;
    if (!Text || clang::scanSourceForDependencyDirectives((*Text)->getBuffer(), Tokens, Directives))
      return;
    unsigned Depth = 0;
    bool First = true; // `#ifndef GUARD` may stand there
    for (const scan::Directive &D : Directives) {
      bool IsGuard = std::exchange(First, false) && D.Kind == scan::pp_ifndef;
      if (D.Kind == scan::pp_if || D.Kind == scan::pp_ifdef || (D.Kind == scan::pp_ifndef && !IsGuard))
        ++Depth;
      else if (D.Kind == scan::pp_endif && Depth)
        --Depth;
      else if (D.Kind == scan::pp_include && !Depth)
        include(nameIn(D, (*Text)->getBuffer()), llvm::sys::path::parent_path(File));
    }
  }

  /// With its quotes or brackets; empty where a macro says it.
  static llvm::StringRef nameIn(const scan::Directive &D, llvm::StringRef Text) {
    for (const scan::Token &T : D.Tokens)
      if (T.isOneOf(clang::tok::header_name, clang::tok::string_literal))
        return Text.substr(T.Offset, T.Length);
    return {};
  }

  void include(llvm::StringRef Name, llvm::StringRef Directory) {
    bool InBrackets = Name.consume_front("<");
    if (Name.size() < 2 || (!InBrackets && !Name.consume_front("\"")))
      return;
    Name = Name.drop_back();
    std::string File = Own.find(Name, InBrackets ? "" : Directory);
    if (!File.empty())
      enter(File);
    else if (Known.insert(Name).second)
      Names.push_back(Name.str());
  }

  OwnHeaders Own;
  llvm::StringSet<> Entered, Known;
};

} // namespace

std::vector<std::string> systemIncludes(const TuCommand &Command) { return Walk(Command).Names; }

} // namespace nettune::cli
