//===- CompileCommands.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompileCommands.h"

#include <clang/Tooling/JSONCompilationDatabase.h>

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <algorithm>
#include <map>

namespace nettune::cli {
namespace path = llvm::sys::path;

static std::string absoluteIn(llvm::StringRef Directory, llvm::StringRef Path) {
  llvm::SmallString<256> Full(Path);
  if (!path::is_absolute(Full)) {
    Full = Directory;
    path::append(Full, Path);
  }
  llvm::sys::fs::make_absolute(Full);
  path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

std::string absolutePath(const std::string &Path) {
  return Path.empty() ? Path : absoluteIn({}, Path);
}

std::string canonicalPath(llvm::StringRef Directory, llvm::StringRef Path) {
  std::string Full = absoluteIn(Directory, Path);
  llvm::SmallString<256> Real;
  for (llvm::StringRef Up = path::parent_path(Full); !Up.empty(); Up = path::parent_path(Up))
    if (!llvm::sys::fs::real_path(Up, Real))
      return (Real == "/" ? "" : Real.str().str()) + Full.substr(Up == "/" ? 0 : Up.size());
  return Full;
}

std::string relativeTo(const std::string &Directory, const std::string &Path) {
  llvm::StringRef Relative = Path;
  return Relative.consume_front(Directory) && Relative.consume_front("/") ? Relative.str() : Path;
}

bool isCxxSource(llvm::StringRef File) {
  static const llvm::StringSet<> Extensions{".cc", ".cpp", ".cxx", ".c++", ".C", ".cp", ".CPP", ".cppm"};
  return Extensions.contains(path::extension(File));
}

/// The command without what says only where the result goes.
static std::vector<std::string> essence(const std::vector<std::string> &Line) {
  static const llvm::StringSet<> WithValue{"-o", "-MF", "-MT", "-MQ"};
  static const llvm::StringSet<> Alone{"-fPIC", "-fpic", "-fPIE", "-fpie", "-MD", "-MMD", "-MP"};
  std::vector<std::string> Kept;
  for (std::size_t I = 0; I < Line.size(); ++I) {
    if (WithValue.contains(Line[I]))
      ++I;
    else if (!Alone.contains(Line[I]))
      Kept.push_back(Line[I]);
  }
  return Kept;
}

static std::string outputOf(const clang::tooling::CompileCommand &C) {
  if (!C.Output.empty())
    return absoluteIn(C.Directory, C.Output);
  for (std::size_t I = 0; I + 1 < C.CommandLine.size(); ++I)
    if (C.CommandLine[I] == "-o")
      return absoluteIn(C.Directory, C.CommandLine[I + 1]);
  return {};
}

std::optional<std::vector<TuCommand>> loadCommands(const std::string &BuildDir, std::string &Error) {
  llvm::SmallString<256> Path(BuildDir);
  path::append(Path, "compile_commands.json");
  std::unique_ptr<clang::tooling::CompilationDatabase> Database = clang::tooling::JSONCompilationDatabase::loadFromFile(
      Path, Error, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Database) {
    Error = Path.str().str() + ": error: " + llvm::StringRef(Error).trim().str() +
            "; let the build write it, with CMake by -DCMAKE_EXPORT_COMPILE_COMMANDS=ON";
    return std::nullopt;
  }
  Database = clang::tooling::expandResponseFiles(std::move(Database), llvm::vfs::getRealFileSystem());
  std::map<std::string, std::map<std::vector<std::string>, std::size_t>> Seen; // numbers of Commands
  std::vector<TuCommand> Commands;
  for (clang::tooling::CompileCommand C : Database->getAllCompileCommands()) {
    C.Directory = absoluteIn(BuildDir, C.Directory);
    std::string File = absoluteIn(C.Directory, C.Filename);
    if (!isCxxSource(File))
      continue;
    auto [It, New] = Seen[File].try_emplace(essence(C.CommandLine), Commands.size());
    std::string Output = outputOf(C);
    if (New)
      Commands.push_back({File, C.Directory, C.CommandLine, Output,
                          static_cast<unsigned>(Seen[File].size() - 1)});
    if (!Output.empty())
      Commands[It->second].Outputs.push_back(canonicalPath({}, Output));
  }
  if (Commands.empty()) {
    Error = Path.str().str() + ": error: no C++ file is compiled there";
    return std::nullopt;
  }
  llvm::sort(Commands, [](const TuCommand &A, const TuCommand &B) {
    return std::tie(A.File, A.Ordinal) < std::tie(B.File, B.Ordinal);
  });
  return Commands;
}

llvm::Expected<std::string> findBuildDir(const std::vector<std::string> &Files) {
  std::string From = absolutePath(Files.empty() ? "." : Files.front());
  if (!Files.empty())
    From = path::parent_path(From).str();
  for (llvm::StringRef Up = From; !Up.empty(); Up = path::parent_path(Up))
    for (llvm::StringRef Below : {"", "/build"})
      if (llvm::sys::fs::exists(Up + Below + "/compile_commands.json"))
        return (Up + Below).str();
  return llvm::createStringError(From +
                                 ": error: neither here nor above is there a compile_commands.json; say -p BUILD, and let "
                                 "the build write it, with CMake by -DCMAKE_EXPORT_COMPILE_COMMANDS=ON");
}

static bool isBelow(const std::string &File, const std::string &Directory) {
  return relativeTo(Directory, File) != File;
}

static std::string commonDirectory(const std::vector<TuCommand> &Commands, const std::string &BuildDir) {
  auto Deepest = [&](bool WithBuilt) {
    std::string Root;
    for (const TuCommand &C : Commands) {
      if (!WithBuilt && isBelow(C.File, BuildDir))
        continue;
      if (Root.empty())
        Root = path::parent_path(C.File).str();
      while (Root.size() > 1 && !isBelow(C.File, Root))
        Root = path::parent_path(Root).str();
    }
    return Root;
  };
  std::string Root = Deepest(/*WithBuilt=*/false);
  return Root.empty() ? Deepest(/*WithBuilt=*/true) : Root;
}

std::string cmakeCacheEntry(const std::string &BuildDir, llvm::StringRef Name) {
  auto Cache = llvm::MemoryBuffer::getFile(BuildDir + "/CMakeCache.txt");
  if (!Cache)
    return {};
  llvm::StringRef Rest = (*Cache)->getBuffer();
  while (!Rest.empty()) {
    auto [Line, Next] = Rest.split('\n');
    if (Line.consume_front(Name) && Line.consume_front(":INTERNAL="))
      return Line.rtrim('\r').str();
    Rest = Next;
  }
  return {};
}

std::string sourceRoot(const std::vector<TuCommand> &Commands, const std::string &BuildDir) {
  if (std::string Source = cmakeCacheEntry(BuildDir, "CMAKE_HOME_DIRECTORY"); !Source.empty())
    return absolutePath(Source);
  std::string Common = commonDirectory(Commands, BuildDir);
  for (llvm::StringRef Up = Common; Up.size() > 1; Up = path::parent_path(Up))
    if (llvm::sys::fs::exists(Up + "/.git"))
      return Up.str();
  return Common;
}

std::string rootAsNamed(const std::string &Root, const std::vector<TuCommand> &Commands) {
  if (llvm::any_of(Commands, [&](const TuCommand &C) { return isBelow(C.File, Root); }))
    return Root;
  for (const TuCommand &C : Commands)
    for (llvm::StringRef Up = path::parent_path(C.File); Up.size() > 1; Up = path::parent_path(Up))
      if (llvm::sys::fs::equivalent(Up, Root))
        return Up.str();
  return Root;
}

} // namespace nettune::cli
