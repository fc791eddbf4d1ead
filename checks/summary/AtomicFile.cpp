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

#include <climits>
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

/// What a link leads to, be it there or not; of others, and of a circle of links, the path itself.
static std::string target(llvm::StringRef Path) {
  llvm::SmallString<256> Now(Path);
  for (unsigned Links = 0; Links < 40; ++Links) {
    char Text[PATH_MAX];
    ssize_t Size = readlink(Now.c_str(), Text, sizeof Text);
    if (Size < 0)
      return Now.str().str();
    llvm::StringRef Next(Text, static_cast<std::size_t>(Size));
    if (llvm::sys::path::is_absolute(Next))
      Now.clear();
    else
      llvm::sys::path::remove_filename(Now);
    llvm::sys::path::append(Now, Next);
  }
  return Path.str();
}

/// A pipe or a device.
static bool isStream(llvm::StringRef Path) {
  fs::file_status Status;
  return !fs::status(Path, Status) && Status.type() != fs::file_type::regular_file &&
         Status.type() != fs::file_type::directory_file;
}

llvm::Error writeOutput(llvm::StringRef Path, llvm::StringRef Bytes) {
  if (isStream(Path)) {
    std::error_code Code;
    llvm::raw_fd_ostream Out(Path, Code, fs::CD_OpenExisting);
    if (!Code) {
      Out << Bytes;
      Out.close();
      Code = Out.error();
      Out.clear_error();
    }
    return Code ? failure(Path, Code) : llvm::Error::success();
  }
  return writeAtomically(target(Path), Bytes);
}

llvm::Error checkOutput(llvm::StringRef Path) {
  if (isStream(Path))
    return llvm::Error::success();
  llvm::SmallString<256> Target(target(Path));
  if (fs::is_directory(Target))
    return failure(Path, std::make_error_code(std::errc::is_a_directory));
  if (std::error_code Code = fs::make_absolute(Target))
    return failure(Path, Code);
  // Of the folders that would be made, the one in which the first would be.
  llvm::StringRef Folder = llvm::sys::path::parent_path(Target);
  while (!fs::exists(Folder) && llvm::sys::path::has_parent_path(Folder))
    Folder = llvm::sys::path::parent_path(Folder);
  if (!fs::is_directory(Folder))
    return failure(Path, std::make_error_code(std::errc::not_a_directory));
  llvm::Expected<fs::TempFile> Temporary = fs::TempFile::create(Folder + "/.nettune.%%%%%%%%.tmp");
  if (!Temporary)
    return failure(Path, llvm::errorToErrorCode(Temporary.takeError()));
  llvm::consumeError(Temporary->discard());
  return llvm::Error::success();
}

} // namespace nettune::summary
