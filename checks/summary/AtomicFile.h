//===- AtomicFile.h - a file is there whole or not at all -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ATOMICFILE_H
#define NETTUNE_SUMMARY_ATOMICFILE_H

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Error.h>

#include <string>
#include <system_error>
#include <utility>

namespace nettune::summary {

/// An empty file beside \p Path with a name of its own, removed if it is not kept, also by
/// a signal. Unlike LLVM's it takes paths that have a percent sign.
class TemporaryFile {
public:
  static llvm::Expected<TemporaryFile> beside(llvm::StringRef Path);
  TemporaryFile(TemporaryFile &&Other) noexcept : Name(std::move(Other.Name)), FD(std::exchange(Other.FD, -1)) {}
  ~TemporaryFile();

  int descriptor() const { return FD; }
  /// Renames it to \p Path.
  std::error_code keep(llvm::StringRef Path);

private:
  TemporaryFile(std::string Name, int FD) : Name(std::move(Name)), FD(FD) {}

  std::string Name;
  int FD; ///< -1: kept, or moved away
};

/// Writes a temporary file beside \p Path, whose folder is made if need be, and
/// renames it: readers see the old content or the new. On an error, which is one
/// sentence that names the file, the old content stays.
llvm::Error writeAtomically(llvm::StringRef Path, llvm::StringRef Bytes);

/// That, of a file that the user named: where it is a link, the file that the link leads to;
/// pipes and devices, as /dev/stdout, are written to and stay what they are.
llvm::Error writeOutput(llvm::StringRef Path, llvm::StringRef Bytes);

/// The error that writeOutput() would give, as far as it can be known before there is
/// anything to write. Nothing is left behind.
llvm::Error checkOutput(llvm::StringRef Path);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ATOMICFILE_H
