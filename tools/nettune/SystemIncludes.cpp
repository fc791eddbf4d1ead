//===- SystemIncludes.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SystemIncludes.h"

#include <clang/Basic/TokenKinds.h>
#include <clang/Lex/DependencyDirectivesScanner.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace scan = clang::dependency_directives_scan;

namespace nettune::cli {

SystemIncludes::SystemIncludes(const TuCommand &Command) {
  for (std::size_t I = 0; I < Command.Line.size(); ++I) {
    llvm::StringRef Word = Command.Line[I];
    if (!Word.consume_front("-iquote") && !Word.consume_front("-I"))
      continue;
    if (Word.empty() && ++I < Command.Line.size())
      Word = Command.Line[I];
    Directories.push_back(canonicalPath(Command.Directory, Word));
  }
}

/// A file of that name in the directory; empty, if there is none.
static std::string fileIn(llvm::StringRef Directory, llvm::StringRef Name) {
  llvm::SmallString<256> File(Directory);
  llvm::sys::path::append(File, Name);
  return llvm::sys::fs::is_regular_file(File) ? canonicalPath(Directory, Name) : "";
}

const std::string &SystemIncludes::ownHeader(llvm::StringRef Name) {
  auto [It, New] = OwnHeaders.try_emplace(Name);
  for (auto Where = Directories.begin(); New && It->second.empty() && Where != Directories.end(); ++Where)
    It->second = fileIn(*Where, Name);
  return It->second;
}

/// With its quotes or brackets; empty where a macro says it.
static llvm::StringRef nameIn(const scan::Directive &D, llvm::StringRef Text) {
  for (const scan::Token &T : D.Tokens)
    if (T.isOneOf(clang::tok::header_name, clang::tok::string_literal))
      return Text.substr(T.Offset, T.Length);
  return {};
}

const std::vector<SystemIncludes::Include> &SystemIncludes::includesOf(const std::string &File) {
  auto [It, New] = Read.try_emplace(File);
  auto Text = New ? llvm::MemoryBuffer::getFile(File) : std::errc::no_such_file_or_directory;
  llvm::SmallVector<scan::Token> Tokens;
  llvm::SmallVector<scan::Directive> Directives;
  if (!Text || clang::scanSourceForDependencyDirectives((*Text)->getBuffer(), Tokens, Directives))
    return It->second;
  unsigned Depth = 0;
  bool First = true; // `#ifndef GUARD` may stand there
  for (const scan::Directive &D : Directives) {
    bool IsGuard = std::exchange(First, false) && D.Kind == scan::pp_ifndef;
    if (D.Kind == scan::pp_if || D.Kind == scan::pp_ifdef || (D.Kind == scan::pp_ifndef && !IsGuard))
      ++Depth;
    else if (D.Kind == scan::pp_endif && Depth)
      --Depth;
    llvm::StringRef Name = D.Kind == scan::pp_include && !Depth ? nameIn(D, (*Text)->getBuffer()) : "";
    if (Name.size() > 2)
      It->second.push_back({Name.substr(1, Name.size() - 2).str(), Name.front() == '<'});
  }
  return It->second;
}

void SystemIncludes::enter(const std::string &File, Walk &W) {
  if (!W.Entered.insert(File).second)
    return;
  for (const Include &I : includesOf(File)) {
    std::string Own = I.InBrackets ? "" : fileIn(llvm::sys::path::parent_path(File), I.Name);
    if (Own.empty())
      Own = ownHeader(I.Name);
    if (!Own.empty())
      enter(Own, W);
    else if (W.Known.insert(I.Name).second)
      W.Names.push_back(I.Name);
  }
}

std::vector<std::string> SystemIncludes::of(const std::string &File) {
  Walk W;
  enter(File, W);
  return std::move(W.Names);
}

} // namespace nettune::cli
