//===- LinkedFiles.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkedFiles.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace nettune::cli {

void LinkedFiles::add(llvm::StringRef File) {
  ByName[File] = File.str();
  if (std::string Real = withRealDirectory(File); Real != File)
    ByRealName.try_emplace(Real, File.str());
}

llvm::StringRef LinkedFiles::find(llvm::StringRef Path) const {
  auto Known = [&](llvm::StringRef Name) -> llvm::StringRef {
    if (auto Found = ByName.find(Name); Found != ByName.end())
      return Found->second;
    auto Found = ByRealName.find(Name);
    return Found == ByRealName.end() ? llvm::StringRef() : llvm::StringRef(Found->second);
  };
  if (llvm::StringRef Found = Known(Path); !Found.empty() || ByName.empty())
    return Found;
  std::string Real = withRealDirectory(Path);
  if (llvm::StringRef Found = Known(Real); !Found.empty())
    return Found;
  llvm::SmallString<256> Target;
  if (llvm::sys::fs::is_symlink_file(Path) && !llvm::sys::fs::real_path(Path, Target))
    return Known(Target);
  return {};
}

std::string LinkedFiles::withRealDirectory(llvm::StringRef Path) const {
  llvm::StringRef Directory = llvm::sys::path::parent_path(Path);
  auto [Found, New] = RealDirectories.try_emplace(Directory);
  if (New) {
    llvm::SmallString<256> Real;
    Found->second = llvm::sys::fs::real_path(Directory, Real) ? Directory.str() : Real.str().str();
  }
  return Found->second + "/" + llvm::sys::path::filename(Path).str();
}

} // namespace nettune::cli
