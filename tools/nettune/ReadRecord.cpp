//===- ReadRecord.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadRecord.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/xxhash.h>

namespace nettune::cli {
namespace vfs = llvm::vfs;

std::string contentHash(llvm::StringRef Bytes) {
  llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::ArrayRef(Bytes.bytes_begin(), Bytes.bytes_end()));
  std::string Text(16, '\0');
  for (unsigned I = 0; I < 8; ++I) {
    Text[I] = static_cast<char>(Hash.high64 >> (56 - 8 * I));
    Text[8 + I] = static_cast<char>(Hash.low64 >> (56 - 8 * I));
  }
  return Text;
}

std::string withChecksum(llvm::StringRef Text) { return contentHash(Text) + Text.str(); }

bool consumeChecksum(llvm::StringRef &Text) {
  llvm::StringRef Sum = Text.take_front(16);
  Text = Text.drop_front(Sum.size());
  return contentHash(Text) == Sum;
}

void Reads::addFile(const std::string &Name, llvm::StringRef Content) {
  std::string Hash = contentHash(Content);
  auto [It, New] = Files.try_emplace(Name, Hash);
  Unsteady |= !New && It->second != Hash;
}

std::string PlainNames::of(llvm::StringRef Name) {
  namespace fs = llvm::sys::fs;
  if (!Name.contains("/../"))
    return Name.str();
  llvm::StringRef Directory = llvm::sys::path::parent_path(Name);
  auto Known = Directories.find(Directory);
  if (Known == Directories.end()) {
    llvm::SmallString<256> Plain(Directory), Real;
    llvm::sys::path::remove_dots(Plain, /*remove_dot_dot=*/true);
    // Behind a symbolic link it is another directory.
    if (!fs::equivalent(Plain, Directory) && !fs::real_path(Directory, Real))
      Plain = Real;
    Known = Directories.emplace(Directory.str(), Plain.str().str()).first;
  }
  return Known->second + Name.drop_front(Directory.size()).str();
}

std::string listingHash(FileSystem &FS, const std::string &Directory) {
  std::set<std::string> Names;
  std::error_code Code;
  for (vfs::directory_iterator It = FS.dir_begin(Directory, Code), End; !Code && It != End; It.increment(Code))
    Names.insert(llvm::sys::path::filename(It->path()).str());
  if (Code)
    return {};
  std::string All;
  for (const std::string &Name : Names)
    (All += Name) += '\0';
  return contentHash(All);
}

namespace {

/// Notes the content when somebody takes it.
class RecordedFile : public vfs::File {
public:
  RecordedFile(std::unique_ptr<vfs::File> Below, std::string Name, Reads &Into)
      : Below(std::move(Below)), Name(std::move(Name)), Into(Into) {}

  llvm::ErrorOr<vfs::Status> status() override { return Below->status(); }
  llvm::ErrorOr<std::string> getName() override { return Below->getName(); }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine &As, int64_t Size, bool Terminated,
                                                               bool Volatile) override {
    auto Buffer = Below->getBuffer(As, Size, Terminated, Volatile);
    if (Buffer)
      Into.addFile(Name, (*Buffer)->getBuffer());
    return Buffer;
  }
  std::error_code close() override { return Below->close(); }
  void setPath(const llvm::Twine &Path) override { Below = std::move(*File::getWithPath(std::move(Below), Path)); }

private:
  std::unique_ptr<vfs::File> Below;
  std::string Name;
  Reads &Into;
};

class Recorder : public vfs::ProxyFileSystem {
public:
  Recorder(llvm::IntrusiveRefCntPtr<FileSystem> Below, Reads &Into) : ProxyFileSystem(std::move(Below)), Into(Into) {}

  llvm::ErrorOr<vfs::Status> status(const llvm::Twine &Path) override {
    auto Status = ProxyFileSystem::status(Path);
    if (!Status)
      Into.Absent.insert(name(Path));
    return Status;
  }
  bool exists(const llvm::Twine &Path) override {
    bool Exists = ProxyFileSystem::exists(Path);
    if (!Exists)
      Into.Absent.insert(name(Path));
    return Exists;
  }
  llvm::ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const llvm::Twine &Path) override {
    auto File = ProxyFileSystem::openFileForRead(Path);
    if (File)
      return std::make_unique<RecordedFile>(std::move(*File), name(Path), Into);
    // A directory is there, but cannot be read as a file.
    if (!ProxyFileSystem::exists(Path))
      Into.Absent.insert(name(Path));
    return File.getError();
  }
  vfs::directory_iterator dir_begin(const llvm::Twine &Directory, std::error_code &Code) override {
    std::string Name = name(Directory);
    if (std::string Hash = listingHash(getUnderlyingFS(), Name); !Hash.empty())
      Into.Listed.emplace(Name, Hash);
    else
      Into.Absent.insert(Name);
    return ProxyFileSystem::dir_begin(Directory, Code);
  }

private:
  std::string name(const llvm::Twine &Path) const {
    llvm::SmallString<256> Full;
    Path.toVector(Full);
    makeAbsolute(Full);
    llvm::sys::path::remove_dots(Full);
    return Full.str().str();
  }

  Reads &Into;
};

} // namespace

llvm::IntrusiveRefCntPtr<FileSystem> recording(llvm::IntrusiveRefCntPtr<FileSystem> Below, Reads &Into) {
  return llvm::makeIntrusiveRefCnt<Recorder>(std::move(Below), Into);
}

} // namespace nettune::cli
