//===- Diff.cpp -----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diff.h"

#include "BaseAnalysis.h"
#include "BlockingFinding.h"
#include "Dates.h"
#include "Fingerprint.h"
#include "NewWays.h"
#include "Nolint.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/xxhash.h>

namespace nettune::cli {
namespace {

bool inChangedLine(const Changes &Since, const std::string &File, unsigned Line) {
  auto Found = Since.Lines.find(File);
  return Found != Since.Lines.end() &&
         llvm::any_of(Found->second, [&](LineRange R) { return R.First <= Line && Line <= R.Last; });
}

/// What stays of a finding when it goes to another function.
std::string kindOf(const ReportedFinding &F, SourceLines &Sources) {
  return F.Check + '\n' + F.Api + '\n' + statementText(Sources.from(F.Where));
}

/// A comment whose day is over has been there before; its day has not.
bool isOver(const ReportedFinding &F) { return F.Check == NolintExpired && isDate(F.Until); }

class Comparison {
public:
  Comparison(Analysis &Head, const Analysis &Base, const Changes &Since)
      : Head(Head), Base(Base), Since(Since), Now(Head.Root), Before(Base.Root, Since.Base.overlay()) {}

  void mark() {
    pairByFingerprint();
    pairByKind();
    for (std::size_t I = 0, Count = Head.Findings.size(); I < Count; ++I)
      addNewWay(I);
    llvm::sort(Head.Findings);
  }

private:
  void pairByFingerprint() {
    llvm::StringMap<const ReportedFinding *> Old;
    for (const ReportedFinding &F : Base.Findings)
      Old[F.Fingerprint] = &F;
    Pairs.resize(Head.Findings.size());
    llvm::StringSet<> Met;
    for (std::size_t I = 0; I < Pairs.size(); ++I)
      if (auto Found = Old.find(Head.Findings[I].Fingerprint); Found != Old.end()) {
        pair(I, *Found->second);
        Met.insert(Found->first());
      }
    for (const ReportedFinding &F : Base.Findings)
      if (!Met.contains(F.Fingerprint))
        Left[kindOf(F, Before)].push_back(&F);
  }

  /// Code that went into another function, or whose function was renamed.
  void pairByKind() {
    for (std::size_t I = 0; I < Pairs.size(); ++I) {
      if (Pairs[I])
        continue;
      auto Found = Left.find(kindOf(Head.Findings[I], Now));
      if (Found == Left.end() || Found->second.empty())
        continue;
      pair(I, *Found->second.front());
      Found->second.erase(Found->second.begin());
    }
  }

  void pair(std::size_t I, const ReportedFinding &Old) {
    Pairs[I] = &Old;
    if (!isOver(Head.Findings[I]))
      Head.Findings[I].Is = State::Unchanged;
    Head.Findings[I].BaseFingerprint = Old.Fingerprint;
  }

  void addNewWay(std::size_t I) {
    const ReportedFinding &Site = Head.Findings[I];
    if (!Pairs[I] || !Site.Ways || !Pairs[I]->Ways)
      return;
    auto Preferred = [&](const NamedPlace &P) { return inChangedLine(Since, Now.path(P), P.Line); };
    std::optional<NewWay> W = newWay(*Site.Ways, Head.Entities, *Pairs[I]->Ways, Base.Entities, Preferred);
    if (!W)
      return;
    // clang-tidy looks for comments at the site, which is elsewhere.
    if (isSilenced(W->Where.Line > 1 ? Now.line({W->Where.File, W->Where.Line - 1, 1}) : llvm::StringRef(), Now.line(W->Where), Site.Check))
      return;
    ReportedFinding F = Site;
    F.Where = W->Where;
    F.Is = State::New;
    F.BaseFingerprint.clear();
    if (!W->Api.empty())
      F.Api = W->Api;
    bool Certain = F.Ways->Always && !W->Uncertain;
    F.Text = clang::tidy::nettune::blockingMessage(F.Api, Certain, W->Origin, F.Ways->Instead).str();
    // Of the notes behind the path, those of the site still hold.
    F.Notes.erase(F.Notes.begin(), F.Notes.begin() + static_cast<std::ptrdiff_t>(F.Hops));
    std::erase_if(F.Notes, [](const Line &N) { return llvm::StringRef(N.Text).starts_with("also reached from "); });
    F.Path = W->Path;
    F.Hops = W->Path.size();
    F.Notes.insert(F.Notes.begin(), W->Path.begin(), W->Path.end());
    std::string Key = Site.Fingerprint + '\n' + statementText(Now.from(W->Where));
    F.Fingerprint = llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true, /*Width=*/16);
    Head.Findings.push_back(std::move(F));
  }

  Analysis &Head;
  const Analysis &Base;
  const Changes &Since;
  SourceLines Now, Before;
  std::vector<const ReportedFinding *> Pairs; ///< by finding of the head: the base's; null: it has none
  std::map<std::string, std::vector<const ReportedFinding *>> Left; ///< of the base, by kind: without a pair
};

} // namespace

llvm::Error markNew(Analysis &A, const AnalysisRequest &R, const Changes &Since, std::string &Warning) {
  A.Compared = true;
  if (Since.Lines.empty() && Since.Deleted.empty()) {
    for (ReportedFinding &F : A.Findings)
      if (!isOver(F))
        F.Is = State::Unchanged;
    return llvm::Error::success();
  }
  auto Base = analyseBase(A, R, Since);
  if (!Base)
    return Base.takeError();
  if (!Base->Lost.empty())
    Warning = Base->Lost.front().File + ": warning: could not be analysed as it was at the base" +
              (Base->Lost.size() > 1 ? ", nor could " + std::to_string(Base->Lost.size() - 1) + " others" : "") +
              "; what is found there counts as new: " + Base->Lost.front().Why;
  else if (auto Broken = llvm::find_if(Base->Partial, [&](const std::string &Tu) { return !llvm::is_contained(A.Partial, Tu); });
           Broken != Base->Partial.end())
    Warning = *Broken + ": warning: has errors as it was at the base, compiled with the command of now; what was found there "
                        "may count as new";
  Comparison(A, *Base, Since).mark();
  return llvm::Error::success();
}

void markNewByLines(Analysis &A, const Changes &Since) {
  A.Compared = true;
  SourceLines Sources(A.Root);
  auto InChange = [&](const NamedPlace &P) { return inChangedLine(Since, Sources.path(P), P.Line); };
  for (ReportedFinding &F : A.Findings)
    if (!InChange(F.Where) && !llvm::any_of(F.Path, [&](const Line &L) { return InChange(L.Where); }))
      F.Is = State::Unchanged;
}

} // namespace nettune::cli
