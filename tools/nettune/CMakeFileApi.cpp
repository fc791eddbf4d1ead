//===- CMakeFileApi.cpp - what CMake tells of its targets -----------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// cmake-file-api(7): BUILD/.cmake/api/v1/reply holds the codemodel if somebody, an
// editor for instance, has asked for it. The last index file by name is the one
// that holds; sources are relative to the source directory, artifacts and what is
// linked to the build directory.
//
//===----------------------------------------------------------------------===//

#include "LinkScript.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <algorithm>
#include <map>

namespace nettune::cli {
namespace path = llvm::sys::path;
namespace json = llvm::json;

namespace {

/// The whole of a reply; a missing key is an error, a key of another meaning too.
class Reply {
public:
  Reply(const std::string &BuildDir, const std::vector<TuCommand> &Commands)
      : BuildDir(BuildDir), Directory(BuildDir + "/.cmake/api/v1/reply") {
    for (unsigned I = 0; I < Commands.size(); ++I)
      CommandsOf[canonicalPath({}, Commands[I].File)].push_back({I, &Commands[I]});
  }

  const std::string &directory() const { return Directory; }
  const std::string &error() const { return Error; }

  /// The name of the newest index; empty: nothing was asked.
  std::string newestIndex() const {
    std::string Newest;
    std::error_code EC;
    for (llvm::sys::fs::directory_iterator It(Directory, EC), End; It != End && !EC; It.increment(EC)) {
      llvm::StringRef Name = path::filename(It->path());
      if (Name.starts_with("index-") && Name.ends_with(".json"))
        Newest = std::max(Newest, Name.str());
    }
    return Newest;
  }

  bool read(llvm::StringRef Index, LinkInfo &Info) {
    std::string ModelFile;
    if (!codemodel(Index, ModelFile))
      return false;
    if (ModelFile.empty())
      return true;
    auto Model = parse(ModelFile);
    if (!Model)
      return false;
    const json::Object *Root = Model->getAsObject(), *Paths = Root ? Root->getObject("paths") : nullptr;
    auto SourceDir = Paths ? Paths->getString("source") : std::nullopt;
    const json::Array *Configurations = Root ? Root->getArray("configurations") : nullptr;
    if (!SourceDir || !Configurations)
      return misses(ModelFile, "'paths' and 'configurations'");
    for (const json::Value &C : *Configurations) {
      const json::Array *Targets = C.getAsObject() ? C.getAsObject()->getArray("targets") : nullptr;
      if (!Targets)
        return misses(ModelFile, "'targets' of a configuration");
      for (const json::Value &T : *Targets) {
        auto File = T.getAsObject() ? T.getAsObject()->getString("jsonFile") : std::nullopt;
        if (!File)
          return misses(ModelFile, "'jsonFile' of a target");
        if (!target(File->str(), *SourceDir, Info))
          return false;
      }
    }
    return true;
  }

private:
  bool misses(llvm::StringRef File, llvm::StringRef What) {
    Error = (Directory + "/" + File + ": error: no " + What + " there").str();
    return false;
  }

  std::optional<json::Value> parse(llvm::StringRef File) {
    std::string Path = (Directory + "/" + File).str();
    auto Buffer = llvm::MemoryBuffer::getFile(Path);
    if (!Buffer) {
      Error = Path + ": error: " + Buffer.getError().message();
      return std::nullopt;
    }
    auto Parsed = json::parse((*Buffer)->getBuffer());
    if (Parsed)
      return std::move(*Parsed);
    Error = Path + ": error: " + llvm::toString(Parsed.takeError());
    return std::nullopt;
  }

  /// The file of the codemodel of version 2; empty if nobody asked for it.
  bool codemodel(llvm::StringRef Index, std::string &File) {
    auto Parsed = parse(Index);
    if (!Parsed)
      return false;
    const json::Object *Root = Parsed->getAsObject();
    const json::Array *Objects = Root ? Root->getArray("objects") : nullptr;
    if (!Objects)
      return misses(Index, "'objects'");
    for (const json::Value &V : *Objects) {
      const json::Object *O = V.getAsObject();
      const json::Object *Version = O ? O->getObject("version") : nullptr;
      if (!Version || O->getString("kind") != "codemodel" || Version->getInteger("major") != 2)
        continue;
      auto Name = O->getString("jsonFile");
      if (!Name)
        return misses(Index, "'jsonFile' of the codemodel");
      File = Name->str();
    }
    return true;
  }

  static std::optional<LinkedFile::Kind> kindOf(llvm::StringRef Type) {
    if (Type == "EXECUTABLE")
      return LinkedFile::Kind::Executable;
    if (Type == "SHARED_LIBRARY" || Type == "MODULE_LIBRARY")
      return LinkedFile::Kind::SharedLibrary;
    if (Type == "STATIC_LIBRARY")
      return LinkedFile::Kind::Part;
    return std::nullopt; // objects stand among the sources of who takes them
  }

  bool target(const std::string &File, llvm::StringRef SourceDir, LinkInfo &Info) {
    auto Parsed = parse(File);
    if (!Parsed)
      return false;
    const json::Object *T = Parsed->getAsObject();
    auto Type = T ? T->getString("type") : std::nullopt, Name = T ? T->getString("name") : std::nullopt;
    if (!Type || !Name)
      return misses(File, "'type' and 'name'");
    auto Kind = kindOf(*Type);
    if (!Kind)
      return true;
    const json::Array *Artifacts = T->getArray("artifacts"), *Sources = T->getArray("sources");
    const json::Object *Paths = T->getObject("paths");
    auto Build = Paths ? Paths->getString("build") : std::nullopt;
    if (!Artifacts || !Sources || !Build)
      return misses(File, "'artifacts', 'sources' and 'paths'");
    LinkedFile F{{}, *Kind, {}, {}};
    std::string Objects = canonicalPath(BuildDir, (*Build + "/CMakeFiles/" + *Name + ".dir/x").str());
    Objects.pop_back();
    for (const json::Value &S : *Sources)
      if (!source(S, SourceDir, Objects, F))
        return misses(File, "'path' of a source");
    if (const json::Object *Link = T->getObject("link"))
      linked(*Link, F);
    for (const json::Value &A : *Artifacts) {
      auto Path = A.getAsObject() ? A.getAsObject()->getString("path") : std::nullopt;
      if (!Path)
        return misses(File, "'path' of an artifact");
      F.Path = canonicalPath(BuildDir, *Path);
      Info.Files.push_back(F);
      F = {{}, LinkedFile::Kind::Part, {Info.Files.back().Path}, {}}; // an import library
    }
    return true;
  }

  bool source(const json::Value &V, llvm::StringRef SourceDir, llvm::StringRef Objects, LinkedFile &F) {
    const json::Object *S = V.getAsObject();
    auto Path = S ? S->getString("path") : std::nullopt;
    if (!Path)
      return false;
    std::string File = canonicalPath(SourceDir, *Path);
    if (!S->get("compileGroupIndex")) {
      F.Inputs.push_back(File); // an object; a header is nobody's output
      return true;
    }
    // A file of several targets has a TU in each.
    auto IsMine = [&](const auto &C) {
      return llvm::any_of(C.second->Outputs, [&](llvm::StringRef O) { return O.starts_with(Objects); });
    };
    auto Known = CommandsOf.find(File);
    if (Known == CommandsOf.end())
      return true;
    bool Any = llvm::any_of(Known->second, IsMine);
    for (const auto &C : Known->second)
      if (!Any || IsMine(C))
        F.Tus.push_back(C.first);
    return true;
  }

  void linked(const json::Object &Link, LinkedFile &F) {
    const json::Array *Fragments = Link.getArray("commandFragments");
    for (const json::Value &V : Fragments ? *Fragments : json::Array()) {
      const json::Object *Fragment = V.getAsObject();
      auto Text = Fragment ? Fragment->getString("fragment") : std::nullopt;
      if (!Text || Fragment->getString("role") != "libraries")
        continue;
      for (const std::string &Word : shellWords(*Text))
        if (!llvm::StringRef(Word).starts_with("-"))
          F.Inputs.push_back(canonicalPath(BuildDir, Word));
    }
  }

  const std::string &BuildDir;
  std::string Directory, Error;
  std::map<std::string, std::vector<std::pair<unsigned, const TuCommand *>>> CommandsOf;
};

bool isOlder(const std::string &File, const std::string &Than) {
  llvm::sys::fs::file_status A, B;
  return !llvm::sys::fs::status(File, A) && !llvm::sys::fs::status(Than, B) &&
         A.getLastModificationTime() < B.getLastModificationTime();
}

} // namespace

llvm::Expected<std::optional<LinkInfo>> readCMakeFileApi(const std::string &BuildDir,
                                                         const std::vector<TuCommand> &Commands) {
  Reply R(BuildDir, Commands);
  std::string Index = R.newestIndex();
  // CMake writes it after all else: an older one is left from a time when somebody asked.
  if (Index.empty() || isOlder(R.directory() + "/" + Index, BuildDir + "/compile_commands.json"))
    return std::nullopt;
  LinkInfo Info{R.directory() + "/" + Index, {}};
  if (!R.read(Index, Info))
    return llvm::createStringError(R.error());
  if (Info.Files.empty())
    return std::nullopt;
  return Info;
}

} // namespace nettune::cli
