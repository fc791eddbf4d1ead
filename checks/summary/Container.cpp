//===- Container.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Container.h"

#include <array>

#include <llvm/ADT/Twine.h>
#include <llvm/Support/Endian.h>
#include <llvm/Support/xxhash.h>

namespace nettune::summary {

/// Counts up with each change of Layout.h, RowWriter.h or of what a field means.
constexpr std::uint32_t FormatVersion = 7;
constexpr std::size_t ChecksumAt = 32, HeaderSize = 40;

namespace {
/// All of the header before the checksum.
struct Header {
  std::uint32_t Format, Release;
  std::uint64_t Project, Length;
};
} // namespace

static std::uint32_t releaseFingerprint() {
  return static_cast<std::uint32_t>(llvm::xxh3_64bits(llvm::StringRef(NETTUNE_VERSION)));
}

static std::uint64_t checksum(llvm::StringRef Head, llvm::StringRef Content) {
  std::array<char, ChecksumAt + 8> Both;
  std::copy(Head.begin(), Head.end(), Both.begin());
  llvm::support::endian::write64le(Both.data() + ChecksumAt, llvm::xxh3_64bits(Content));
  return llvm::xxh3_64bits(llvm::StringRef(Both.data(), Both.size()));
}

std::string seal(const ContainerKind &Kind, llvm::StringRef Project, llvm::StringRef Content) {
  using namespace llvm::support::endian;
  std::string Out(HeaderSize, '\0');
  std::copy(Kind.Magic.begin(), Kind.Magic.end(), Out.begin());
  write32le(&Out[8], FormatVersion);
  write32le(&Out[12], releaseFingerprint());
  write64le(&Out[16], llvm::xxh3_64bits(Project));
  write64le(&Out[24], Content.size());
  write64le(&Out[ChecksumAt], checksum(llvm::StringRef(Out).take_front(ChecksumAt), Content));
  Out += Content;
  return Out;
}

static llvm::Error error(llvm::StringRef FileName, const llvm::Twine &What) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "'" + FileName + "' " + What);
}

static std::string runAgain(const ContainerKind &Kind) {
  return ("; run '" + Kind.Maker + "' again").str();
}

llvm::Error damaged(const ContainerKind &Kind, llvm::StringRef FileName) {
  return error(FileName, "is damaged" + runAgain(Kind));
}

static llvm::Error checkMagic(const ContainerKind &Kind, llvm::StringRef Bytes,
                              llvm::StringRef FileName) {
  if (Bytes.empty())
    return error(FileName, "is empty" + runAgain(Kind));
  for (const ContainerKind &Other : {ShardKind, IndexKind})
    if (Bytes.starts_with(Other.Magic) && Other.Magic != Kind.Magic)
      return error(FileName, "holds a nettune " + Other.Name + ", not a nettune " + Kind.Name +
                                 "; name a file that '" + Kind.Maker + "' wrote");
  if (Kind.Magic.starts_with(Bytes.take_front(Kind.Magic.size())))
    return llvm::Error::success();
  return error(FileName,
               "is not a nettune " + Kind.Name + "; name a file that '" + Kind.Maker + "' wrote");
}

llvm::Expected<llvm::StringRef> unseal(const ContainerKind &Kind, llvm::StringRef Bytes,
                                       llvm::StringRef FileName,
                                       std::optional<llvm::StringRef> Project) {
  using namespace llvm::support::endian;
  if (llvm::Error E = checkMagic(Kind, Bytes, FileName))
    return E;
  if (Bytes.size() < HeaderSize)
    return error(FileName, "is cut short" + runAgain(Kind));
  const char *At = Bytes.data();
  Header H{read32le(At + 8), read32le(At + 12), read64le(At + 16), read64le(At + 24)};
  if (H.Format != FormatVersion || H.Release != releaseFingerprint())
    return error(FileName, "was written by another version of nettune" + runAgain(Kind));
  llvm::StringRef Content = Bytes.drop_front(HeaderSize);
  if (H.Length > Content.size())
    return error(FileName, "is cut short" + runAgain(Kind));
  if (H.Length < Content.size() ||
      read64le(At + ChecksumAt) != checksum(Bytes.take_front(ChecksumAt), Content))
    return damaged(Kind, FileName);
  if (Project && H.Project != llvm::xxh3_64bits(*Project))
    return error(FileName,
                 "belongs to another project; remove it or name files of one project only");
  return Content;
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readFile(const ContainerKind &Kind,
                                                             llvm::StringRef FileName) {
  auto Buffer = llvm::MemoryBuffer::getFile(FileName, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (std::error_code Code = Buffer.getError())
    return llvm::createStringError(Code, "cannot read the " + Kind.Name + " '" + FileName +
                                             "': " + Code.message());
  return std::move(*Buffer);
}

} // namespace nettune::summary
