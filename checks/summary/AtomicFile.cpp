//===- AtomicFile.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/AtomicFile.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Process.h>
#include <llvm/Support/Signals.h>
#include <llvm/Support/raw_ostream.h>

#include <unistd.h>

namespace nettune::summary {

namespace fs = llvm::sys::fs;

static llvm::Error failure(llvm::StringRef Path, std::error_code Code) {
  return llvm::createStringError(Code, "cannot write '" + Path + "': " + Code.message());
}

llvm::Expected<TemporaryFile> TemporaryFile::beside(llvm::StringRef Path) {
  std::error_code Code;
  for (unsigned Attempt = 0; Attempt < 128; ++Attempt) {
    std::string Name = (Path + "." + llvm::utohexstr(llvm::sys::Process::GetRandomNumber(), /*LowerCase=*/true, /*Width=*/8) + ".tmp").str();
    int FD;
    Code = fs::openFileForReadWrite(Name, FD, fs::CD_CreateNew, fs::OF_None);
    if (!Code) {
      llvm::sys::RemoveFileOnSignal(Name);
      return TemporaryFile(std::move(Name), FD);
    }
    if (Code != std::errc::file_exists)
      break;
  }
  return llvm::errorCodeToError(Code);
}

TemporaryFile::~TemporaryFile() {
  if (FD < 0)
    return;
  ::close(FD);
  fs::remove(Name);
  llvm::sys::DontRemoveFileOnSignal(Name);
}

std::error_code TemporaryFile::keep(llvm::StringRef Path) {
  if (std::error_code Code = fs::rename(Name, Path))
    return Code;
  llvm::sys::DontRemoveFileOnSignal(Name);
  return ::close(std::exchange(FD, -1)) ? std::error_code(errno, std::generic_category()) : std::error_code();
}

llvm::Error writeAtomically(llvm::StringRef Path, llvm::StringRef Bytes) {
  if (fs::is_directory(Path))
    return failure(Path, std::make_error_code(std::errc::is_a_directory));
  llvm::StringRef Folder = llvm::sys::path::parent_path(Path);
  if (!Folder.empty())
    if (std::error_code Code = fs::create_directories(Folder))
      return failure(Path, Code);
  llvm::Expected<TemporaryFile> Temporary = TemporaryFile::beside(Path);
  if (!Temporary)
    return failure(Path, llvm::errorToErrorCode(Temporary.takeError()));
  llvm::raw_fd_ostream Out(Temporary->descriptor(), /*shouldClose=*/false);
  Out << Bytes;
  Out.flush();
  if (std::error_code Code = Out.error()) {
    Out.clear_error();
    return failure(Path, Code);
  }
  if (std::error_code Code = Temporary->keep(Path))
    return failure(Path, Code);
  return llvm::Error::success();
}

} // namespace nettune::summary
