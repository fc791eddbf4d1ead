//===- RunLock.h - one run at a time in a directory -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_RUNLOCK_H
#define NETTUNE_TOOLS_RUNLOCK_H

#include <llvm/Support/Error.h>

#include <string>

namespace nettune::cli {

/// Held until it is destroyed, and as long as a process that this one starts lives:
/// of a run that was killed, ninja may still be at work.
class RunLock {
public:
  /// Waits for another run, and says so on the error stream. \p Directory is made.
  static llvm::Expected<RunLock> take(const std::string &Directory);

  /// The same for the file itself, without a word; its directory is made.
  static llvm::Expected<RunLock> takeFile(const std::string &File);

  RunLock(RunLock &&Other) : Descriptor(std::exchange(Other.Descriptor, -1)) {}
  RunLock &operator=(RunLock &&) = delete;
  ~RunLock();

private:
  explicit RunLock(int Descriptor) : Descriptor(Descriptor) {}
  int Descriptor;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_RUNLOCK_H
