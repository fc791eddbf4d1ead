//===- LinkScripts.cpp - what CMake's makefiles link ----------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// CMakeFiles/TargetDirectories.txt names the directory of each target; there,
// link.txt holds the commands that make its file, one a line, run in the build
// directory of the target's CMakeLists.txt: the parent of CMakeFiles.
//
//===----------------------------------------------------------------------===//

#include "LinkScript.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Allocator.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/StringSaver.h>

namespace nettune::cli {
namespace path = llvm::sys::path;

std::vector<std::string> shellWords(llvm::StringRef Line) {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Saver(Memory);
  llvm::SmallVector<const char *, 64> Words;
  llvm::cl::TokenizeGNUCommandLine(Line, Saver, Words);
  return {Words.begin(), Words.end()};
}

static bool isArchiver(llvm::StringRef Program) {
  llvm::StringRef Name = path::filename(Program);
  return Name.ends_with("ar") || Name.contains("-ar-");
}

std::optional<LinkedFile> parseLinkCommand(llvm::ArrayRef<std::string> Words, llvm::StringRef Directory) {
  if (Words.empty())
    return std::nullopt;
  LinkedFile F;
  bool Archives = isArchiver(Words.front());
  for (std::size_t I = Archives ? 2 : 1; I < Words.size(); ++I) {
    llvm::StringRef Word = Words[I];
    if (Word == "-o" && I + 1 < Words.size())
      F.Path = canonicalPath(Directory, Words[++I]);
    else if (Word.starts_with("-"))
      continue;
    else if (Archives && F.Path.empty()) // "ar qc libx.a x.o"
      F.Path = canonicalPath(Directory, Word);
    else
      F.Inputs.push_back(canonicalPath(Directory, Word));
  }
  if (F.Path.empty() || F.Inputs.empty())
    return std::nullopt; // ranlib and the like
  F.K = kindOfFile(F.Path);
  if (!Archives && F.K != LinkedFile::Kind::Part && llvm::is_contained(Words, "-shared"))
    F.K = LinkedFile::Kind::SharedLibrary;
  return F;
}

/// "@objects1.rsp": what stands in the file stands here.
static bool expandResponses(std::vector<std::string> &Words, llvm::StringRef Directory, std::string &Error) {
  std::vector<std::string> Expanded;
  for (const std::string &Word : Words) {
    if (!llvm::StringRef(Word).starts_with("@")) {
      Expanded.push_back(Word);
      continue;
    }
    std::string File = canonicalPath(Directory, llvm::StringRef(Word).drop_front());
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer) {
      Error = File + ": error: " + Buffer.getError().message();
      return false;
    }
    llvm::append_range(Expanded, shellWords((*Buffer)->getBuffer()));
  }
  Words = std::move(Expanded);
  return true;
}

static bool readScript(llvm::StringRef TargetDir, LinkInfo &Info, std::string &Error) {
  auto Script = llvm::MemoryBuffer::getFile(TargetDir + "/link.txt");
  if (!Script)
    return true; // a target that links nothing
  llvm::StringRef Directory = path::parent_path(path::parent_path(TargetDir)), Rest = (*Script)->getBuffer();
  std::size_t Before = Info.Files.size();
  bool Empty = Rest.trim().empty();
  while (!Rest.empty()) {
    auto [Line, Next] = Rest.split('\n');
    std::vector<std::string> Words = shellWords(Line);
    if (!expandResponses(Words, Directory, Error))
      return false;
    if (std::optional<LinkedFile> F = parseLinkCommand(Words, Directory))
      Info.Files.push_back(std::move(*F));
    Rest = Next;
  }
  if (Info.Files.size() > Before || Empty)
    return true;
  Error = (TargetDir + "/link.txt: error: no command there that links anything").str();
  return false;
}

llvm::Expected<std::optional<LinkInfo>> readLinkScripts(const std::string &BuildDir) {
  LinkInfo Info{BuildDir + "/CMakeFiles/TargetDirectories.txt", {}};
  auto List = llvm::MemoryBuffer::getFile(Info.Source);
  if (!List)
    return std::nullopt;
  std::string Error;
  llvm::StringRef Rest = (*List)->getBuffer();
  while (!Rest.empty()) {
    auto [Line, Next] = Rest.split('\n');
    if (!Line.trim().empty() && !readScript(Line.rtrim('\r'), Info, Error))
      return llvm::createStringError(Error);
    Rest = Next;
  }
  if (Info.Files.empty())
    return std::nullopt; // another generator's
  return Info;
}

} // namespace nettune::cli
