//===- PchPlan.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PchPlan.h"

#include "IncludePrefix.h"
#include "ReadRecord.h"
#include "SystemIncludes.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/ADT/StringSwitch.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <map>
#include <set>

namespace nettune::cli {
namespace path = llvm::sys::path;

/// Fewer files do not pay for the reading of the headers once more.
static constexpr unsigned LeastFiles = 4;
/// In a PCH that is made anyway, a header pays sooner.
static constexpr unsigned LeastFilesOfShared = 2;

using Names = std::vector<std::string>;

std::optional<PchMode> pchModeOf(llvm::StringRef Word) {
  return llvm::StringSwitch<std::optional<PchMode>>(Word)
      .Case("off", PchMode::Off)
      .Case("exact", PchMode::Exact)
      .Case("shared", PchMode::Shared)
      .Default(std::nullopt);
}

/// Words that say themselves what is included, or how a PCH is made.
static bool canShare(const TuCommand &C) {
  return llvm::none_of(C.Line, [](llvm::StringRef Word) {
    return Word.starts_with("-include") || Word.starts_with("-imacros") || Word.starts_with("-fmodule") ||
           Word.starts_with("-fpch") || Word == "-Xclang" || Word == "-x" || Word.starts_with("-save-temps");
  });
}

/// What has to be equal for two files to share what they include.
static std::string flagsOf(const TuCommand &Command) {
  static const llvm::StringSet<> Where{"-o", "-MF", "-MT", "-MQ", "-MJ"};
  std::string Flags = Command.Directory + '\0';
  for (std::size_t I = 0; I < Command.Line.size(); ++I) {
    llvm::StringRef Word = Command.Line[I];
    if (Where.contains(Word))
      ++I;
    else if (Word.starts_with("-") || path::filename(Word) != path::filename(Command.File))
      (Flags += Word) += '\0';
  }
  return Flags;
}

static std::string hexHash(llvm::StringRef Text) { return llvm::toHex(contentHash(Text), /*LowerCase=*/true); }

static PchText pchText(llvm::StringRef Flags, const Names &Headers, unsigned Leading) {
  PchText P;
  P.Leading = Leading;
  for (const std::string &H : Headers)
    P.Text += "#include <" + H + ">\n";
  P.Name = hexHash((Flags + (Leading ? "exact\n" : "shared\n") + P.Text).str());
  return P;
}

namespace {

struct Node {
  unsigned Files = 0;
  std::map<std::string, Node> Next;
};

/// Files of equal flags.
struct Group {
  std::string Flags;
  std::vector<Names> Includes; ///< of each file
};

std::vector<Group> groupsOf(const std::vector<TuCommand> &Commands, PchMode Mode) {
  std::map<std::string, std::vector<const TuCommand *>> ByFlags;
  for (const TuCommand &C : Commands)
    if (canShare(C))
      ByFlags[flagsOf(C)].push_back(&C);
  std::vector<Group> All;
  for (const auto &[Flags, Files] : ByFlags) {
    if (Files.size() < LeastFiles)
      continue;
    All.push_back({Flags, {}});
    SystemIncludes System(*Files.front());
    for (const TuCommand *C : Files) {
      Names &Includes = All.back().Includes.emplace_back();
      if (Mode == PchMode::Shared) {
        Includes = System.of(C->File);
      } else if (auto Source = llvm::MemoryBuffer::getFile(C->File)) {
        for (LeadingInclude &I : leadingIncludes((*Source)->getBuffer()))
          if (System.isOwn(I.Header))
            break; // a PCH holds what is the system's
          else
            Includes.push_back(std::move(I.Header));
      }
    }
  }
  return All;
}

/// The longest beginnings that enough files have in common.
std::set<Names> commonBeginnings(const Group &G) {
  Node Root;
  for (const Names &File : G.Includes) {
    Node *N = &Root;
    for (const std::string &Header : File)
      ++(N = &N->Next[Header])->Files;
  }
  std::set<Names> All;
  for (const Names &File : G.Includes) {
    Names Begin;
    const Node *N = &Root;
    for (const std::string &Header : File) {
      N = &N->Next.at(Header);
      if (N->Files < LeastFiles)
        break;
      Begin.push_back(Header);
    }
    if (!Begin.empty())
      All.insert(std::move(Begin));
  }
  return All;
}

/// What enough files include, in the order of the first that does.
std::set<Names> commonHeaders(const Group &G) {
  std::map<std::string, unsigned> Files;
  for (const Names &File : G.Includes)
    for (const std::string &Header : File)
      ++Files[Header];
  Names Headers;
  for (const Names &File : G.Includes)
    for (const std::string &Header : File)
      if (unsigned &Count = Files[Header]; Count >= LeastFilesOfShared) {
        Headers.push_back(Header);
        Count = 0;
      }
  if (Headers.empty())
    return {};
  return {Headers};
}

} // namespace

static std::string planFile(llvm::StringRef Flags, const std::string &Directory) { return Directory + "/" + hexHash(Flags) + ".plan"; }

void planPchs(const std::vector<TuCommand> &Commands, PchMode Mode, const std::string &Directory) {
  std::set<std::string> Wanted;
  for (const Group &G : Mode == PchMode::Off ? std::vector<Group>() : groupsOf(Commands, Mode)) {
    std::string Text;
    for (const Names &Headers : Mode == PchMode::Shared ? commonHeaders(G) : commonBeginnings(G)) {
      Text += Mode == PchMode::Shared ? "shared" : "exact";
      for (const std::string &H : Headers)
        (Text += '\0') += H;
      Text += '\n';
      Wanted.insert(pchText(G.Flags, Headers, Mode == PchMode::Shared ? 0 : Headers.size()).Name);
    }
    if (Text.empty())
      continue;
    std::string File = planFile(G.Flags, Directory);
    Wanted.insert(path::stem(File).str());
    llvm::consumeError(llvm::errorCodeToError(llvm::sys::fs::create_directories(Directory)));
    llvm::consumeError(summary::writeAtomically(File, Text));
  }
  std::error_code Code;
  for (llvm::sys::fs::directory_iterator It(Directory, Code), End; !Code && It != End; It.increment(Code))
    if (!Wanted.count(path::stem(It->path()).str()))
      llvm::sys::fs::remove(It->path());
}

std::optional<PchText> plannedPch(const TuCommand &Command, llvm::StringRef Source, const std::string &Directory) {
  if (!canShare(Command))
    return std::nullopt;
  std::string Flags = flagsOf(Command);
  auto Plan = llvm::MemoryBuffer::getFile(planFile(Flags, Directory));
  if (!Plan)
    return std::nullopt;
  std::vector<LeadingInclude> Own = leadingIncludes(Source);
  Names Best;
  for (auto [Line, Rest] = (*Plan)->getBuffer().split('\n'); !Line.empty(); std::tie(Line, Rest) = Rest.split('\n')) {
    auto [Mode, Words] = Line.split('\0');
    Names Headers;
    for (llvm::StringRef Word : llvm::split(Words, '\0'))
      Headers.push_back(Word.str());
    if (Mode == "shared")
      return pchText(Flags, Headers, 0);
    bool Begins = Headers.size() <= Own.size() &&
                  llvm::all_of(llvm::zip(Headers, Own), [](auto Pair) { return std::get<0>(Pair) == std::get<1>(Pair).Header; });
    if (Begins && Headers.size() > Best.size())
      Best = std::move(Headers);
  }
  if (Best.empty())
    return std::nullopt;
  return pchText(Flags, Best, Best.size());
}

} // namespace nettune::cli
