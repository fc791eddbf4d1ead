//===- BaseFiles.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BaseFiles.h"

#include "LinkedFiles.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/StringSet.h>
#include <llvm/Support/Endian.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace nettune::cli {
namespace vfs = llvm::vfs;

namespace {

/// Some files are not there, whatever lies below; and files that differ do so by all their names.
class BaseView : public vfs::ProxyFileSystem {
public:
  BaseView(llvm::IntrusiveRefCntPtr<vfs::FileSystem> FS, const BaseFiles &Base) : ProxyFileSystem(std::move(FS)) {
    for (const std::string &File : Base.Absent) {
      Absent.insert(File);
      Linked.add(File);
    }
    for (const auto *Names : {&Base.Contents, &Base.Links})
      for (llvm::StringRef File : Names->keys())
        Linked.add(File);
  }

  llvm::ErrorOr<vfs::Status> status(const llvm::Twine &Path) override {
    std::string Name = known(Path);
    if (Name.empty())
      return ProxyFileSystem::status(Path);
    if (Absent.contains(Name))
      return gone();
    auto Found = ProxyFileSystem::status(Name);
    return Found ? llvm::ErrorOr<vfs::Status>(vfs::Status::copyWithNewName(*Found, Path)) : Found;
  }
  bool exists(const llvm::Twine &Path) override { return static_cast<bool>(status(Path)); }
  llvm::ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const llvm::Twine &Path) override {
    std::string Name = known(Path);
    if (Name.empty())
      return ProxyFileSystem::openFileForRead(Path);
    if (Absent.contains(Name))
      return gone();
    return vfs::File::getWithPath(ProxyFileSystem::openFileForRead(Name), Path);
  }

private:
  static std::error_code gone() { return std::make_error_code(std::errc::no_such_file_or_directory); }

  /// As the base names it; empty: it is as it is on the disk.
  std::string known(const llvm::Twine &Path) const {
    llvm::SmallString<256> Full;
    Path.toVector(Full);
    if (makeAbsolute(Full))
      return "";
    llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
    return Linked.find(Full).str();
  }

  llvm::StringSet<> Absent;
  LinkedFiles Linked;
};

} // namespace

llvm::IntrusiveRefCntPtr<vfs::FileSystem> BaseFiles::overlay() const {
  auto Memory = llvm::makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  for (const auto &F : Contents)
    Memory->addFile(F.first(), 0, llvm::MemoryBuffer::getMemBufferCopy(F.second, F.first()));
  for (const auto &F : Links)
    Memory->addHardLink(F.first(), F.second);
  auto Both = llvm::makeIntrusiveRefCnt<vfs::OverlayFileSystem>(vfs::getRealFileSystem());
  Both->pushOverlay(std::move(Memory));
  return llvm::makeIntrusiveRefCnt<BaseView>(std::move(Both), *this);
}

/// Each string behind its length; an absent file has a content of length 2^64-1, a link
/// one of 2^64-2, and what it is a name of behind.
static constexpr std::uint64_t NotThere = UINT64_MAX, IsLink = UINT64_MAX - 1;

static void add(std::string &Out, std::uint64_t Number) {
  char Bytes[8];
  llvm::support::endian::write64le(Bytes, Number);
  Out.append(Bytes, 8);
}

llvm::Error BaseFiles::write(const std::string &File) const {
  std::string Out;
  auto Name = [&](llvm::StringRef Text) {
    add(Out, Text.size());
    Out += Text;
  };
  for (const auto &F : Contents) {
    Name(F.first());
    Name(F.second);
  }
  for (const auto &F : Links) {
    Name(F.first());
    add(Out, IsLink);
    Name(F.second);
  }
  for (const std::string &F : Absent) {
    Name(F);
    add(Out, NotThere);
  }
  return summary::writeAtomically(File, Out);
}

llvm::Expected<BaseFiles> BaseFiles::read(const std::string &File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return llvm::createStringError(File + ": error: " + Buffer.getError().message());
  llvm::StringRef Rest = (*Buffer)->getBuffer();
  bool Broken = false;
  auto Number = [&]() -> std::uint64_t {
    if (Rest.size() < 8) {
      Broken = true;
      return 0;
    }
    std::uint64_t N = llvm::support::endian::read64le(Rest.data());
    Rest = Rest.drop_front(8);
    return N;
  };
  auto Text = [&](std::uint64_t Size) {
    Broken |= Size > Rest.size();
    llvm::StringRef T = Rest.take_front(Broken ? 0 : Size);
    Rest = Rest.drop_front(T.size());
    return T;
  };
  BaseFiles B;
  while (!Rest.empty() && !Broken) {
    llvm::StringRef Name = Text(Number());
    if (std::uint64_t Size = Number(); Size == NotThere)
      B.Absent.push_back(Name.str());
    else if (Size == IsLink)
      B.Links[Name] = Text(Number()).str();
    else
      B.Contents[Name] = Text(Size).str();
  }
  if (Broken)
    return llvm::createStringError(File + ": error: is cut off");
  return B;
}

} // namespace nettune::cli
