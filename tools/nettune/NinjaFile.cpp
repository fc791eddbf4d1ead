//===- NinjaFile.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NinjaFile.h"

#include "ShardFiles.h"
#include "TuTask.h"
#include "reports/Encoding.h"

#include "model/ModelFiles.h"
#include "summary/AtomicFile.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace nettune::cli {
namespace path = llvm::sys::path;

/// The variable `pipe` of the file is '|', which would end a path.
static std::string escapedForNinja(llvm::StringRef Path) {
  std::string Out;
  for (char C : Path) {
    if (C == '|') {
      Out += "${pipe}";
      continue;
    }
    if (C == '$' || C == ' ' || C == ':')
      Out += '$';
    Out += C;
  }
  return Out;
}

/// A word for the shell that ninja starts, inside of a ninja file.
static std::string quotedForShell(llvm::StringRef Word) {
  std::string Out = "'";
  for (char C : Word) {
    if (C == '\'')
      Out += "'\\''";
    else if (C == '$')
      Out += "$$";
    else
      Out += C;
  }
  return Out + "'";
}

/// Leaves the file, and its time, alone if it says so already.
static bool writeIfChanged(const std::string &Path, llvm::StringRef Text, std::string &Error) {
  if (auto Old = llvm::MemoryBuffer::getFile(Path); Old && (*Old)->getBuffer() == Text)
    return true;
  if (llvm::Error E = summary::writeAtomically(Path, Text)) {
    Error = llvm::toString(std::move(E));
    return false;
  }
  return true;
}

std::string shardPath(const TuCommand &C, const std::string &Root, const std::string &CacheDir) {
  return CacheDir + "/shards/" + shardName(relativeTo(Root, C.File), C.Ordinal);
}

/// What configures the analysis of sources in \p Directory.
static std::vector<std::string> configurationOf(llvm::StringRef Directory) {
  std::vector<std::string> Files;
  for (llvm::StringRef Up = Directory; !Up.empty(); Up = path::parent_path(Up)) {
    std::string File = (Up + "/.clang-tidy").str();
    if (llvm::sys::fs::exists(File))
      Files.push_back(File);
  }
  model::ModelError Ignored; // the run on the TU reports it
  if (auto Models = model::findBesideSources(Directory.str(), Ignored))
    Files.insert(Files.end(), Models->begin(), Models->end());
  return Files;
}

/// Can it stand in a ninja file? There is no way to write an end of line, and for one
/// file that ninja may not look at it gives up on all.
static bool canBeInput(const std::string &Path) {
  llvm::sys::fs::file_status Status;
  std::error_code Code = llvm::sys::fs::status(Path, Status);
  return Path.find_first_of("\n\r") == std::string::npos && (!Code || Code == std::errc::no_such_file_or_directory);
}

/// Names are relative to the cache directory, where ninja works, but for what is read.
static std::string edge(const TuCommand &C, const NinjaPlan &Plan, const std::string &Name,
                        const std::vector<std::string> &Configuration) {
  std::string Task = "commands/" + Name + ".task";
  std::string Text = "build " + escapedForNinja("shards/" + Name) + ": summarize " + escapedForNinja(Task) + " | " +
                     escapedForNinja(Plan.Executable);
  if (canBeInput(C.File)) // else it is watched
    Text += " " + escapedForNinja(C.File);
  for (const std::string &File : Configuration)
    Text += " " + (canBeInput(File) ? escapedForNinja(File) : "always");
  return Text + "\n  task = " + quotedForShell(Task) + "\n  file = " + escapedForNinja(printable(C.File)) +
         "\n  depfile = " + escapedForNinja(dependencyFile("shards/" + Name)) + "\n";
}

bool writeNinjaFile(const std::vector<TuCommand> &Commands, const NinjaPlan &Plan, std::string &Error) {
  std::string TaskDir = Plan.CacheDir + "/commands";
  for (const std::string &Directory : {TaskDir, Plan.CacheDir + "/shards"})
    if (std::error_code EC = llvm::sys::fs::create_directories(Directory)) {
      Error = Directory + ": error: " + EC.message();
      return false;
    }
  std::string Text = "ninja_required_version = 1.5\npipe = |\n"
                     "rule summarize\n  command = " +
                     quotedForShell(Plan.Executable) +
                     " summarize --task $task\n  description = $file\n  deps = gcc\n  restat = 1\n"
                     "build always: phony\n";
  llvm::StringMap<std::vector<std::string>> Configuration;
  planPchs(Commands, Plan.Pchs, Plan.CacheDir + "/pch");
  for (std::size_t I = 0; I < Commands.size(); ++I) {
    const TuCommand &C = Commands[I];
    llvm::StringRef Directory = path::parent_path(C.File);
    auto [It, New] = Configuration.try_emplace(Directory);
    if (New)
      It->second = configurationOf(Directory);
    std::string Shard = shardPath(C, Plan.Root, Plan.CacheDir), Name = path::filename(Shard).str();
    const TuTask Task{C, Plan.Root, Plan.BuildDir, Shard, Plan.Pchs == PchMode::Shared, Plan.Base, Plan.Options};
    if (!writeIfChanged(TaskDir + "/" + Name + ".task", bytesOf(Task), Error))
      return false;
    Text += edge(C, Plan, Name, It->second);
    // Ninja gives up on all for one missing source; the run on it shall tell.
    if (C.Ordinal == 0 && canBeInput(C.File) && !llvm::sys::fs::exists(C.File))
      Text += "build " + escapedForNinja(C.File) + ": phony\n";
  }
  return writeIfChanged(Plan.CacheDir + "/build.ninja", Text, Error);
}

} // namespace nettune::cli
