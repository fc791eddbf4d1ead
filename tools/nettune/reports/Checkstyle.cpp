//===- Checkstyle.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Encoding.h"
#include "reports/Formats.h"

#include <map>

namespace nettune::cli {

std::string checkstyleReport(const Analysis &A, ReportPlaces &Places) {
  std::map<std::string, std::string> Errors; // by file
  for (const ReportedFinding &F : A.Findings) {
    if (!isShown(A, F))
      continue;
    const ReportPlaces::Region R = Places.utf16(F.Where);
    Errors[Places.file(F.Where)] += "    <error line=\"" + std::to_string(R.Line) + "\" column=\"" + std::to_string(R.Column) +
                                    "\" severity=\"warning\" message=\"" + xmlText(F.Text) + "\" source=\"" + xmlText(F.Check) + "\"/>\n";
  }
  std::string Out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n";
  for (const auto &[File, Lines] : Errors)
    Out += "  <file name=\"" + xmlText(File) + "\">\n" + Lines + "  </file>\n";
  return Out + "</checkstyle>\n";
}

} // namespace nettune::cli
