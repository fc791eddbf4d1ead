//===- BaselineCommand.cpp - nettune baseline -----------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Baseline.h"
#include "Dates.h"
#include "ProgramRequest.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
namespace {

std::string entries(std::size_t Count) { return std::to_string(Count) + (Count == 1 ? " entry" : " entries"); }

void tell(const AcceptedFinding &F, const std::string &What) {
  llvm::outs() << F.File << ": " << What << ": " << F.Text << " [" << F.Check << "] (" << F.Fingerprint << ")\n";
}

class BaselineRun {
public:
  BaselineRun(const BaselineArguments &A, const std::string &Executable) : A(A), Executable(Executable) {}

  int create() {
    if (llvm::Error E = findFile())
      return fail(std::move(E));
    if (llvm::sys::fs::exists(File) && !A.Force)
      return cli::fail(File + ": error: is there already; 'nettune baseline update --add' adds to it, --force begins anew");
    if (llvm::Error E = summary::checkOutput(File))
      return cli::fail("error: " + llvm::toString(std::move(E)));
    if (llvm::Error E = analyseAll())
      return fail(std::move(E));
    if (!Found.complete())
      return incomplete();
    Baseline B;
    for (const ReportedFinding &F : Found.Findings)
      B.Entries.push_back(accepted(F, A.Reason.empty() ? "accepted when nettune was introduced" : A.Reason));
    return write(B);
  }

  int update() {
    if (A.Add && A.Reason.empty())
      return cli::fail("error: --add needs a --reason for what is added");
    auto Old = load();
    if (!Old)
      return fail(Old.takeError());
    if (llvm::Error E = summary::checkOutput(File))
      return cli::fail("error: " + llvm::toString(std::move(E)));
    if (llvm::Error E = analyseAll())
      return fail(std::move(E));
    if (!Found.complete())
      return incomplete();
    Baseline New;
    for (const ReportedFinding &F : Found.Findings) {
      const AcceptedFinding *Entry = Old->find(F.Fingerprint);
      if (!Entry && !A.Add)
        continue;
      AcceptedFinding Kept = accepted(F, Entry ? Entry->Reason : A.Reason);
      if (Entry)
        Kept.Expires = Entry->Expires;
      else
        tell(Kept, "added");
      New.Entries.push_back(std::move(Kept));
    }
    for (const AcceptedFinding &F : Old->Entries)
      if (!New.find(F.Fingerprint))
        tell(F, "removed, it is repaired");
    return write(New);
  }

  int check() {
    auto B = load();
    if (!B)
      return fail(B.takeError());
    if (llvm::Error E = analyseAll())
      return fail(std::move(E));
    BaselineUse Use = apply(*B, Found, today());
    unsigned Bad = 0;
    for (const AcceptedFinding &F : B->Entries)
      if (llvm::StringRef(F.Reason).trim().empty()) {
        tell(F, "has no reason");
        ++Bad;
      }
    for (const AcceptedFinding &F : Use.Expired)
      tell(F, "expired on " + F.Expires);
    if (!Found.complete())
      return Bad || !Use.Expired.empty() ? HasFindings : incomplete();
    for (const AcceptedFinding &F : Use.Stale)
      tell(F, "stale, it is repaired");
    return Bad || !Use.Expired.empty() || !Use.Stale.empty() ? HasFindings : Clean;
  }

private:
  /// What is wrong with the baseline is told before anything is analysed.
  llvm::Error findFile() {
    auto Wanted = requestOf(A, Executable);
    if (!Wanted)
      return Wanted.takeError();
    Request = std::move(*Wanted);
    auto Root = rootOf(Request.BuildDir, Request.Root);
    if (!Root)
      return Root.takeError();
    File = A.File.empty() ? usualBaseline(*Root) : absolutePath(A.File);
    return llvm::Error::success();
  }

  llvm::Expected<Baseline> load() {
    if (llvm::Error E = findFile())
      return std::move(E);
    return Baseline::read(File);
  }

  /// After findFile().
  llvm::Error analyseAll() {
    auto Result = analyse(Request);
    if (!Result)
      return Result.takeError();
    Found = std::move(*Result);
    return llvm::Error::success();
  }

  /// Nobody knows what the missing TUs hold: their entries would go.
  int incomplete() const {
    tellIncomplete(Found);
    llvm::errs() << "nettune: the analysis is not complete, " << File << " is left as it is\n";
    return Incomplete;
  }

  int write(const Baseline &B) const {
    if (llvm::Error E = B.write(File))
      return fail(std::move(E));
    llvm::errs() << "nettune: " << File << ": " << entries(B.Entries.size()) << "\n";
    return Clean;
  }

  const BaselineArguments &A;
  const std::string &Executable;
  AnalysisRequest Request;
  Analysis Found;
  std::string File;
};

} // namespace

int baseline(const BaselineArguments &A, const std::string &Executable) {
  BaselineRun Run(A, Executable);
  switch (A.Do) {
  case BaselineArguments::Action::Create:
    return Run.create();
  case BaselineArguments::Action::Update:
    return Run.update();
  case BaselineArguments::Action::Check:
    break;
  }
  return Run.check();
}

} // namespace nettune::cli
