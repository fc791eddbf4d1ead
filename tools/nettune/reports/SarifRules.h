//===- SarifRules.h - what SARIF says of the checks -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_SARIFRULES_H
#define NETTUNE_TOOLS_REPORTS_SARIFRULES_H

#include "Findings.h"

#include <llvm/Support/JSON.h>

namespace nettune::cli {

/// One reportingDescriptor: what the check's page begins with, and the guide's section as its help.
void writeSarifRule(llvm::json::OStream &J, const ReportedFinding &Example);

/// The Markdown of a section as it can be read away from the guide, to which \p Guide
/// leads: comments are gone; links into the documents lead to where the guide is, or are
/// text if it is not on the web.
std::string standaloneMarkdown(llvm::StringRef Section, llvm::StringRef Guide);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_SARIFRULES_H
