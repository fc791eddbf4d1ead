//===- FactOrder.h - facts in the order of the source -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_FACTORDER_H
#define NETTUNE_FACTORDER_H

#include "summary/TuFacts.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace clang::tidy::nettune {

/// Sorted by place, one of each place: instantiations of a template share theirs.
template <typename Fact>
std::vector<const Fact *> onePerPlace(const ::nettune::summary::Program &P, const std::vector<Fact> &Facts) {
  std::vector<const Fact *> Result;
  for (const Fact &F : Facts)
    Result.push_back(&F);
  // The last part keeps the order in which they were found.
  auto Key = [&](const Fact *F) { return std::tuple(P.text(F->Where.File), F->Where.Line, F->Where.Column, F); };
  std::sort(Result.begin(), Result.end(),
            [&](const Fact *A, const Fact *B) { return Key(A) < Key(B); });
  auto Same = [](const Fact *A, const Fact *B) { return A->Where == B->Where; };
  Result.erase(std::unique(Result.begin(), Result.end(), Same), Result.end());
  return Result;
}

} // namespace clang::tidy::nettune

#endif // NETTUNE_FACTORDER_H
