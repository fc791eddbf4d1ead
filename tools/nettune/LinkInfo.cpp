//===- LinkInfo.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkInfo.h"

#include <algorithm>

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/Path.h>

namespace nettune::cli {
namespace path = llvm::sys::path;
using summary::TuSet;

/// "libx.so.1.2" and "libx.so" are one file and links to it.
static llvm::StringRef withoutVersion(llvm::StringRef Path) {
  std::size_t End = Path.rfind(".so.");
  return End == llvm::StringRef::npos || Path.find('/', End) != llvm::StringRef::npos ? Path : Path.take_front(End + 3);
}

LinkedFile::Kind kindOfFile(llvm::StringRef Path) {
  static const llvm::StringSet<> Libraries{".so", ".dylib", ".dll", ".bundle"};
  static const llvm::StringSet<> Parts{".a", ".lib", ".o", ".obj", ".lo", ".la"};
  llvm::StringRef Extension = path::extension(withoutVersion(Path));
  return Libraries.contains(Extension) ? LinkedFile::Kind::SharedLibrary
         : Parts.contains(Extension)   ? LinkedFile::Kind::Part
                                       : LinkedFile::Kind::Executable;
}

namespace {

/// The files of a build by their paths, and what each consists of.
class LinkGraph {
public:
  LinkGraph(const LinkInfo &Info, const std::vector<TuCommand> &Commands) : Files(Info.Files) {
    for (unsigned I = 0; I < Commands.size(); ++I)
      for (const std::string &Output : Commands[I].Outputs)
        TusOf[Output].push_back(I);
    for (unsigned I = 0; I < Files.size(); ++I)
      FilesOf[withoutVersion(Files[I].Path)].push_back(I);
  }

  /// What is linked of objects, and not only made of other files.
  bool isProgram(unsigned File) const {
    const LinkedFile &F = Files[File];
    auto IsObject = [&](const std::string &Input) { return TusOf.contains(Input); };
    return F.K != LinkedFile::Kind::Part && (!F.Tus.empty() || llvm::any_of(F.Inputs, IsObject));
  }

  /// The file and all that it is made of or loads. An executable among the inputs
  /// is a tool that the build runs.
  std::vector<unsigned> closure(unsigned File) const {
    std::vector<unsigned> Reached{File};
    std::vector<bool> Seen(Files.size());
    Seen[File] = true;
    for (std::size_t Next = 0; Next < Reached.size(); ++Next)
      for (const std::string &Input : Files[Reached[Next]].Inputs) {
        auto It = FilesOf.find(withoutVersion(Input));
        if (It == FilesOf.end() || TusOf.contains(Input))
          continue;
        for (unsigned Made : It->second)
          if (!Seen[Made] && !(Files[Made].K == LinkedFile::Kind::Executable && isProgram(Made))) {
            Seen[Made] = true;
            Reached.push_back(Made);
          }
      }
    return Reached;
  }

  std::vector<unsigned> tusOf(llvm::ArrayRef<unsigned> Closure) const {
    std::vector<unsigned> Tus;
    for (unsigned File : Closure) {
      llvm::append_range(Tus, Files[File].Tus);
      for (const std::string &Input : Files[File].Inputs)
        if (auto It = TusOf.find(Input); It != TusOf.end())
          llvm::append_range(Tus, It->second);
    }
    llvm::sort(Tus);
    Tus.erase(std::unique(Tus.begin(), Tus.end()), Tus.end());
    return Tus;
  }

private:
  const std::vector<LinkedFile> &Files;
  llvm::StringMap<std::vector<unsigned>> TusOf, FilesOf;
};

} // namespace

std::vector<TuSet> linkedSets(const LinkInfo &Info, const std::vector<TuCommand> &Commands,
                              const std::string &BuildDir) {
  LinkGraph Graph(Info, Commands);
  std::vector<std::pair<unsigned, TuSet>> Programs;
  std::vector<bool> Linked(Info.Files.size()); // by another program
  for (unsigned I = 0; I < Info.Files.size(); ++I) {
    if (!Graph.isProgram(I))
      continue;
    std::vector<unsigned> Closure = Graph.closure(I);
    for (unsigned File : llvm::drop_begin(Closure))
      Linked[File] = true;
    Programs.push_back({I, {relativeTo(BuildDir, Info.Files[I].Path),
                            Info.Files[I].K == LinkedFile::Kind::SharedLibrary, Graph.tusOf(Closure)}});
  }
  std::vector<TuSet> Sets;
  for (auto &[File, Set] : Programs)
    if (!Set.IsPlugin || !Linked[File])
      Sets.push_back(std::move(Set));
  llvm::sort(Sets, [](const TuSet &A, const TuSet &B) { return std::tie(A.Name, A.Tus) < std::tie(B.Name, B.Tus); });
  Sets.erase(std::unique(Sets.begin(), Sets.end()), Sets.end());
  return Sets;
}

bool namesTus(const LinkInfo &Info, const std::vector<TuCommand> &Commands) {
  LinkGraph Graph(Info, Commands);
  for (unsigned I = 0; I < Info.Files.size(); ++I)
    if (!Graph.tusOf(I).empty())
      return true;
  return false;
}

llvm::Expected<std::optional<LinkInfo>> readLinkInfo(const std::string &BuildDir,
                                                     const std::vector<TuCommand> &Commands) {
  auto Info = readCMakeFileApi(BuildDir, Commands);
  if (Info && !*Info)
    Info = readNinjaGraph(BuildDir);
  if (Info && !*Info)
    Info = readLinkScripts(BuildDir);
  return Info;
}

} // namespace nettune::cli
