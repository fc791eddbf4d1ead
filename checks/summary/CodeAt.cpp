//===- CodeAt.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/CodeAt.h"

namespace nettune::summary {

std::vector<Spot> spotsAt(const Facts &F, llvm::StringRef File, unsigned Line) {
  std::vector<Spot> Spots;
  auto On = [&](Place P) { return P.Line == Line && F.text(P.File) == File; };
  for (const Call &C : F.Calls)
    if (On(C.Where))
      Spots.push_back({C.Caller, F.nest(C)});
  for (const BlockingSite &S : F.Sites)
    if (On(S.Where))
      Spots.push_back({S.In, S.Loops});
  if (!Spots.empty())
    return Spots;
  unsigned Nearest = 0;
  for (FunctionId Fn = 0; Fn < F.Functions.size(); ++Fn) {
    const Function &Info = F.Functions[Fn];
    if (!Info.has(Function::HasBody) || Info.Where.Line > Line || F.text(Info.Where.File) != File ||
        Info.Where.Line < Nearest)
      continue;
    if (Info.Where.Line > Nearest)
      Spots.clear();
    Nearest = Info.Where.Line;
    Spots.push_back({Fn, {}});
  }
  return Spots;
}

} // namespace nettune::summary
