//===- StoredFinding.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/StoredFinding.h"

namespace nettune::summary {

StoredFinding moveToTable(StoredFinding Finding, const StringTable &From, StringTable &To) {
  auto Move = [&](Place &P) { P.File = To.add(From[P.File]); };
  Move(Finding.Where);
  for (StoredFinding::Note &N : Finding.Notes)
    Move(N.Where);
  for (Edit &E : Finding.Fixes) {
    Move(E.Begin);
    Move(E.End);
  }
  return Finding;
}

} // namespace nettune::summary
