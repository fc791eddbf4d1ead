//===- AtomicFile.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/AtomicFile.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::summary {

namespace fs = llvm::sys::fs;

static llvm::Error failure(llvm::StringRef Path, std::error_code Code) {
  return llvm::createStringError(Code, "cannot write '" + Path + "': " + Code.message());
}

llvm::Error writeAtomically(llvm::StringRef Path, llvm::StringRef Bytes) {
  if (fs::is_directory(Path))
    return failure(Path, std::make_error_code(std::errc::is_a_directory));
  llvm::StringRef Folder = llvm::sys::path::parent_path(Path);
  if (!Folder.empty())
    if (std::error_code Code = fs::create_directories(Folder))
      return failure(Path, Code);
  llvm::Expected<fs::TempFile> Temporary = fs::TempFile::create(Path + ".%%%%%%%%.tmp");
  if (!Temporary)
    return failure(Path, llvm::errorToErrorCode(Temporary.takeError()));
  llvm::raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
  Out << Bytes;
  Out.flush();
  if (std::error_code Code = Out.error()) {
    Out.clear_error();
    llvm::consumeError(Temporary->discard());
    return failure(Path, Code);
  }
  if (llvm::Error E = Temporary->keep(Path))
    return failure(Path, llvm::errorToErrorCode(std::move(E)));
  return llvm::Error::success();
}

} // namespace nettune::summary
