//===- Formats.h - one function for each format ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_FORMATS_H
#define NETTUNE_TOOLS_REPORTS_FORMATS_H

#include "Analysis.h"
#include "reports/ReportPlaces.h"

namespace nettune::cli {

/// What people are told of: what is new, unless they asked for all. Reports that know no
/// states hold these.
inline bool isShown(const Analysis &A, const ReportedFinding &F) { return F.Is == State::New || A.ShowAll; }

/// nettune's own: all that is known of each finding; docs/report.schema.json.
std::string jsonReport(const Analysis &A, ReportPlaces &Places);

/// SARIF 2.1.0 (OASIS), within what GitHub takes.
std::string sarifReport(const Analysis &A, ReportPlaces &Places);

/// Workflow commands of GitHub Actions: annotations of what is new.
std::string githubReport(const Analysis &A, ReportPlaces &Places);
/// Adds a table to the file that GITHUB_STEP_SUMMARY names, if it does.
llvm::Error writeStepSummary(const Analysis &A, ReportPlaces &Places);

/// GitLab's Code Quality report: all that is not accepted. GitLab shows what the target branch's
/// report does not have as new, and what only that has as repaired.
std::string gitlabReport(const Analysis &A, ReportPlaces &Places);

/// reviewdog's Diagnostic Format, one DiagnosticResult: what is new.
std::string rdjsonReport(const Analysis &A, ReportPlaces &Places);

/// A test case for each finding: those that are new have failed, the others are skipped.
/// One more for the analysis, which is an error for each TU that could not be analysed.
std::string junitReport(const Analysis &A, ReportPlaces &Places);

/// What is new, by file.
std::string checkstyleReport(const Analysis &A, ReportPlaces &Places);

/// One page that needs nothing else.
std::string htmlReport(const Analysis &A, ReportPlaces &Places);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_FORMATS_H
