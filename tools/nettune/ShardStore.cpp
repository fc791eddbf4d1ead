//===- ShardStore.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ShardStore.h"

#include "StoreKey.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/Support/Chrono.h>
#include <llvm/Support/Endian.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <chrono>

namespace nettune::cli {
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// What a condition is about; behind it in the text stand the hash, where there is
/// one, and the name.
using Kind = char;
constexpr Kind File = 'F', Listing = 'L', Absent = 'A', Root = 'R', Build = 'B';
constexpr std::size_t HashBytes = 16;
/// More states of one TU are not remembered.
constexpr std::size_t MaxEntries = 8;
constexpr llvm::StringLiteral Magic = "NTMANIF1";

struct Entry {
  std::string Shard; ///< its key
  std::vector<std::uint32_t> Conditions;
};

struct Manifest {
  std::vector<std::string> Conditions; ///< each once
  std::vector<Entry> Entries;          ///< the newest first
};

class Writer {
public:
  void number(std::uint32_t N) {
    char Bytes[4];
    llvm::support::endian::write32le(Bytes, N);
    Out.append(Bytes, 4);
  }
  void text(llvm::StringRef T) {
    number(T.size());
    Out += T;
  }
  std::string Out;
};

/// Takes any bytes: what is not there is 0 or empty, and isGood() false.
class Reader {
public:
  explicit Reader(llvm::StringRef Rest) : Rest(Rest) {}
  std::uint32_t number() {
    if ((Good &= Rest.size() >= 4)) {
      std::uint32_t N = llvm::support::endian::read32le(Rest.data());
      Rest = Rest.drop_front(4);
      return N;
    }
    return 0;
  }
  std::string text() {
    std::uint32_t Size = number();
    if (!(Good &= Size <= Rest.size()))
      return {};
    std::string T = Rest.take_front(Size).str();
    Rest = Rest.drop_front(Size);
    return T;
  }
  bool isGood() const { return Good; }
  bool isAtEnd() const { return Good && Rest.empty(); }

private:
  llvm::StringRef Rest;
  bool Good = true;
};

std::string bytesOf(const Manifest &M) {
  Writer W;
  W.number(M.Conditions.size());
  for (const std::string &C : M.Conditions)
    W.text(C);
  W.number(M.Entries.size());
  for (const Entry &E : M.Entries) {
    W.text(E.Shard);
    W.number(E.Conditions.size());
    for (std::uint32_t C : E.Conditions)
      W.number(C);
  }
  return Magic.str() + withChecksum(W.Out);
}

std::optional<Manifest> manifestOf(llvm::StringRef Bytes) {
  if (!Bytes.consume_front(Magic) || !consumeChecksum(Bytes))
    return std::nullopt;
  Reader R(Bytes);
  Manifest M;
  for (std::uint32_t I = 0, N = R.number(); I < N && R.isGood(); ++I)
    M.Conditions.push_back(R.text());
  for (std::uint32_t I = 0, N = R.number(); I < N && R.isGood(); ++I) {
    Entry &E = M.Entries.emplace_back();
    E.Shard = R.text();
    for (std::uint32_t J = 0, K = R.number(); J < K && R.isGood(); ++J)
      if (E.Conditions.push_back(R.number()); E.Conditions.back() >= M.Conditions.size())
        return std::nullopt;
  }
  return R.isAtEnd() ? std::optional(std::move(M)) : std::nullopt;
}

bool hasHash(char K) { return K == File || K == Listing; }

/// Asks the file system once for each condition of a manifest.
class Conditions {
public:
  Conditions(const Manifest &M, const StoreQuestion &Q, FileSystem &FS)
      : M(M), Q(Q), Names(Q.Root, Q.BuildDir), FS(FS), Known(M.Conditions.size(), Unknown) {}

  bool hold(const Entry &E) {
    for (std::uint32_t C : E.Conditions) {
      if (Known[C] == Unknown)
        Known[C] = holds(M.Conditions[C]) ? True : False;
      if (Known[C] == False)
        return false;
    }
    return true;
  }
  std::vector<std::string> names(const Entry &E, Kind K) const {
    std::vector<std::string> All;
    for (std::uint32_t C : E.Conditions)
      if (llvm::StringRef Condition = M.Conditions[C]; Condition.front() == K)
        All.push_back(Names.path(Condition.drop_front(1 + (hasHash(K) ? HashBytes : 0))));
    return All;
  }

private:
  bool holds(llvm::StringRef Condition) const {
    if (Condition.empty())
      return false;
    char K = Condition.front();
    llvm::StringRef Rest = Condition.drop_front();
    llvm::StringRef Hash = Rest.take_front(hasHash(K) ? HashBytes : 0);
    std::string Name = Names.path(Rest.drop_front(Hash.size()));
    switch (K) {
    case Root:
      return Name == Q.Root;
    case Build:
      return Name == Q.BuildDir;
    case Absent:
      return !FS.exists(Name);
    case Listing:
      return listingHash(FS, Name) == Hash;
    case File: {
      auto Content = FS.getBufferForFile(Name, -1, /*RequiresNullTerminator=*/false);
      return Content && contentHash((*Content)->getBuffer()) == Hash;
    }
    default:
      return false;
    }
  }

  const Manifest &M;
  const StoreQuestion &Q;
  PortableNames Names;
  FileSystem &FS;
  enum State : char { Unknown, True, False };
  std::vector<State> Known;
};

std::vector<std::string> conditionsOf(const StoreQuestion &Q, const Reads &Read, bool OfThisRoot) {
  PortableNames Names(Q.Root, Q.BuildDir);
  std::vector<std::string> All;
  bool OfThisBuild = false;
  if (OfThisRoot)
    All.push_back(Root + Q.Root);
  // What the user edits first: it decides soonest.
  for (bool Own : {true, false})
    for (const auto &[Name, Hash] : Read.Files) {
      std::string Portable = Names.of(Name);
      if ((Portable != Name) != Own)
        continue;
      OfThisBuild |= PortableNames::isInBuild(Portable);
      All.push_back(File + Hash + Portable);
    }
  for (const auto &[Name, Hash] : Read.Listed)
    All.push_back(Listing + Hash + Names.of(Name));
  for (const std::string &Name : Read.Absent)
    All.push_back(Absent + Names.of(Name));
  if (OfThisBuild)
    All.push_back(Build + Q.BuildDir);
  return All;
}

/// \p Conditions and their shard in front of what \p Old knows.
Manifest withEntry(Manifest Old, const std::string &Shard, const std::vector<std::string> &Conditions) {
  Manifest M;
  llvm::StringMap<std::uint32_t> Number;
  auto Add = [&](Entry &E, const std::string &Condition) {
    auto [It, New] = Number.try_emplace(Condition, M.Conditions.size());
    if (New)
      M.Conditions.push_back(Condition);
    E.Conditions.push_back(It->second);
  };
  Entry &First = M.Entries.emplace_back();
  First.Shard = Shard;
  for (const std::string &C : Conditions)
    Add(First, C);
  for (const Entry &E : Old.Entries) {
    if (E.Shard == Shard || M.Entries.size() == MaxEntries)
      continue;
    Entry &Kept = M.Entries.emplace_back();
    Kept.Shard = E.Shard;
    for (std::uint32_t C : E.Conditions)
      Add(Kept, Old.Conditions[C]);
  }
  return M;
}

/// It was used just now.
void touch(const std::string &File) {
  int Descriptor = -1;
  if (fs::openFileForReadWrite(File, Descriptor, fs::CD_OpenExisting, fs::OF_None))
    return; // another run has removed it, or it may only be read
  fs::setLastAccessAndModificationTime(Descriptor, std::chrono::system_clock::now());
  fs::file_t Handle = fs::convertFDToNativeFile(Descriptor);
  fs::closeFile(Handle);
}

} // namespace

ShardStore::ShardStore(std::string Directory, std::function<void(const std::string &)> Warn)
    : Directory(std::move(Directory)), Warn(std::move(Warn)) {}

std::string ShardStore::path(llvm::StringRef Key, llvm::StringRef Extension) const {
  return (Directory + "/" + Key.take_front(2) + "/" + Key.drop_front(2) + Extension).str();
}

std::optional<ShardStore::Hit> ShardStore::find(const StoreQuestion &Q, FileSystem &FS) const {
  std::string ManifestFile = path(storeKey(Q), ".manifest");
  auto Bytes = llvm::MemoryBuffer::getFile(ManifestFile);
  if (!Bytes)
    return std::nullopt;
  auto Damaged = [&](const std::string &File) {
    fs::remove(File);
    Warn(File + ": warning: is damaged; the translation unit is analysed again");
  };
  std::optional<Manifest> M = manifestOf((*Bytes)->getBuffer());
  if (!M) {
    Damaged(ManifestFile);
    return std::nullopt;
  }
  Conditions Conditions(*M, Q, FS);
  for (const Entry &E : M->Entries) {
    if (!Conditions.hold(E))
      continue;
    std::string ShardFile = path(E.Shard, ".nts");
    auto ShardBytes = llvm::MemoryBuffer::getFile(ShardFile);
    if (!ShardBytes)
      continue; // it went first when the store was trimmed
    auto S = summary::readShard((*ShardBytes)->getBuffer(), ShardFile);
    if (!S) {
      llvm::consumeError(S.takeError());
      Damaged(ShardFile);
      continue;
    }
    touch(ManifestFile);
    touch(ShardFile);
    return Hit{std::move(*S), Conditions.names(E, File), Conditions.names(E, Absent)};
  }
  return std::nullopt;
}

void ShardStore::keep(const StoreQuestion &Q, const Reads &Read, bool OfThisRoot, const std::string &ShardBytes) const {
  if (Read.Unsteady)
    return;
  std::string Key = storeKey(Q), ManifestFile = path(Key, ".manifest");
  std::vector<std::string> Conditions = conditionsOf(Q, Read, OfThisRoot);
  std::string All = Key;
  for (const std::string &C : Conditions)
    (All += C) += '\0';
  std::string Shard = llvm::toHex(contentHash(All), /*LowerCase=*/true);
  Manifest Old;
  if (auto Bytes = llvm::MemoryBuffer::getFile(ManifestFile))
    if (auto M = manifestOf((*Bytes)->getBuffer()))
      Old = std::move(*M);
  std::string NewBytes = bytesOf(withEntry(std::move(Old), Shard, Conditions));
  const std::pair<std::string, llvm::StringRef> Files[] = {{path(Shard, ".nts"), ShardBytes}, {ManifestFile, NewBytes}};
  for (const auto &[File, Content] : Files)
    if (llvm::Error E = summary::writeAtomically(File, Content)) {
      // Which of the files it was does not matter, and would be said for each.
      Warn(Directory + ": warning: the cache cannot be written: " + llvm::errorToErrorCode(std::move(E)).message());
      return;
    }
}

void ShardStore::trim(std::uint64_t MaxBytes) const {
  struct Found {
    llvm::sys::TimePoint<> Used;
    std::uint64_t Size;
    std::string Path;
  };
  std::vector<Found> Files;
  std::uint64_t Total = 0;
  auto Now = std::chrono::system_clock::now();
  std::error_code Code;
  for (fs::recursive_directory_iterator It(Directory, Code), End; !Code && It != End; It.increment(Code)) {
    auto Status = It->status();
    if (!Status || Status->type() != fs::file_type::regular_file)
      continue;
    llvm::StringRef Extension = path::extension(It->path());
    if (Extension == ".tmp" && Now - Status->getLastModificationTime() > std::chrono::hours(1))
      fs::remove(It->path());
    if (Extension != ".nts" && Extension != ".manifest")
      continue; // none of ours
    Files.push_back({Status->getLastModificationTime(), Status->getSize(), It->path()});
    Total += Status->getSize();
  }
  if (Total <= MaxBytes)
    return;
  llvm::sort(Files, [](const Found &A, const Found &B) { return std::tie(A.Used, A.Path) < std::tie(B.Used, B.Path); });
  std::uint64_t Goal = MaxBytes / 10 * 9; // so that it is not needed each time
  for (const Found &F : Files) {
    if (Total <= Goal)
      break;
    if (!fs::remove(F.Path))
      Total -= F.Size;
  }
}

std::optional<std::uint64_t> parseSize(llvm::StringRef Text) {
  std::uint64_t Factor = 1, Number = 0;
  for (auto [Letter, Shift] : {std::pair('k', 10), std::pair('K', 10), std::pair('M', 20), std::pair('G', 30)})
    if (Text.consume_back(llvm::StringRef(&Letter, 1))) {
      Factor = 1ULL << Shift;
      break;
    }
  if (Text.getAsInteger(10, Number) || Number > UINT64_MAX / Factor)
    return std::nullopt;
  return Number * Factor;
}

} // namespace nettune::cli
