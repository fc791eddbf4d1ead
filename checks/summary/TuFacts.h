//===- TuFacts.h - what the checks of one TU ask ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_TUFACTS_H
#define NETTUNE_SUMMARY_TUFACTS_H

#include "summary/LocalFacts.h"
#include "summary/Program.h"

#include <memory>
#include <set>
#include <string>

namespace nettune::summary {

struct TuFacts {
  /// The facts of the TU, or of each program that it belongs to, one at least; what
  /// is the TU's has the same numbers in all of them.
  TuFacts(std::vector<Facts> Programs, LocalFacts Local);

  Program P;
  LocalFacts Local;
  /// Of a TU whose program is known by an index: its main file; else empty.
  std::string MainFile;
  /// The files that the TU has code of; asked only if MainFile is set.
  std::set<std::string> Files;

  /// The code at \p Where is the TU's, not known from an index.
  bool isMine(Place Where) const { return MainFile.empty() || Files.contains(P.text(Where.File).str()); }

  /// Calls \p Visit for each program, with what makes its places those of P.
  void forEachProgram(
      llvm::function_ref<void(const Program &, llvm::function_ref<Place(Place)> Mine)> Visit) const;
  /// Blocking calls of the TU on a loop of some program, and its calls that lead to
  /// one elsewhere.
  std::vector<BlockingFinding> blockingCalls() const;
  /// Some code of the function runs on a loop of some program.
  bool runsOnLoop(FunctionId Fn) const;
  bool runsOnLoop(FunctionId Fn, LoopStatements Nest) const;
  /// See Program: the path in the first program that has one, and the accept.
  Program::LoopPath path(FunctionId Fn, LoopStatements Nest) const;
  std::optional<Place> acceptAround(FunctionId Fn, LoopStatements Nest) const;

private:
  /// Places of other programs are made those of P.
  struct Other {
    std::vector<StringId> Strings;
    std::unique_ptr<Program> P;
  };
  static Facts takeFirst(std::vector<Facts> &Programs, std::vector<Other> &Others);
  TuFacts(std::vector<Facts> &Programs, LocalFacts &Local, std::vector<Other> Others);
  std::vector<BlockingFinding> blockingCalls(const Program &In, llvm::ArrayRef<StringId> Strings) const;

  std::vector<Other> Others;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_TUFACTS_H
