//===- Findings.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Findings.h"

#include "BlockingFinding.h"
#include "CopyFinding.h"
#include "NettuneChecks.h"
#include "NewWays.h"
#include "PathNotes.h"

#include "summary/OnePerSite.h"
#include "summary/ReceivedData.h"
#include "summary/StableKey.h"

#include <algorithm>

namespace nettune::cli {
using namespace summary;
using clang::tidy::nettune::addPath;
using clang::tidy::nettune::BlockingCheckName;
using clang::tidy::nettune::describeBlocking;
using clang::tidy::nettune::Finding;
using clang::tidy::nettune::guideAnchor;

NamedPlace named(const Facts &F, Place Where) { return {F.text(Where.File).str(), Where.Line, Where.Column}; }

static NamedPlace named(const StringTable &Files, Place P) { return {Files[P.File].str(), P.Line, P.Column}; }

static StackTrail trailOf(const BlockingFinding &B) {
  StackTrail T;
  for (const PathStep &S : B.Path)
    T.Functions.push_back(S.Subject);
  if (!B.Path.empty()) { // of two lambdas the last step tells the line
    const PathStep &S = B.Path.back();
    const bool Called = S.K == PathStep::Kind::Calls || S.K == PathStep::Kind::CallsVirtual || S.K == PathStep::Kind::CallsThroughCallable;
    if (!Called)
      T.Functions.pop_back();
    const bool InLambda = llvm::StringRef(Called ? S.Object : S.Subject).starts_with("the lambda ");
    T.Functions.push_back((InLambda ? "the lambda in '" : "'") + B.Function + "'");
  }
  for (const BlockingFinding::Caller &C : B.AlsoReachedFrom)
    T.OtherCallers.push_back(C.Name);
  for (const BlockingFinding::Site &S : B.Sites)
    T.Apis.push_back(S.Api);
  return T;
}

static ReportedFinding reported(const StringTable &Files, const BlockingFinding &B, const Options &O) {
  Finding F = describeBlocking(B, O.MaxPathNotes);
  ReportedFinding R{.Where = named(Files, F.Where),
                    .Check = BlockingCheckName.str(),
                    .Text = F.Text.str(),
                    .Notes = {},
                    .Hops = std::min<std::size_t>(B.Path.size(), O.MaxPathNotes + 1), // with what says how many are cut
                    .Path = {},
                    .Section = guideAnchor(BlockingCheckName).str(),
                    .Guide = O.guideLink(guideAnchor(BlockingCheckName)),
                    .Fixes = {},
                    .Function = B.Function,
                    .Entity = B.Entity,
                    .Api = B.Sites.front().Api,
                    .Trail = trailOf(B)};
  for (const Finding::Note &N : F.Notes)
    R.Notes.push_back({named(Files, N.Where), N.Text.str()});
  std::vector<Finding::Note> Path;
  addPath(B.Path, B.Path.size(), Path);
  for (const Finding::Note &N : Path)
    R.Path.push_back({named(Files, N.Where), N.Text.str()});
  return R;
}

static ReportedFinding reported(const StringTable &Files, const StoredFinding &S) {
  ReportedFinding R{.Where = named(Files, S.Where),
                    .Check = S.Check,
                    .Text = S.Text,
                    .Notes = {},
                    .Path = {},
                    .Section = guideAnchor(S.Check).str(),
                    .Guide = {},
                    .Fixes = {},
                    .Function = S.Function,
                    .Entity = S.Entity,
                    .Api = {},
                    .Until = S.Until};
  for (const StoredFinding::Note &N : S.Notes) {
    llvm::StringRef Link = N.Text;
    if (Link.consume_front("guide: "))
      R.Guide = Link.str();
    else
      R.Notes.push_back({named(Files, N.Where), N.Text});
  }
  for (const Edit &E : S.Fixes)
    R.Fixes.push_back({named(Files, E.Begin), named(Files, E.End), E.Text});
  return R;
}

/// A site that several programs reach is one.
void FindingCollector::addWays(const Program &P, const BlockingFinding &B) {
  std::shared_ptr<NamedWays> &All = Ways[named(P.facts(), B.Sites.front().Where)];
  if (!All)
    All = std::make_shared<NamedWays>();
  All->add(P.waysTo(B), P.facts());
  All->Instead = B.Instead;
  All->Always = B.Always;
}

void FindingCollector::add(const Program &P) {
  const Facts &F = P.facts();
  std::vector<StringId> Ids = moveStrings(F.Strings, Files);
  for (BlockingFinding &B : P.blockingCallsOnLoop())
    if (B.Certain || O.ReportMayBlock) {
      if (WithWays)
        addWays(P, B);
      Blocking.push_back(moved(std::move(B), Ids));
    }
  if (WithWays)
    for (const Function &Fn : F.Functions)
      if (Fn.has(Function::HasBody))
        Entities.insert(stableKey(F.text(Fn.Key)));
  if (F.CopySources.empty())
    return;
  ReceivedData Data(F, P.callables());
  for (const CopySource &C : F.CopySources)
    if (Data.holds(C.From))
      Received.try_emplace({named(F, C.Where), F.text(C.Text).str()}, named(F, Data.origin(C.From)));
}

std::vector<ReportedFinding> FindingCollector::take(const Index &I) {
  std::vector<ReportedFinding> All;
  for (const BlockingFinding &B : onePerSite(std::move(Blocking))) {
    All.push_back(reported(Files, B, O));
    if (auto Found = Ways.find(named(Files, B.Sites.front().Where)); Found != Ways.end())
      All.back().Ways = Found->second;
  }
  for (const StoredFinding &S : I.Local) {
    ReportedFinding R = reported(I.Files, S);
    if (S.IfReceived) {
      auto Origin = Received.find({R.Where, R.Text});
      if (Origin == Received.end())
        continue;
      R.Notes.push_back({Origin->second, clang::tidy::nettune::CopyOriginNote.str()});
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

} // namespace nettune::cli
