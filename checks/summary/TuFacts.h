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

#include <llvm/ADT/StringSet.h>

#include <string>

namespace nettune::summary {

struct TuFacts {
  TuFacts(Facts F, LocalFacts Local) : P(std::move(F)), Local(std::move(Local)) {}
  Program P;
  LocalFacts Local;
  /// Of a TU whose program is known by an index: its main file; else empty.
  std::string MainFile;
  /// The files that the TU has code of; asked only if MainFile is set.
  llvm::StringSet<> Files;

  /// The code at \p Where is the TU's, not known from an index.
  bool isMine(Place Where) const { return MainFile.empty() || Files.contains(P.text(Where.File)); }
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_TUFACTS_H
