//===- Explain.cpp - nettune explain --------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"

#include "Commands.h"
#include "NettuneChecks.h"

#include "model/Reference.h"

#include <llvm/Support/Process.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>

namespace nettune::cli {

/// Where nobody says how wide the terminal is.
static constexpr unsigned UsualWidth = 100;

/// The anchor of a check, with or without `nettune-`, of a workload, or of a section by
/// itself. A link to the guide, as diagnostics print it, counts by its anchor.
static std::string anchorFor(llvm::StringRef Name) {
  if (auto [Document, Anchor] = Name.split('#'); !Anchor.empty())
    return Anchor.str();
  if (const model::Workload *W = model::builtInReference().workload(Name.str()))
    return W->Section;
  for (const std::string &Check : {Name.str(), "nettune-" + Name.str()})
    if (llvm::StringRef Anchor = clang::tidy::nettune::guideAnchor(Check); !Anchor.empty())
      return Anchor.str();
  return Name.str();
}

static std::string known() {
  std::string All = "checks:";
  for (llvm::StringRef Name : clang::tidy::nettune::checkNames())
    All += "\n  " + Name.str();
  All += "\nworkloads:";
  for (const model::Workload &W : model::builtInReference().Workloads)
    All += "\n  " + W.Name;
  All += "\nsections:";
  for (const std::string &Anchor : sectionAnchors(guideText()))
    All += "\n  " + Anchor;
  return All + "\n";
}

int explain(const ExplainArguments &A) {
  if (A.Name.empty()) {
    llvm::outs() << known();
    return Clean;
  }
  std::optional<std::string> Found = section(guideText(), anchorFor(A.Name));
  if (!Found)
    return fail("no check, no workload and no section '" + A.Name + "'; 'nettune explain' lists them");
  unsigned Width = llvm::sys::Process::StandardOutColumns(); // 0: no terminal
  llvm::outs() << plainText(*Found, std::clamp(Width ? Width : UsualWidth, 40u, 120u));
  return Clean;
}

} // namespace nettune::cli
