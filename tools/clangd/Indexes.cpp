//===- Indexes.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Indexes.h"

#include "PathNotes.h"

#include "summary/Assumptions.h"
#include "summary/CallerConstants.h"
#include "summary/CodeAt.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace nettune::editor {
namespace path = llvm::sys::path;
using namespace summary;

bool LoopIndex::refresh() {
  std::optional<FileStamp> Now = FileStamp::of(Path);
  if (Now == Stamp)
    return false;
  Stamp = Now;
  Read = nullptr;
  Solved.clear();
  Problem.clear();
  if (!Stamp)
    return true;
  auto Found = IndexCache::ofProcess().get(Path);
  if (!Found) {
    Problem = llvm::toString(Found.takeError());
    return true;
  }
  llvm::SmallString<256> Directory(path::parent_path(Path));
  path::append(Directory, (*Found)->Root);
  path::remove_dots(Directory, /*remove_dot_dot=*/true);
  Root = Directory.str().str();
  Read = std::move(*Found);
  return true;
}

/// Once somebody asks: a session that only edits does without.
void LoopIndex::solve() {
  if (Read && Solved.empty())
    for (const Facts &F : Read->Programs)
      Solved.push_back(std::make_unique<Program>(withCallerConstants(withAssumptions(F))));
}

std::string LoopIndex::relative(const std::string &File) const {
  llvm::StringRef Rest = File;
  return Rest.consume_front(Root) && Rest.consume_front("/") ? Rest.str() : File;
}

LoopReason LoopIndex::reason(const Program &P, FunctionId Fn) const {
  Program::LoopPath Way = P.path(Fn);
  LoopReason Why{P.functionName(Fn), Way.Origin, {}};
  std::vector<clang::tidy::nettune::Finding::Note> Notes;
  clang::tidy::nettune::addPath(Way.Steps, ~0u, Notes);
  for (const auto &N : Notes) {
    llvm::SmallString<256> File(P.text(N.Where.File));
    if (!path::is_absolute(File)) {
      File = Root;
      path::append(File, P.text(N.Where.File));
    }
    Why.Steps.push_back({N.Text.str(), File.str().str(), N.Where.Line, N.Where.Column});
  }
  return Why;
}

std::optional<LoopReason> LoopIndex::ofFunction(llvm::StringRef Usr, const std::string &File) {
  solve();
  std::string Local = relative(File) + ":" + Usr.str();
  for (const auto &P : Solved)
    for (FunctionId Fn = 0; Fn < P->facts().Functions.size(); ++Fn) {
      llvm::StringRef Key = P->text(P->facts().Functions[Fn].Key);
      if ((Key == Usr || Key == Local) && P->runsOnLoop(Fn))
        return reason(*P, Fn);
    }
  return std::nullopt;
}

std::optional<LoopReason> LoopIndex::at(const std::string &File, unsigned Line) {
  solve();
  for (const auto &P : Solved)
    for (const Spot &S : spotsAt(P->facts(), relative(File), Line))
      if (P->runsOnLoop(S.In, S.Nest))
        return reason(*P, S.In);
  return std::nullopt;
}

/// Where the database truly lies: a link to it often stands in the sources.
static std::string besideDatabase(llvm::StringRef Directory) {
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path(Directory + "/compile_commands.json", Real))
    return {};
  return (path::parent_path(Real) + "/.cache/nettune/program.nti").str();
}

std::string Indexes::pathFor(const std::string &File) const {
  if (!CommandsDir.empty())
    return besideDatabase(CommandsDir);
  for (llvm::StringRef Up = path::parent_path(File); !Up.empty(); Up = path::parent_path(Up))
    for (const std::string &Directory : {Up.str(), Up.str() + "/build"})
      if (std::string Index = besideDatabase(Directory); !Index.empty())
        return Index;
  return {};
}

LoopIndex *Indexes::find(const std::string &File) {
  std::string Path = pathFor(File);
  if (Path.empty())
    return nullptr;
  auto [It, New] = ByPath.try_emplace(Path);
  if (New)
    It->second = std::make_unique<LoopIndex>(Path);
  LoopIndex &I = *It->second;
  I.refresh();
  if (!I.problem().empty() && Said.insert(I.problem()).second)
    Words.push_back({I.problem() + "; calls into other files are not followed", true});
  if (!I.exists() && Said.insert(Path).second)
    Words.push_back({"no index at " + Path + ": calls into other files are not followed; 'nettune check -p " +
                         path::parent_path(path::parent_path(path::parent_path(Path))).str() + "' writes it",
                     false});
  return I.usable() ? &I : nullptr;
}

std::string Indexes::usableFor(const std::string &File) {
  std::lock_guard<std::mutex> Lock(Guard);
  return find(File) ? pathFor(File) : std::string();
}

std::optional<LoopReason> Indexes::ofFunction(llvm::StringRef Usr, const std::string &File) {
  std::lock_guard<std::mutex> Lock(Guard);
  LoopIndex *I = find(File);
  return I ? I->ofFunction(Usr, File) : std::nullopt;
}

std::optional<LoopReason> Indexes::at(const std::string &File, unsigned Line) {
  std::lock_guard<std::mutex> Lock(Guard);
  LoopIndex *I = find(File);
  return I ? I->at(File, Line) : std::nullopt;
}

bool Indexes::changed() {
  std::lock_guard<std::mutex> Lock(Guard);
  bool Any = false;
  for (auto &[Path, I] : ByPath)
    Any |= I->refresh();
  return Any;
}

std::vector<Indexes::Word> Indexes::takeWords() {
  std::lock_guard<std::mutex> Lock(Guard);
  return std::exchange(Words, {});
}

} // namespace nettune::editor
