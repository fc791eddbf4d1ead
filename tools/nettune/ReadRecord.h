//===- ReadRecord.h - what a run has read, and what was not there *- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_READRECORD_H
#define NETTUNE_TOOLS_READRECORD_H

#include <llvm/Support/VirtualFileSystem.h>

#include <map>
#include <set>
#include <string>

namespace nettune::cli {

using FileSystem = llvm::vfs::FileSystem;

/// XXH3 of 128 bits, as bytes.
std::string contentHash(llvm::StringRef Bytes);

/// \p Bytes behind their own hash, and without it; false: they are others.
std::string withChecksum(llvm::StringRef Bytes);
bool consumeChecksum(llvm::StringRef &Bytes);

/// What an outcome depends on. Names are absolute, without `.`; a `..` stays, for it
/// may come behind a symbolic link.
struct Reads {
  std::map<std::string, std::string> Files;  ///< with the hash of what was read
  std::map<std::string, std::string> Listed; ///< directories, with the hash of the names
  std::set<std::string> Absent;              ///< asked for in vain: their coming may change all
  /// A file had two contents: it was written while the run went on.
  bool Unsteady = false;

  void addFile(const std::string &Name, llvm::StringRef Content);
};

/// Names without `..`, for those who take it for the directory above.
class PlainNames {
public:
  /// The shortest name that means the same file, links kept where they can be.
  std::string of(llvm::StringRef Name);

private:
  std::map<std::string, std::string, std::less<>> Directories;
};

/// The hash of what is in a directory; empty: it cannot be listed.
std::string listingHash(FileSystem &FS, const std::string &Directory);

/// \p Below with each read noted in \p Into, which outlives the result.
llvm::IntrusiveRefCntPtr<FileSystem> recording(llvm::IntrusiveRefCntPtr<FileSystem> Below, Reads &Into);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_READRECORD_H
