//===- Check.cpp - nettune check ------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AskedFiles.h"
#include "Baseline.h"
#include "Dates.h"
#include "Diff.h"
#include "FixFindings.h"
#include "ProgramRequest.h"
#include "Stacks.h"
#include "Stopwatch.h"
#include "reports/Encoding.h"
#include "reports/Reports.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Format.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
namespace {

std::string counted(std::size_t Count, const std::string &What) {
  return std::to_string(Count) + " " + What + (Count == 1 ? "" : "s");
}

/// The sources' repository is known before they are analysed: a base that is not there
/// is told at once.
llvm::Error findChanges(const CheckArguments &A, std::optional<Changes> &Since, bool Quiet = false) {
  auto Root = rootOf(A.BuildDir, A.Root);
  if (!Root)
    return Root.takeError();
  auto Base = findDiffBase(*Root, A.DiffBase);
  if (!Base)
    return Base.takeError();
  auto Found = changesSince(*Root, Base->Commit);
  if (!Found)
    return Found.takeError();
  if (!Quiet)
    llvm::errs() << "nettune: compared to " << llvm::StringRef(Base->Commit).take_front(12) << " (" << Base->Told << ")\n";
  if (!Quiet)
    for (const std::string &Warning : Found->Warnings)
      llvm::errs() << "nettune: " << printable(Warning) << "\n";
  Since = std::move(*Found);
  return llvm::Error::success();
}

llvm::Error compare(Analysis &A, const AnalysisRequest &R, const Changes &Since, bool ByLines, bool Quiet) {
  if (ByLines) {
    markNewByLines(A, Since);
    return llvm::Error::success();
  }
  std::string Warning;
  if (llvm::Error E = markNew(A, R, Since, Warning))
    return E;
  if (!Warning.empty() && !Quiet)
    llvm::errs() << "nettune: " << Warning << "\n";
  return llvm::Error::success();
}

/// Read before anything is analysed; none: there is none.
llvm::Error loadBaseline(const CheckArguments &A, std::optional<Baseline> &B) {
  if (A.NoBaseline)
    return llvm::Error::success();
  std::string File = A.Baseline;
  if (File.empty()) {
    auto Root = rootOf(A.BuildDir, A.Root);
    if (!Root)
      return Root.takeError();
    File = usualBaseline(*Root);
    if (!llvm::sys::fs::exists(File))
      return llvm::Error::success();
  }
  auto Read = Baseline::read(File);
  if (!Read)
    return Read.takeError();
  B = std::move(*Read);
  return llvm::Error::success();
}

void accept(const Baseline &B, Analysis &A, bool Quiet) {
  BaselineUse Use = apply(B, A, today());
  if (Quiet)
    return;
  for (const AcceptedFinding &F : Use.Expired)
    llvm::errs() << "nettune: baseline: expired on " << F.Expires << ": " << F.File << ": " << F.Text << " [" << F.Check << "]\n";
  if (A.complete())
    for (const AcceptedFinding &F : Use.Stale)
      llvm::errs() << "nettune: baseline: stale, 'nettune baseline update' removes it: " << F.File << ": " << F.Text << " [" << F.Check << "]\n";
}

/// Of none: there is no profile.
llvm::Error loadStacks(const std::string &File, std::optional<FoldedStacks> &Profile) {
  if (File.empty())
    return llvm::Error::success();
  auto Read = FoldedStacks::read(File);
  if (!Read)
    return Read.takeError();
  Profile = std::move(*Read);
  return llvm::Error::success();
}

/// Findings with their states, of the files that were asked for. \p Quiet: another run follows,
/// which says what there is to say.
llvm::Expected<Analysis> findNew(const CheckArguments &A, const AnalysisRequest &R, const std::optional<Changes> &Since,
                                 const std::optional<Baseline> &Lived, bool Quiet) {
  auto Result = analyse(R);
  if (!Result)
    return Result.takeError();
  if (Since)
    if (llvm::Error E = compare(*Result, R, *Since, A.DiffLines, Quiet))
      return E;
  if (Lived)
    accept(*Lived, *Result, Quiet);
  if (llvm::Error E = keepAsked(*Result, A.Files))
    return E;
  return Result;
}

/// Repairs what it can; false: a file could not be written.
llvm::Expected<bool> fix(const CheckArguments &A, const AnalysisRequest &R, std::optional<Changes> &Since, const std::optional<Baseline> &Lived) {
  const llvm::sys::TimePoint<> Began = std::chrono::system_clock::now();
  auto Before = findNew(A, R, Since, Lived, /*Quiet=*/true);
  if (!Before)
    return Before.takeError();
  if (!Before->complete() && !A.AllowIncomplete) {
    llvm::errs() << "nettune: nothing is fixed while files cannot be analysed whole; with --allow-incomplete it is\n";
    return true;
  }
  const AppliedFixes Done = applyFixes(*Before, Began);
  for (const auto *List : {&Done.LeftOut, &Done.Errors})
    for (const std::string &Text : *List)
      llvm::errs() << "nettune: " << printable(Text) << "\n";
  llvm::errs() << "nettune: fixed " << counted(Done.Findings, "finding") << " in " << counted(Done.Files, "file") << "\n";
  if (Since && Done.Files)
    if (llvm::Error E = findChanges(A, Since, /*Quiet=*/true))
      return E;
  return Done.Errors.empty();
}

/// That make the gate fail.
std::size_t failing(const Analysis &A, const std::string &FailOn) {
  if (FailOn == "none")
    return 0;
  return llvm::count_if(A.Findings, [&](const ReportedFinding &F) { return F.Is == State::New || FailOn == "any"; });
}

/// What says of the analysis how sure it is.
void printSummary(const Analysis &A, std::size_t New) {
  tellIncomplete(A);
  llvm::errs() << "nettune: " << counted(A.Tus, "translation unit")
               << (A.Programs ? " in " + counted(A.Programs, "program") : "") << ", " << A.Partial.size()
               << " with errors, " << A.Lost.size() << " not analysed, " << counted(New, A.Compared ? "new finding" : "finding")
               << "\n";
}

/// The parts of a run. Shards are made by several processes at once: theirs is the sum.
void printTimings(const Analysis &A, double Total) {
  const MadeShards &M = A.Made;
  auto Seconds = [](double S) { return llvm::format("%.3f s", S); };
  llvm::errs() << "nettune: shards " << Seconds(A.ShardSeconds) << ": " << counted(M.Ran, "file") << " out of date, " << M.FromStore
               << " of them from the cache; their lookup " << Seconds(M.Times.Lookup) << ", analysis " << Seconds(M.Times.Analysis)
               << ", writing " << Seconds(M.Times.Writing) << "\n"
               << "nettune: linking and solving " << Seconds(A.SolveSeconds) << ", the rest "
               << Seconds(Total - A.ShardSeconds - A.SolveSeconds) << ", all " << Seconds(Total) << "\n";
}

} // namespace

int check(const CheckArguments &Given, const std::string &Executable) {
  Stopwatch Watch;
  CheckArguments A = Given;
  if (llvm::Error E = checkAsked(A.Files))
    return fail(std::move(E));
  std::vector<ReportRequest> Reports;
  if (llvm::Error E = parseFormats(A.Formats, Reports))
    return fail(std::move(E));
  std::optional<FoldedStacks> Profile;
  if (llvm::Error E = loadStacks(A.Stacks, Profile))
    return fail(std::move(E));
  auto Request = requestOf(A, Executable, A.Files);
  if (!Request)
    return fail(Request.takeError());
  A.BuildDir = Request->BuildDir;
  Request->Pchs = *pchModeOf(A.Pch);
  Request->WithWays = A.Diff && !A.DiffLines;
  Request->RequireReason = A.RequireReason;
  std::optional<Changes> Since;
  if (A.Diff)
    if (llvm::Error E = findChanges(A, Since))
      return fail(std::move(E));
  std::optional<Baseline> Lived;
  if (llvm::Error E = loadBaseline(A, Lived))
    return fail(std::move(E));
  bool AllWritten = true;
  if (A.Fix) {
    auto Done = fix(A, *Request, Since, Lived);
    if (!Done)
      return fail(Done.takeError());
    AllWritten = *Done;
  }
  auto Result = findNew(A, *Request, Since, Lived, /*Quiet=*/false);
  if (!Result)
    return fail(Result.takeError());
  Result->ShowAll = A.FailOn == "any";
  if (Profile)
    Profile->mark(*Result, A.StacksUnit);
  if (llvm::Error E = writeReports(Reports, *Result))
    return fail(std::move(E));
  std::size_t New = llvm::count_if(Result->Findings, [](const ReportedFinding &F) { return F.Is == State::New; });
  printSummary(*Result, New);
  if (A.Timings)
    printTimings(*Result, Watch.lap());
  if (!AllWritten)
    return BadUsage;
  if (failing(*Result, A.FailOn))
    return HasFindings;
  return Result->complete() || A.AllowIncomplete ? Clean : Incomplete;
}

} // namespace nettune::cli
