//===- Reports.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Reports.h"

#include "Commands.h"
#include "reports/Formats.h"
#include "reports/Text.h"

#include "summary/AtomicFile.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/raw_ostream.h>

#include <set>

namespace nettune::cli {
namespace {

struct Format {
  const char *Name;
  std::string (*Write)(const Analysis &A, ReportPlaces &Places);
  /// What is written elsewhere beside the report.
  llvm::Error (*Also)(const Analysis &A, ReportPlaces &Places) = nullptr;
};

const Format Formats[] = {
    {"text", [](const Analysis &A, ReportPlaces &) { return printFindings(A.Findings, A.Root, A.ShowAll); }},
    {"html", htmlReport},
    {"json", jsonReport},
    {"sarif", sarifReport},
    {"github", githubReport, writeStepSummary},
    {"gitlab", gitlabReport},
    {"rdjson", rdjsonReport},
    {"junit", junitReport},
    {"checkstyle", checkstyleReport},
};

const Format *find(llvm::StringRef Name) {
  const Format *F = llvm::find_if(Formats, [&](const Format &F) { return Name == F.Name; });
  return F == std::end(Formats) ? nullptr : F;
}

} // namespace

std::vector<std::string> reportFormats() {
  std::vector<std::string> Names;
  for (const Format &F : Formats)
    Names.push_back(F.Name);
  return Names;
}

llvm::Error parseFormats(const std::vector<std::string> &Arguments, std::vector<ReportRequest> &Reports) {
  std::set<std::string> Places;
  for (const std::string &Argument : Arguments) {
    auto [Name, File] = llvm::StringRef(Argument).split('=');
    if (!find(Name))
      return llvm::createStringError("error: no report format '" + Name + "'; one of: " + llvm::join(reportFormats(), ", "));
    if (File.empty() && llvm::StringRef(Argument).ends_with("="))
      return llvm::createStringError("error: --format " + Argument + " names no file");
    if (!Places.insert(File.str()).second)
      return llvm::createStringError("error: two reports go to " +
                                     (File.empty() ? "the standard output" : "'" + File.str() + "'") +
                                     "; name a file with --format NAME=FILE");
    if (!File.empty())
      if (llvm::Error E = summary::checkOutput(File))
        return llvm::createStringError("error: --format " + Argument + ": " + llvm::toString(std::move(E)));
    Reports.push_back({Name.str(), File.str()});
  }
  if (Reports.empty())
    Reports.push_back({"text", ""});
  return llvm::Error::success();
}

llvm::Error writeReports(const std::vector<ReportRequest> &Reports, const Analysis &A) {
  llvm::Error Failed = llvm::Error::success();
  ReportPlaces Places(A.Root);
  for (const ReportRequest &R : Reports) {
    const Format &F = *find(R.Format);
    const std::string Text = F.Write(A, Places);
    if (R.File.empty()) {
      llvm::outs() << Text;
      llvm::outs().flush(); // before what follows on the error stream
    } else {
      Failed = llvm::joinErrors(std::move(Failed), summary::writeOutput(R.File, Text));
    }
    if (F.Also)
      Failed = llvm::joinErrors(std::move(Failed), F.Also(A, Places));
  }
  return Failed;
}

} // namespace nettune::cli
