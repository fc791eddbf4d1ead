//===- IndexCache.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/IndexCache.h"

#include <llvm/Support/FileSystem.h>

namespace nettune::summary {

std::optional<FileStamp> FileStamp::of(llvm::StringRef Path) {
  llvm::sys::fs::file_status Status;
  if (llvm::sys::fs::status(Path, Status) || Status.type() != llvm::sys::fs::file_type::regular_file)
    return std::nullopt;
  return FileStamp{Status.getLastModificationTime().time_since_epoch().count(), Status.getSize(), Status.getUniqueID().getFile()};
}

IndexCache &IndexCache::ofProcess() {
  static IndexCache Cache;
  return Cache;
}

llvm::Expected<std::shared_ptr<const Index>> IndexCache::get(const std::string &Path) {
  std::lock_guard<std::mutex> Lock(Guard);
  // Before it is read: what is written in between is read again the next time.
  std::optional<FileStamp> Now = FileStamp::of(Path);
  Entry &E = ByPath[Path];
  if (!Now || E.Stamp != Now) {
    ++Reads;
    E = {Now, nullptr, {}};
    auto Read = readIndexFile(Path);
    if (Read)
      E.Read = std::make_shared<const Index>(std::move(*Read));
    else
      E.Error = llvm::toString(Read.takeError());
  }
  if (!E.Read)
    return llvm::createStringError(E.Error);
  return E.Read;
}

std::size_t IndexCache::reads() const {
  std::lock_guard<std::mutex> Lock(Guard);
  return Reads;
}

} // namespace nettune::summary
