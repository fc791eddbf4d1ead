//===- ZeroArguments.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/ZeroArguments.h"

#include <llvm/ADT/DenseSet.h>

#include <map>
#include <set>

namespace nettune::summary {

/// Functions that more than direct calls may run, or that may be an event loop.
static llvm::DenseSet<FunctionId> runOtherwise(const Facts &F) {
  llvm::DenseSet<FunctionId> Found;
  for (const Wait &W : F.Waits)
    Found.insert(W.In);
  for (const Override &O : F.Overrides)
    Found.insert(O.Base), Found.insert(O.Derived);
  for (const Root &R : F.Roots)
    Found.insert(R.F);
  for (const Flow &E : F.Flows)
    if (!E.From.IsSlot)
      Found.insert(E.From.Id);
  for (const Registration &R : F.Registrations)
    for (Atom A : R.Callables)
      if (!A.IsSlot)
        Found.insert(A.Id);
  for (std::uint32_t List = 0; List < F.AtomSets.size(); ++List)
    for (Atom A : F.AtomSets[List])
      if (!A.IsSlot)
        Found.insert(A.Id);
  for (const Call &C : F.Calls) {
    if (C.K == CallKind::Virtual)
      Found.insert(C.Callee);
    if (C.Loops != 0)
      Found.insert(C.Caller);
  }
  return Found;
}

Facts withZeroArguments(Facts F) {
  // The function that waits, by the function and the parameter that decides.
  std::map<std::pair<FunctionId, unsigned>, FunctionId> Waiting;
  for (const BlockingSite &S : F.Sites)
    if (S.UnlessZero != 0)
      Waiting.try_emplace({S.In, S.UnlessZero}, None);
  if (Waiting.empty())
    return F;
  llvm::DenseSet<FunctionId> Otherwise = runOtherwise(F);
  std::erase_if(Waiting, [&](const auto &W) { return Otherwise.contains(W.first.first); });
  for (auto &[Key, Fn] : Waiting) {
    std::string Name = F.text(F.Functions[Key.first].Key).str() + "#" + std::to_string(Key.second);
    Function Row = F.Functions[Key.first];
    Fn = F.function(Name);
    Row.Key = F.Functions[Fn].Key;
    F.Functions[Fn] = Row;
  }
  std::set<ZeroArgument> Zeros(F.ZeroArguments.begin(), F.ZeroArguments.end());
  std::size_t Calls = F.Calls.size();
  for (std::size_t I = 0; I < Calls; ++I) {
    Call C = F.Calls[I];
    FunctionId Called = C.Callee;
    if (C.K != CallKind::Direct)
      continue;
    for (auto It = Waiting.lower_bound({Called, 0}); It != Waiting.end() && It->first.first == Called; ++It) {
      if (Zeros.count({C.Caller, Called, It->first.second, C.Where}))
        continue;
      C.Callee = It->second;
      F.Calls.push_back(C);
    }
  }
  for (BlockingSite &S : F.Sites)
    if (auto It = Waiting.find({S.In, S.UnlessZero}); It != Waiting.end()) {
      S.In = It->second;
      S.Loops.clear();
    }
  return F;
}

} // namespace nettune::summary
