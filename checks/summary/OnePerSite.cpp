//===- OnePerSite.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/OnePerSite.h"

#include <algorithm>
#include <set>

namespace nettune::summary {

std::vector<StringId> moveStrings(const StringTable &From, StringTable &To) {
  std::vector<StringId> Ids(From.size());
  for (StringId I = 0; I < From.size(); ++I)
    Ids[I] = To.add(From[I]);
  return Ids;
}

Place moved(Place P, llvm::ArrayRef<StringId> Ids) {
  P.File = Ids[P.File];
  return P;
}

BlockingFinding moved(BlockingFinding B, llvm::ArrayRef<StringId> Ids) {
  for (BlockingFinding::Site &S : B.Sites)
    S.Where = moved(S.Where, Ids);
  if (B.At)
    B.At = moved(*B.At, Ids);
  for (PathStep &S : B.Path)
    S.Where = moved(S.Where, Ids);
  for (BlockingFinding::Caller &C : B.AlsoReachedFrom)
    C.Where = moved(C.Where, Ids);
  return B;
}

std::vector<BlockingFinding> onePerSite(std::vector<BlockingFinding> Findings) {
  std::stable_sort(Findings.begin(), Findings.end(), [](const BlockingFinding &A, const BlockingFinding &B) {
    return std::tuple(!A.Certain, A.Path.size()) < std::tuple(!B.Certain, B.Path.size());
  });
  std::set<Place> Told;
  std::erase_if(Findings, [&](const BlockingFinding &B) {
    if (!Told.insert(B.At.value_or(B.Sites.front().Where)).second)
      return true;
    if (!B.At) // it names all of its sites
      for (const BlockingFinding::Site &S : B.Sites)
        Told.insert(S.Where);
    return false;
  });
  return Findings;
}

} // namespace nettune::summary
