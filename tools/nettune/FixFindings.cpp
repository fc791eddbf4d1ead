//===- FixFindings.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FixFindings.h"

#include "summary/AtomicFile.h"

#include <clang/Tooling/Core/Replacement.h>
#include <llvm/Support/Errc.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <map>
#include <set>

#include <sys/stat.h>

namespace nettune::cli {
namespace {

using clang::tooling::Replacement;
using clang::tooling::Replacements;

llvm::Error failed(std::error_code Code) { return llvm::createStringError(Code, Code.message()); }

bool isBelow(llvm::StringRef Path, llvm::StringRef Directory) {
  return Path.consume_front(Directory) && (Directory.ends_with("/") || Path.starts_with("/"));
}

/// Where a place is in the text; none: it is not there.
std::optional<unsigned> offsetOf(llvm::StringRef Text, const NamedPlace &P) {
  llvm::StringRef Rest = Text;
  for (unsigned Line = 1; Line < P.Line; ++Line) {
    const std::size_t Break = Rest.find('\n');
    if (Break == llvm::StringRef::npos)
      return std::nullopt;
    Rest = Rest.drop_front(Break + 1);
  }
  if (P.Line == 0 || P.Column == 0 || P.Column - 1 > std::min(Rest.find('\n'), Rest.size()))
    return std::nullopt;
  return static_cast<unsigned>(Text.size() - Rest.size()) + P.Column - 1;
}

/// What is inserted has the line breaks of where it comes to stand.
std::string withBreaksOf(llvm::StringRef Text, unsigned Offset, llvm::StringRef Inserted) {
  const std::size_t Break = Text.find('\n', Offset);
  if (Break == llvm::StringRef::npos || Break == 0 || Text[Break - 1] != '\r')
    return Inserted.str();
  std::string Out;
  for (char C : Inserted)
    Out += C == '\n' ? std::string("\r\n") : std::string(1, C);
  return Out;
}

/// One file, as it was read, and what is to be changed in it.
class FixedFile {
public:
  /// The file's real name.
  FixedFile(std::string Path, llvm::sys::TimePoint<> Began) : Path(std::move(Path)) {
    if (std::error_code Code = read(Began))
      Unusable = Code.message();
  }

  std::size_t Findings = 0;

  /// Why it cannot be changed; empty: it can.
  const std::string &unusable() const { return Unusable; }

  /// All edits, or none and why not.
  std::string add(const std::vector<NamedEdit> &Edits) {
    Replacements Together = All;
    std::set<Replacement> Added = Known;
    for (const NamedEdit &E : Edits) {
      const std::optional<unsigned> Begin = offsetOf(Text, E.Begin), End = offsetOf(Text, E.End);
      if (!Begin || !End || *Begin > *End)
        return "the file does not have its place";
      Replacement R(Path, *Begin, *End - *Begin, withBreaksOf(Text, *Begin, E.Text));
      if (!Added.insert(R).second)
        continue; // another finding needs the same
      if (llvm::Error Conflict = Together.add(R)) {
        llvm::consumeError(std::move(Conflict));
        return "it overlaps another; run --fix again";
      }
    }
    All = std::move(Together);
    Known = std::move(Added);
    ++Findings;
    return "";
  }

  llvm::Error write() {
    llvm::Expected<std::string> Changed = clang::tooling::applyAllReplacements(Text, All);
    if (!Changed)
      return Changed.takeError();
    llvm::Expected<summary::TemporaryFile> Temporary = summary::TemporaryFile::beside(Path);
    if (!Temporary)
      return failed(llvm::errorToErrorCode(Temporary.takeError()));
    if (std::error_code Code = fill(Temporary->descriptor(), *Changed))
      return failed(Code);
    if (std::error_code Code = Temporary->keep(Path))
      return failed(Code);
    return llvm::Error::success();
  }

private:
  std::error_code read(llvm::sys::TimePoint<> Began) {
    if (::stat(Path.c_str(), &Before) != 0)
      return std::error_code(errno, std::generic_category());
    // Root may write any file; who has made it read-only means it.
    if (!S_ISREG(Before.st_mode) || (Before.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
      return std::make_error_code(std::errc::permission_denied);
    if (std::error_code Code = llvm::sys::fs::access(Path, llvm::sys::fs::AccessMode::Write))
      return Code;
    // Nobody can set this time back.
    if (llvm::sys::toTimePoint(Before.st_ctim.tv_sec, static_cast<std::uint32_t>(Before.st_ctim.tv_nsec)) > Began)
      return std::make_error_code(std::errc::text_file_busy);
    auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
    if (!Buffer)
      return Buffer.getError();
    Text = (*Buffer)->getBuffer().str();
    return {};
  }

  std::error_code fill(int Descriptor, llvm::StringRef Bytes) const {
    llvm::raw_fd_ostream Out(Descriptor, /*shouldClose=*/false);
    Out << Bytes;
    Out.flush();
    if (std::error_code Code = Out.error()) {
      Out.clear_error();
      return Code;
    }
    // Of another owner's file the new one is ours, where we may not give it away.
    if (::fchown(Descriptor, Before.st_uid, Before.st_gid) != 0 && errno != EPERM)
      return std::error_code(errno, std::generic_category());
    if (::fchmod(Descriptor, Before.st_mode & 07777) != 0)
      return std::error_code(errno, std::generic_category());
    struct stat Now;
    if (::stat(Path.c_str(), &Now) != 0)
      return std::error_code(errno, std::generic_category());
    const auto Time = [](const struct stat &S) { return std::tuple(S.st_dev, S.st_ino, S.st_ctim.tv_sec, S.st_ctim.tv_nsec); };
    return Time(Now) == Time(Before) ? std::error_code() : std::make_error_code(std::errc::text_file_busy);
  }

  std::string Path, Text, Unusable;
  struct stat Before = {};
  Replacements All;
  std::set<Replacement> Known;
};

class Fixes {
public:
  Fixes(const Analysis &A, llvm::sys::TimePoint<> Began) : Sources(A.Root), Began(Began) {
    llvm::SmallString<256> Real;
    Root = llvm::sys::fs::real_path(A.Root, Real) ? A.Root : Real.str().str();
  }

  void add(const ReportedFinding &F) {
    const std::string Why = whyNot(F);
    if (!Why.empty())
      Done.LeftOut.push_back(F.Where.File + ":" + std::to_string(F.Where.Line) + ":" + std::to_string(F.Where.Column) + ": fix left out: " + Why);
  }

  AppliedFixes write() {
    for (auto &[Path, File] : Files) {
      if (!File.unusable().empty()) {
        error(Path, File.unusable());
      } else if (File.Findings == 0) {
        continue;
      } else if (llvm::Error E = File.write()) {
        error(Path, llvm::toString(std::move(E)));
      } else {
        ++Done.Files;
        Done.Findings += File.Findings;
      }
    }
    return std::move(Done);
  }

private:
  std::string whyNot(const ReportedFinding &F) {
    for (const NamedEdit &E : F.Fixes)
      if (E.Begin.File != F.Fixes.front().Begin.File || E.End.File != E.Begin.File)
        return "it is in several files";
    llvm::SmallString<256> Real;
    const std::string Path = Sources.path(F.Fixes.front().Begin);
    if (std::error_code Code = llvm::sys::fs::real_path(Path, Real))
      return Code.message();
    if (!isBelow(Real, Root))
      return Real.str().str() + " is outside of " + Root;
    FixedFile &File = Files.try_emplace(Real.str().str(), Real.str().str(), Began).first->second;
    return File.unusable().empty() ? File.add(F.Fixes) : "";
  }

  void error(const std::string &Path, const std::string &Why) {
    const bool Busy = Why == std::make_error_code(std::errc::text_file_busy).message();
    Done.Errors.push_back(Path + ": error: not fixed: " + (Busy ? "it was changed while it was analysed; run --fix again" : Why));
  }

  SourceLines Sources;
  llvm::sys::TimePoint<> Began;
  std::string Root;
  std::map<std::string, FixedFile> Files; ///< by real name: one has many
  AppliedFixes Done;
};

} // namespace

AppliedFixes applyFixes(const Analysis &A, llvm::sys::TimePoint<> Began) {
  Fixes All(A, Began);
  for (const ReportedFinding &F : A.Findings)
    if (F.Is == State::New && !F.Fixes.empty())
      All.add(F);
  return All.write();
}

} // namespace nettune::cli
