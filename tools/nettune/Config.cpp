//===- Config.cpp - nettune config ----------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "reports/Text.h"

#include "model/ConfigurationFile.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <iostream>

namespace nettune::cli {
using namespace model;

/// Larger files are no configurations.
static constexpr std::uint64_t MaxBytes = 1 << 20;

static std::string names(const Reference &R) {
  std::string All;
  for (const Workload &W : R.Workloads)
    All += (All.empty() ? "" : ", ") + W.Name;
  return All;
}

/// The text of a regular file; else says why not.
static std::unique_ptr<llvm::MemoryBuffer> readFile(const std::string &File, std::string &Error) {
  llvm::sys::fs::file_status Status;
  if (std::error_code Code = llvm::sys::fs::status(File, Status)) {
    Error = File + ": " + Code.message();
    return nullptr;
  }
  if (Status.type() != llvm::sys::fs::file_type::regular_file) {
    Error = File + ": not a regular file";
    return nullptr;
  }
  if (Status.getSize() > MaxBytes) {
    Error = File + ": larger than 1 MiB";
    return nullptr;
  }
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer) {
    Error = File + ": " + Buffer.getError().message();
    return nullptr;
  }
  return std::move(*Buffer);
}

int config(const ConfigArguments &A) {
  const Reference &R = builtInReference();
  const Workload *Named = R.workload(A.Workload);
  if (!A.Workload.empty() && !Named)
    return fail("no workload '" + A.Workload + "'; one of: " + names(R));
  ConfigurationTarget Target{Named, A.Cores ? A.Cores : R.Cores,
                             A.MemoryGib ? A.MemoryGib << 30 : R.MemoryBytes};
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  bool Unread = false;
  std::vector<ReportedFinding> Findings;
  for (const std::string &File : A.Files) {
    std::string Error;
    const auto Text = readFile(File, Error);
    if (!Text) {
      fail(Error);
      Unread = true;
      continue;
    }
    if (!Named) // docs/examples/configs/low_latency.json is for low_latency
      Target.For = R.workload(llvm::sys::path::stem(File).str());
    const std::string_view Content(Text->getBufferStart(), Text->getBufferSize());
    for (const ConfigurationFinding &F : checkConfiguration(Content, R, Target)) {
      const NamedPlace Where{File, F.Line, F.Column};
      ReportedFinding &R = Findings.emplace_back();
      R.Where = Where;
      R.Check = "nettune-config-" + F.Rule;
      R.Text = F.Text;
      R.Section = F.Section;
      R.Guide = Options().guideLink(F.Section);
    }
  }
  llvm::outs() << printFindings(Findings, Here.str().str());
  if (Unread)
    return BadUsage;
  return Findings.empty() ? Clean : HasFindings;
}

} // namespace nettune::cli
