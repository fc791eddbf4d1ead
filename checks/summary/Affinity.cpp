//===- Affinity.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Affinity.h"

#include <llvm/ADT/STLExtras.h>

namespace nettune::summary {

/// Is one the other's class or a base of it? Two classes that only share a base
/// are not.
static bool related(const ClassKeys &A, const ClassKeys &B) {
  return !A.empty() && !B.empty() &&
         (llvm::is_contained(A, B.front()) || llvm::is_contained(B, A.front()));
}

Facts withAffinity(Facts F) {
  auto IsMoved = [&](const ClassKeys &Context) {
    return llvm::any_of(F.Moves, [&](const Move &M) { return related(M.Object, Context); });
  };
  for (Registration &R : F.Registrations)
    if (R.RunsOn == model::Thread::Loop && IsMoved(R.Context))
      R.RunsOn = model::Thread::Worker;
  for (Root &R : F.Roots)
    if (R.RunsOn == model::Thread::Loop && IsMoved(R.Context))
      R.RunsOn = model::Thread::Worker;
  return F;
}

} // namespace nettune::summary
