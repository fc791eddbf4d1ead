//===- ThreadOversubscriptionCheck.cpp ------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ThreadOversubscriptionCheck.h"

#include "FactOrder.h"

#include "summary/TestFiles.h"

#include <llvm/Support/FormatVariadic.h>

#include <map>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;
using ::nettune::model::Pool;

static const ::nettune::model::Thresholds &limits() { return ::nettune::model::builtInReference().Limits; }

/// Threads a core that nobody would call too many.
static double usualPerCore(Pool Runs) {
  return static_cast<double>(Runs == Pool::Loop ? limits().LoopThreadsPerCore : limits().ThreadsPerCore);
}

/// How many a number that stands in the code may ask for: it was chosen for some machine.
static double constantFor(double Cores) { return static_cast<double>(limits().ThreadsPerCore) * Cores; }

static bool isTooMany(const ThreadCount &C, double Cores) {
  if (C.PerCore == 0 || C.AtLeast > constantFor(Cores))
    return C.at(Cores) > constantFor(Cores);
  double Usual = usualPerCore(C.Runs);
  return C.PerCore > Usual && C.at(Cores) > Usual * Cores;
}

static std::string number(double N) { return llvm::formatv("{0}", static_cast<long long>(N)).str(); }

static std::string rate(double N) {
  std::string Text = llvm::formatv("{0:f2}", N).str();
  Text.erase(Text.find_last_not_of('0') + 1);
  if (Text.back() == '.')
    Text.pop_back();
  return Text;
}

static Finding explain(const ThreadCount &C, unsigned Cores) {
  bool Fixed = C.PerCore == 0 || C.AtLeast > constantFor(Cores);
  Finding F{C.Where,
            {Fixed ? llvm::StringLiteral("%0 threads requested for %1 cores; start with hardware_concurrency()")
                   : llvm::StringLiteral("%0 threads requested for each core; start with hardware_concurrency()"),
             {}},
            {},
            {}};
  if (Fixed)
    F.Text.Arguments = {number(C.at(Cores)), std::to_string(Cores)};
  else
    F.Text.Arguments = {rate(C.PerCore)};
  if (C.Origin.Line != 0 && C.Origin != C.Where)
    F.Notes.push_back({C.Origin, {"the number is %0 here", {number(C.at(Cores))}}});
  return F;
}

/// What the pools of one function ask for together; the pools of one object
/// share its threads.
static void addUp(const std::vector<const ThreadCount *> &Pools, unsigned Cores,
                  llvm::function_ref<void(const Finding &)> Report) {
  std::map<std::string, double> Shared;
  double Sum = 0;
  std::vector<Finding::Note> Notes;
  for (const ThreadCount *C : Pools) {
    double N = C->at(Cores);
    if (!C->Object.empty()) {
      double &Known = Shared[C->Object];
      N = std::max(0.0, N - Known);
      Known += N;
    }
    if (N <= 0)
      continue;
    Sum += N;
    Notes.push_back({C->Where, {"%0 threads here", {number(N)}}});
  }
  if (Notes.size() < 2 || Sum <= constantFor(Cores))
    return;
  Finding F{Notes.back().Where,
            {"%0 threads requested for %1 cores by %2 pools; start with hardware_concurrency() for all",
             {number(Sum), std::to_string(Cores), std::to_string(Notes.size())}},
            Notes,
            {}};
  Report(F);
}

void ThreadOversubscriptionCheck::analyze(const TuFacts &Facts) {
  const unsigned Cores = options().TargetCores;
  bool PoolsWait = false;
  Facts.forEachProgram([&](const Program &P, auto) { PoolsWait |= P.workersBlock(); });
  std::map<FunctionId, std::vector<const ThreadCount *>> Together;
  for (const ThreadCount *C : onePerPlace(Facts.P, Facts.Local.Counts.Threads)) {
    // A file of tests makes threads to make them collide.
    if (C->Runs == Pool::Blocking || (C->Runs == Pool::Compute && PoolsWait) ||
        isTestFile(Facts.P.text(C->Where.File)))
      continue;
    if (isTooMany(*C, Cores))
      report(explain(*C, Cores));
    else if (C->Lasting)
      Together[C->In].push_back(C);
  }
  for (const auto &[In, Pools] : Together)
    addUp(Pools, Cores, [this](const Finding &F) { report(F); });
}

} // namespace clang::tidy::nettune
