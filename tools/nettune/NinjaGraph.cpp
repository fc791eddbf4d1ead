//===- NinjaGraph.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ninja itself reads its files: they include each other and have variables and
// scopes. Of its tools, `targets` and `graph` only read; `query` opens the logs of
// the build and would repair them, perhaps under a build that is running.
//
//===----------------------------------------------------------------------===//

#include "NinjaGraph.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FileUtilities.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>

namespace nettune::cli {

std::vector<std::string> ninjaPrograms(llvm::StringRef Targets) {
  std::vector<std::string> Programs;
  while (!Targets.empty()) {
    auto [Line, Next] = Targets.split('\n');
    auto [Output, Rule] = Line.rsplit(": ");
    if (!Rule.empty() && Rule != "phony" && kindOfFile(Output) != LinkedFile::Kind::Part)
      Programs.push_back(Output.str());
    Targets = Next;
  }
  return Programs;
}

namespace {

/// Takes the digraph apart, line by line.
class DotReader {
public:
  bool read(llvm::StringRef Line) {
    if (Line == "}")
      return Ended = true;
    if (Line.starts_with("digraph") || Line.starts_with("rankdir") || Line.starts_with("node ") ||
        Line.starts_with("edge "))
      return true;
    llvm::StringRef From, To;
    if (!identifier(Line, From))
      return false;
    if (Line.consume_front(" [label=\""))
      return label(From, Line);
    if (!Line.consume_front(" -> ") || !identifier(Line, To))
      return false;
    bool OnlyOrder = Line.contains("style=dotted");
    if (Line.consume_front(" [label=\" ")) // a step of one input and one output
      Steps.push_back({From, To, Line.take_until([](char C) { return C == '"'; })});
    else if (Line.contains("arrowhead=none"))
      OnlyOrder ? void() : Inputs[To].push_back(From);
    else
      Outputs.push_back({From, To});
    return Line.empty() || Line.ends_with("]");
  }
  bool ended() const { return Ended; }

  void files(llvm::StringRef Directory, std::vector<LinkedFile> &Files) const {
    llvm::StringMap<std::string> Paths;
    for (const auto &Name : Names)
      Paths[Name.getKey()] = canonicalPath(Directory, Name.getValue());
    auto Add = [&](llvm::StringRef Rule, llvm::StringRef Output, llvm::ArrayRef<llvm::StringRef> From) {
      if (Rule == "phony")
        return;
      LinkedFile F{Paths.lookup(Output), {}, {}, {}};
      F.K = Rule == "CUSTOM_COMMAND" ? LinkedFile::Kind::Part : kindOfFile(F.Path);
      for (llvm::StringRef Input : From)
        F.Inputs.push_back(Paths.lookup(Input));
      Files.push_back(std::move(F));
    };
    for (const Step &S : Steps)
      Add(S.Rule, S.Output, S.Input);
    for (const auto &[Edge, Output] : Outputs)
      Add(Names.lookup(Edge), Output, Inputs.lookup(Edge));
  }

private:
  static bool identifier(llvm::StringRef &Line, llvm::StringRef &Id) {
    if (!Line.consume_front("\""))
      return false;
    std::size_t End = Line.find('"');
    if (End == llvm::StringRef::npos)
      return false;
    Id = Line.take_front(End);
    Line = Line.drop_front(End + 1);
    return true;
  }
  /// \p Rest is `name"]` of a file, `rule", shape=ellipse]` of a step.
  bool label(llvm::StringRef Id, llvm::StringRef Rest) {
    if (!Rest.consume_back("\", shape=ellipse]") && !Rest.consume_back("\"]"))
      return false;
    Names[Id] = Rest;
    return true;
  }

  struct Step {
    llvm::StringRef Input, Output, Rule;
  };
  llvm::StringMap<llvm::StringRef> Names;
  llvm::StringMap<std::vector<llvm::StringRef>> Inputs; ///< by step
  std::vector<std::pair<llvm::StringRef, llvm::StringRef>> Outputs;
  std::vector<Step> Steps;
  bool Ended = false;
};

} // namespace

bool parseNinjaGraph(llvm::StringRef Dot, llvm::StringRef Directory, std::vector<LinkedFile> &Files,
                     std::string &Error) {
  DotReader Reader;
  unsigned Number = 0;
  while (!Dot.empty()) {
    auto [Line, Next] = Dot.split('\n');
    ++Number;
    if (!Line.empty() && !Reader.read(Line.rtrim('\r'))) {
      Error = "line " + std::to_string(Number) + " of ninja's graph is not understood: " + Line.str();
      return false;
    }
    Dot = Next;
  }
  if (!Reader.ended()) {
    Error = "ninja's graph is cut short";
    return false;
  }
  Reader.files(Directory, Files);
  return true;
}

/// What `ninja -C BUILD -f FILE -t TOOL...` prints.
static llvm::Expected<std::string> runNinjaTool(const std::string &BuildDir, const std::string &File,
                                                llvm::ArrayRef<std::string> Tool) {
  std::string Place = BuildDir + "/" + File + ": error: ";
  auto Ninja = llvm::sys::findProgramByName("ninja");
  if (!Ninja)
    return llvm::createStringError(Place + "ninja, which knows what it links, is not installed");
  std::vector<llvm::StringRef> Words{*Ninja, "-C", BuildDir, "-f", File, "-t"};
  Words.insert(Words.end(), Tool.begin(), Tool.end());
  llvm::SmallString<128> Out, Errors;
  for (auto *File : {&Out, &Errors})
    if (std::error_code EC = llvm::sys::fs::createTemporaryFile("nettune", "txt", *File))
      return llvm::createStringError("error: no temporary file: " + EC.message());
  llvm::FileRemover RemoveOut(Out), RemoveErrors(Errors);
  std::optional<llvm::StringRef> Redirects[] = {llvm::StringRef(), Out.str(), Errors.str()};
  std::string Said;
  int Code = llvm::sys::ExecuteAndWait(*Ninja, Words, std::nullopt, Redirects, 0, 0, &Said);
  auto Printed = llvm::MemoryBuffer::getFile(Out), Complained = llvm::MemoryBuffer::getFile(Errors);
  if (Code != 0 || !Printed) {
    if (Complained)
      Said += (*Complained)->getBuffer().trim().split('\n').first.str();
    return llvm::createStringError(Place + "'ninja -t " + Tool.front() + "' ended with " + std::to_string(Code) + ": " +
                                   Said);
  }
  return (*Printed)->getBuffer().str();
}

/// False with an \p Error, or what \p File links is added.
static bool readNinjaFile(const std::string &BuildDir, const std::string &File, std::vector<LinkedFile> &Files,
                          std::string &Error) {
  auto Failed = [&](llvm::Error E) {
    Error = llvm::toString(std::move(E));
    return false;
  };
  auto Targets = runNinjaTool(BuildDir, File, {"targets", "all"});
  if (!Targets)
    return Failed(Targets.takeError());
  std::vector<std::string> Programs = ninjaPrograms(*Targets);
  constexpr std::size_t MostWords = 500; // a command line is not as long as one likes
  for (std::size_t Begin = 0; Begin < Programs.size(); Begin += MostWords) {
    std::vector<std::string> Words{"graph"};
    for (std::size_t I = Begin; I < std::min(Programs.size(), Begin + MostWords); ++I)
      Words.push_back(Programs[I]);
    auto Dot = runNinjaTool(BuildDir, File, Words);
    if (!Dot)
      return Failed(Dot.takeError());
    if (!parseNinjaGraph(*Dot, BuildDir, Files, Error)) {
      Error = BuildDir + "/" + File + ": error: " + Error;
      return false;
    }
  }
  return true;
}

/// One for each configuration, if CMake made several at once: build.ninja is that of one.
static std::vector<std::string> ninjaFiles(const std::string &BuildDir) {
  std::vector<std::string> Files;
  std::error_code EC;
  if (cmakeCacheEntry(BuildDir, "CMAKE_GENERATOR") == "Ninja Multi-Config")
    for (llvm::sys::fs::directory_iterator It(BuildDir, EC), End; It != End && !EC; It.increment(EC)) {
      llvm::StringRef Name = llvm::sys::path::filename(It->path());
      if (Name.starts_with("build-") && Name.ends_with(".ninja"))
        Files.push_back(Name.str());
    }
  if (Files.empty())
    Files.push_back("build.ninja");
  llvm::sort(Files);
  return Files;
}

llvm::Expected<std::optional<LinkInfo>> readNinjaGraph(const std::string &BuildDir) {
  LinkInfo Info{BuildDir + "/build.ninja", {}};
  if (!llvm::sys::fs::exists(Info.Source))
    return std::nullopt;
  std::string Error;
  for (const std::string &File : ninjaFiles(BuildDir))
    if (!readNinjaFile(BuildDir, File, Info.Files, Error))
      return llvm::createStringError(Error);
  return Info;
}

} // namespace nettune::cli
