//===- Indexes.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Indexes.h"

#include "PathNotes.h"
#include "ProjectConfig.h"

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

static std::string because(const Program::LoopPath &Way, const LoopReason &Why) {
  const PathStep &First = Way.Steps.front();
  bool Itself = Way.Steps.size() == 1; // no call is between the loop and the function
  const LoopReason::Step &Place = Why.Steps.front();
  std::string At = path::filename(Place.File).str() + ":" + std::to_string(Place.Line);
  switch (First.K) {
  case PathStep::Kind::Registered:
  case PathStep::Kind::Assumed:
    return (Itself ? "it is " : "called from ") + Way.Origin + ", registered at " + At;
  case PathStep::Kind::EventLoop:
    return Itself ? "it is the loop, which waits with " + First.Object + " at " + At : "called from " + Way.Origin + ", at " + At;
  case PathStep::Kind::Coroutine:
    if (Itself)
      return "it is a coroutine, and nothing says that it runs on other threads only";
    break;
  case PathStep::Kind::Annotated:
    if (Itself)
      return "it is annotated " + First.Object;
    break;
  case PathStep::Kind::Overrides:
    if (Itself)
      return "it overrides " + First.Object;
    break;
  default:
    break;
  }
  return "called from " + Way.Origin + ", at " + At;
}

LoopReason LoopIndex::reason(const Program &P, FunctionId Fn) const {
  Program::LoopPath Way = P.path(Fn);
  LoopReason Why{.Name = P.functionName(Fn), .Origin = Way.Origin, .Because = {}, .Steps = {}, .Certain = P.certainlyOnLoop(Fn)};
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
  Why.Because = because(Way, Why);
  return Why;
}

/// The index knows instantiations of a template, clangd the template. Their places agree,
/// unless the index is older; then it has to be the only one of its name in the file.
bool LoopIndex::instantiates(const Program &P, const Function &Fn, const Symbol &S) const {
  std::string File = relative(S.File);
  auto Like = [&](const Function &F) { return !F.has(Function::Lambda) && P.text(F.Name) == S.Name && P.text(F.Where.File) == File; };
  if (!Like(Fn))
    return false;
  return Fn.Where.Line == S.Line ||
         llvm::none_of(P.facts().Functions, [&](const Function &F) { return F.Where.Line != Fn.Where.Line && Like(F); });
}

std::optional<LoopReason> LoopIndex::ofFunction(const Symbol &S) {
  solve();
  std::string Local = relative(S.File) + ":" + S.Usr;
  llvm::StringRef Usr = S.Usr;
  bool IsTemplate = Usr.contains("@FT@") || Usr.contains("@ST>") || Usr.contains("@SP>");
  for (const auto &P : Solved)
    for (FunctionId Id = 0; Id < P->facts().Functions.size(); ++Id) {
      const Function &Fn = P->facts().Functions[Id];
      llvm::StringRef Key = P->text(Fn.Key);
      if (P->runsOnLoop(Id) && (Key == Usr || Key == Local || (IsTemplate && instantiates(*P, Fn, S))))
        return reason(*P, Id);
    }
  return std::nullopt;
}

/// The line at which the index has the function; none: it does not know, or which of several.
static std::optional<unsigned> lineInIndex(const Facts &F, llvm::StringRef File, const FunctionAround &Around) {
  std::set<unsigned> Lines;
  for (const Function &Fn : F.Functions) {
    llvm::StringRef Name = F.text(Fn.Name);
    // A lambda has the name of the function around it.
    if (!Fn.has(Function::Lambda) && F.text(Fn.Where.File) == File && Name.consume_back(Around.Name) && (Name.empty() || Name.ends_with("::")))
      Lines.insert(Fn.Where.Line);
  }
  if (Lines.contains(Around.Line))
    return Around.Line;
  return Lines.size() == 1 ? std::optional(*Lines.begin()) : std::nullopt;
}

std::optional<LoopReason> LoopIndex::at(const std::string &File, unsigned Line, const std::optional<FunctionAround> &Around) {
  solve();
  std::string Name = relative(File);
  for (const auto &P : Solved) {
    auto Then = Around ? lineInIndex(P->facts(), Name, *Around) : std::nullopt;
    if (Around && !Then)
      continue;
    for (const Spot &S : spotsAt(P->facts(), Name, Then ? Line - Around->Line + *Then : Line))
      if (P->runsOnLoop(S.In, S.Nest))
        return reason(*P, S.In);
  }
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
  if (std::string Directory = CommandsDir(); !Directory.empty())
    return besideDatabase(Directory);
  if (std::string Directory = configuredCommandsDirectory(File); !Directory.empty())
    return besideDatabase(Directory);
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

std::optional<LoopReason> Indexes::ofFunction(const Symbol &S, const std::string &Asked) {
  std::lock_guard<std::mutex> Lock(Guard);
  LoopIndex *I = find(Asked);
  return I ? I->ofFunction(S) : std::nullopt;
}

std::optional<LoopReason> Indexes::at(const std::string &File, unsigned Line, const std::optional<FunctionAround> &Around) {
  std::lock_guard<std::mutex> Lock(Guard);
  LoopIndex *I = find(File);
  return I ? I->at(File, Line, Around) : std::nullopt;
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
