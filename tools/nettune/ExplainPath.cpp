//===- ExplainPath.cpp - nettune explain-path -----------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "CompileCommands.h"
#include "PathNotes.h"
#include "reports/Text.h"
#include "ShardFiles.h"

#include "summary/Assumptions.h"
#include "summary/CallerConstants.h"
#include "summary/CodeAt.h"
#include "summary/Program.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
using namespace summary;

namespace {

void print(const Program &P, const Spot &S, const std::string &Root) {
  Program::LoopPath Why = P.path(S.In);
  llvm::outs() << P.functionName(S.In) << " runs on an event loop: called from " << Why.Origin << "\n";
  std::vector<clang::tidy::nettune::Finding::Note> Notes;
  clang::tidy::nettune::addPath(Why.Steps, ~0u, Notes);
  for (const auto &N : Notes)
    llvm::outs() << "  " << printPlace(named(P.facts(), N.Where), Root) << ": " << N.Text.str() << "\n";
}

std::string notFound(const std::string &File, unsigned Line, const std::string &Index) {
  if (!llvm::sys::fs::exists(File))
    return "error: there is no file '" + File + "'; give FILE relative to the current folder, or absolute";
  return "error: " + Index + " knows no code at " + File + ":" + std::to_string(Line) +
         "; name a line of the program, or run 'nettune check' again if it is new";
}

} // namespace

int explainPath(const ExplainPathArguments &A) {
  auto [Name, Number] = llvm::StringRef(A.Where).rsplit(':');
  unsigned Line = 0;
  if (Name.empty() || Number.getAsInteger(10, Line) || Line == 0)
    return fail("error: '" + A.Where + "' is not FILE:LINE");
  auto Loaded = loadIndex(A.BuildDir, A.Index);
  if (!Loaded)
    return fail(llvm::toString(Loaded.takeError()));
  const std::string &Root = Loaded->Root;
  const std::string Absolute = absolutePath(Name.str());
  const std::string File = relativeTo(Root, Absolute);
  bool Known = false;
  for (Facts &F : Loaded->I.Programs) {
    Program P(withCallerConstants(withAssumptions(std::move(F))));
    for (const Spot &S : spotsAt(P.facts(), File, Line)) {
      Known = true;
      if (P.runsOnLoop(S.In, S.Nest)) {
        print(P, S, Root);
        return Clean;
      }
    }
  }
  if (!Known)
    return fail(notFound(Absolute, Line, Loaded->Path));
  llvm::outs() << A.Where << " is not seen to run on an event loop\n";
  return HasFindings;
}

} // namespace nettune::cli
