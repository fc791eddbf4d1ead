//===- AskedFiles.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AskedFiles.h"

#include "LinkedFiles.h"
#include "NinjaRun.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>

namespace nettune::cli {
namespace fs = llvm::sys::fs;

llvm::Error checkAsked(const std::vector<std::string> &Files) {
  for (const std::string &F : Files) {
    if (!fs::exists(F))
      return llvm::createStringError(F + ": error: there is no such file");
    if (fs::is_directory(F))
      return llvm::createStringError(F + ": error: is a directory; name files");
  }
  return llvm::Error::success();
}

/// What the build compiles, else what that reads.
static llvm::Error addUnknown(Analysis &A, const std::vector<std::string> &Files) {
  LinkedFiles Known;
  for (const TuCommand &C : A.Build.Commands)
    Known.add(C.File);
  auto IsUnknown = [&](const std::string &F) { return Known.find(absolutePath(F)).empty(); };
  if (llvm::none_of(Files, IsUnknown))
    return llvm::Error::success();
  auto Inputs = recordedInputs(A.Cache);
  if (!Inputs)
    return Inputs.takeError();
  for (const auto &Shard : *Inputs)
    for (const std::string &File : Shard.second)
      Known.add(absolutePath(File));
  for (const std::string &F : Files)
    if (IsUnknown(F))
      A.Lost.push_back({absolutePath(F), "no command compiles it, and nothing that is compiled includes it"});
  return llvm::Error::success();
}

llvm::Error keepAsked(Analysis &A, const std::vector<std::string> &Files) {
  if (Files.empty())
    return llvm::Error::success();
  LinkedFiles Wanted;
  for (const std::string &F : Files) {
    Wanted.add(absolutePath(F));
    if (llvm::SmallString<256> Real; !fs::real_path(F, Real))
      Wanted.add(Real);
  }
  SourceLines Sources(A.Root);
  llvm::StringMap<bool> Seen;
  auto IsWanted = [&](const NamedPlace &P) {
    auto [Known, New] = Seen.try_emplace(P.File, false);
    if (New)
      Known->second = !Wanted.find(Sources.path(P)).empty();
    return Known->second;
  };
  auto IsThere = [&](const Line &N) { return IsWanted(N.Where); };
  // Steps of a path count: a change in any file on it makes the finding the reader's.
  llvm::erase_if(A.Findings, [&](const ReportedFinding &F) {
    return !IsWanted(F.Where) && llvm::none_of(F.Notes, IsThere) && llvm::none_of(F.Path, IsThere);
  });
  return addUnknown(A, Files);
}

} // namespace nettune::cli
