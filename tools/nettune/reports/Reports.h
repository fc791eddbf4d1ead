//===- Reports.h - what the gate writes, in which formats -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_REPORTS_H
#define NETTUNE_TOOLS_REPORTS_REPORTS_H

#include "Analysis.h"

namespace nettune::cli {

struct ReportRequest {
  std::string Format; ///< a name of reportFormats(), Commands.h
  std::string File;   ///< empty: the standard output
};

/// `NAME` or `NAME=FILE`, each; text on the standard output if there are none. Two
/// reports at one place are an error, as is a name that nobody knows and
/// a file that cannot be written.
llvm::Error parseFormats(const std::vector<std::string> &Arguments, std::vector<ReportRequest> &Reports);

/// Files are written whole or not at all. The error of one does not keep the others back.
llvm::Error writeReports(const std::vector<ReportRequest> &Reports, const Analysis &A);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_REPORTS_H
