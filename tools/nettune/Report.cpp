//===- Report.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"

#include "BlockingFinding.h"
#include "CompileCommands.h"
#include "CopyFinding.h"
#include "NettuneChecks.h"

#include "summary/OnePerSite.h"
#include "summary/ReceivedData.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <algorithm>

namespace nettune::cli {
using namespace summary;
using clang::tidy::nettune::BlockingCheckName;
using clang::tidy::nettune::describeBlocking;
using clang::tidy::nettune::Finding;
using clang::tidy::nettune::guideAnchor;

NamedPlace named(const Facts &F, Place Where) { return {F.text(Where.File).str(), Where.Line, Where.Column}; }

static NamedPlace named(const StringTable &Files, Place P) { return {Files[P.File].str(), P.Line, P.Column}; }

static ReportedFinding reported(const StringTable &Files, const BlockingFinding &B, const Options &O) {
  Finding F = describeBlocking(B, O.MaxPathNotes);
  ReportedFinding R{named(Files, F.Where), BlockingCheckName.str(), F.Text.str(), {}};
  for (const Finding::Note &N : F.Notes)
    R.Notes.push_back({named(Files, N.Where), N.Text.str()});
  R.Notes.push_back({R.Where, "guide: " + O.guideLink(guideAnchor(BlockingCheckName))});
  return R;
}

static ReportedFinding reported(const StringTable &Files, const StoredFinding &S) {
  ReportedFinding R{named(Files, S.Where), S.Check, S.Text, {}};
  for (const StoredFinding::Note &N : S.Notes)
    R.Notes.push_back({named(Files, N.Where), N.Text});
  return R;
}

void FindingCollector::add(const Program &P) {
  const Facts &F = P.facts();
  std::vector<StringId> Ids = moveStrings(F.Strings, Files);
  for (BlockingFinding &B : P.blockingCallsOnLoop())
    if (B.Certain || O.ReportMayBlock)
      Blocking.push_back(moved(std::move(B), Ids));
  if (F.CopySources.empty())
    return;
  ReceivedData Data(F, P.callables());
  for (const CopySource &C : F.CopySources)
    if (Data.holds(C.From))
      Received.try_emplace({named(F, C.Where), F.text(C.Text).str()}, named(F, Data.origin(C.From)));
}

std::vector<ReportedFinding> FindingCollector::take(const Index &I) {
  std::vector<ReportedFinding> All;
  for (const BlockingFinding &B : onePerSite(std::move(Blocking)))
    All.push_back(reported(Files, B, O));
  for (const StoredFinding &S : I.Local) {
    ReportedFinding R = reported(I.Files, S);
    if (S.IfReceived) {
      auto Origin = Received.find({R.Where, R.Text});
      if (Origin == Received.end())
        continue;
      // The link to the guide stays last.
      R.Notes.insert(R.Notes.end() - 1, {Origin->second, clang::tidy::nettune::CopyOriginNote.str()});
    }
    All.push_back(std::move(R));
  }
  std::sort(All.begin(), All.end());
  // A header seen by several TUs: the first in order speaks. A [=] is one place for each buffer that
  // it copies.
  auto SameSite = [](const ReportedFinding &A, const ReportedFinding &B) {
    return A.Where == B.Where && A.Check == B.Check && (A.Check == BlockingCheckName || A.Text == B.Text);
  };
  All.erase(std::unique(All.begin(), All.end(), SameSite), All.end());
  return All;
}

namespace {

class SourceLines {
public:
  explicit SourceLines(const std::string &Root) : Root(Root) {}

  std::string path(const NamedPlace &P) const {
    if (llvm::sys::path::is_absolute(P.File))
      return P.File;
    llvm::SmallString<256> Full(Root);
    llvm::sys::path::append(Full, P.File);
    return Full.str().str();
  }

  /// Without the line break; empty if there is no such line.
  llvm::StringRef line(const NamedPlace &P) {
    auto [It, New] = Files.try_emplace(path(P));
    if (New)
      if (auto Buffer = llvm::MemoryBuffer::getFile(It->first()))
        It->second = std::move(*Buffer);
    if (!It->second)
      return {};
    llvm::StringRef Rest = It->second->getBuffer();
    for (unsigned N = 1; N < P.Line && !Rest.empty(); ++N)
      Rest = Rest.split('\n').second;
    return Rest.split('\n').first.rtrim('\r');
  }

private:
  const std::string &Root;
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Files;
};

void print(std::string &Out, SourceLines &Sources, const NamedPlace &Where, llvm::StringRef Root,
           const std::string &Text) {
  Out += printPlace(Where, Root.str()) + ": " + Text + "\n";
  llvm::StringRef Source = Sources.line(Where);
  if (Source.empty() || Where.Column == 0 || Where.Column > Source.size() + 1)
    return;
  std::string Number = std::to_string(Where.Line);
  std::string Margin(std::max<std::size_t>(5, Number.size() + 1), ' ');
  std::string Indent;
  for (char C : Source.take_front(Where.Column - 1))
    Indent += C == '\t' ? '\t' : ' ';
  Out += Margin.substr(Number.size()) + Number + " | " + Source.str() + "\n" + Margin + " | " + Indent + "^\n";
}

} // namespace

std::string printPlace(const NamedPlace &Where, const std::string &Root) {
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  std::string Shown = relativeTo(Here.str().str(), SourceLines(Root).path(Where));
  if (Where.Line == 0)
    return Shown;
  return (llvm::Twine(Shown) + ":" + llvm::Twine(Where.Line) + ":" + llvm::Twine(Where.Column)).str();
}

std::string printFindings(const std::vector<ReportedFinding> &Findings, const std::string &Root) {
  std::string Out;
  SourceLines Sources(Root);
  for (const ReportedFinding &F : Findings) {
    print(Out, Sources, F.Where, Root, "warning: " + F.Text + " [" + F.Check + "]");
    for (const Line &N : F.Notes)
      print(Out, Sources, N.Where, Root, "note: " + N.Text);
  }
  return Out;
}

} // namespace nettune::cli
