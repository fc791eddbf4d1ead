//===- Check.cpp - nettune check ------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis.h"
#include "Commands.h"
#include "CompileCommands.h"
#include "reports/Reports.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringSet.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
namespace {

std::string counted(std::size_t Count, const std::string &What) {
  return std::to_string(Count) + " " + What + (Count == 1 ? "" : "s");
}

/// Steps of a path count: a change in any file on it makes the finding the reader's.
bool touches(const ReportedFinding &F, const llvm::StringSet<> &Files) {
  return Files.contains(F.Where.File) ||
         llvm::any_of(F.Notes, [&](const Line &N) { return Files.contains(N.Where.File); });
}

void keepOnly(std::vector<ReportedFinding> &Findings, const std::vector<std::string> &Files,
              const std::string &Root) {
  if (Files.empty())
    return;
  llvm::StringSet<> Wanted;
  for (const std::string &F : Files)
    Wanted.insert(relativeTo(Root, absolutePath(F)));
  std::erase_if(Findings, [&](const ReportedFinding &F) { return !touches(F, Wanted); });
}

} // namespace

int check(const CheckArguments &A, const std::string &Executable) {
  for (const std::string &F : A.Files)
    if (!llvm::sys::fs::exists(F))
      return fail(F + ": error: there is no such file");
  std::vector<ReportRequest> Reports;
  if (llvm::Error E = parseFormats(A.Formats, Reports))
    return fail(llvm::toString(std::move(E)));
  auto Result = analyse({A.BuildDir, A.Root, A.Jobs, A.Programs, A.NoLinkInfo, Executable});
  if (!Result)
    return fail(llvm::toString(Result.takeError()));
  keepOnly(Result->Findings, A.Files, Result->Root);
  if (llvm::Error E = writeReports(Reports, *Result))
    return fail(llvm::toString(std::move(E)));
  for (const Analysis::LostTu &T : Result->Lost)
    llvm::errs() << "nettune: " << T.File << ": error: could not be analysed; see " << T.Why << "\n";
  llvm::errs() << "nettune: " << counted(Result->Tus, "translation unit")
               << (Result->Programs ? " in " + counted(Result->Programs, "program") : "") << ", " << Result->Partial.size()
               << " with errors, " << Result->Lost.size() << " not analysed, " << counted(Result->Findings.size(), "finding")
               << "\n";
  if (!Result->Findings.empty())
    return HasFindings;
  return Result->complete() ? Clean : Incomplete;
}

} // namespace nettune::cli
