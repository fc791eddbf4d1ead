//===- RunLock.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunLock.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace nettune::cli {

static llvm::Error failure(const std::string &File, int Code) {
  return llvm::createStringError(File + ": error: cannot be locked: " + std::generic_category().message(Code));
}

llvm::Expected<RunLock> RunLock::take(const std::string &Directory) {
  std::string File = Directory + "/lock";
  if (std::error_code Code = llvm::sys::fs::create_directories(Directory))
    return llvm::createStringError(Directory + ": error: " + Code.message());
  int Descriptor = open(File.c_str(), O_RDWR | O_CREAT, 0666); // not closed on exec
  if (Descriptor < 0)
    return failure(File, errno);
  RunLock Lock(Descriptor);
  if (flock(Descriptor, LOCK_EX | LOCK_NB) == 0)
    return Lock;
  if (errno == EWOULDBLOCK) {
    llvm::errs() << "nettune: another run is at work in " << Directory << "; waiting for it\n";
    while (flock(Descriptor, LOCK_EX) != 0)
      if (errno != EINTR)
        return failure(File, errno);
    return Lock;
  }
  return failure(File, errno);
}

llvm::Expected<RunLock> RunLock::takeFile(const std::string &File) {
  if (std::error_code Code = llvm::sys::fs::create_directories(llvm::sys::path::parent_path(File)))
    return llvm::createStringError(File + ": error: " + Code.message());
  int Descriptor = open(File.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (Descriptor < 0)
    return failure(File, errno);
  RunLock Lock(Descriptor);
  while (flock(Descriptor, LOCK_EX) != 0)
    if (errno != EINTR)
      return failure(File, errno);
  return Lock;
}

RunLock::~RunLock() {
  if (Descriptor >= 0)
    close(Descriptor);
}

} // namespace nettune::cli
