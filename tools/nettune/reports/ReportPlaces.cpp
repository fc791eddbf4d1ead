//===- ReportPlaces.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/ReportPlaces.h"

#include "CompileCommands.h"
#include "reports/Encoding.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace nettune::cli {

static std::string repositoryAround(const std::string &Root) {
  for (llvm::StringRef D = Root; !D.empty(); D = llvm::sys::path::parent_path(D)) {
    llvm::SmallString<256> Git(D);
    llvm::sys::path::append(Git, ".git"); // a directory, or the file of a worktree
    if (llvm::sys::fs::exists(Git))
      return D.str();
  }
  return Root;
}

/// How many bytes of the line the word takes that begins it.
static std::size_t wordLength(llvm::StringRef Rest) {
  const llvm::StringRef Word = Rest.take_while([](char C) { return llvm::isAlnum(C) || C == '_' || C == ':' || C == '~'; }).rtrim(':');
  return std::max<std::size_t>(1, Word.size());
}

ReportPlaces::ReportPlaces(const std::string &Root) : Repository(repositoryAround(Root)), Sources(Root) {}

std::string ReportPlaces::file(const NamedPlace &P) const { return relativeTo(Repository, Sources.path(P)); }

ReportPlaces::Region ReportPlaces::bytes(const NamedPlace &P) {
  Region R{std::max(1u, P.Line), std::max(1u, P.Column), 0};
  const llvm::StringRef Line = P.Line ? Sources.line(P) : llvm::StringRef();
  R.EndColumn = R.Column + static_cast<unsigned>(wordLength(Line.drop_front(std::min<std::size_t>(R.Column - 1, Line.size()))));
  return R;
}

ReportPlaces::Region ReportPlaces::utf16(const NamedPlace &P) {
  Region R = bytes(P);
  const llvm::StringRef Line = P.Line ? Sources.line(P) : llvm::StringRef();
  if (R.EndColumn - 1 > Line.size())
    return R; // the file is another one than that which was analysed
  R.EndColumn = 1 + utf16Length(Line.take_front(R.EndColumn - 1));
  R.Column = 1 + utf16Length(Line.take_front(R.Column - 1));
  return R;
}

llvm::StringRef stateName(State S) {
  switch (S) {
  case State::New:
    return "new";
  case State::Unchanged:
    return "unchanged";
  case State::Accepted:
    return "accepted";
  }
  llvm_unreachable("no such state");
}

} // namespace nettune::cli
