//===- Facts.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Facts.h"

#include <algorithm>

#include <llvm/ADT/SmallVector.h>

namespace nettune::summary {

constexpr unsigned ReturnIndex = 0xffff; ///< no function has so many parameters

static std::uint64_t ownedKey(FunctionId F, unsigned Index) {
  return (static_cast<std::uint64_t>(F) << 16) | std::min(Index, ReturnIndex);
}

/// The cell of \p Id in a table that need not be that long yet.
static std::uint32_t &cell(std::vector<std::uint32_t> &Table, StringId Id) {
  if (Id >= Table.size())
    Table.resize(std::max<std::size_t>(Id + 1, Table.size() + Table.size() / 2), None);
  return Table[Id];
}

FunctionId Facts::function(StringId Id) {
  FunctionId &Known = cell(FunctionOf, Id);
  if (Known == None) {
    Known = static_cast<FunctionId>(Functions.size());
    Functions.push_back({.Key = Id, .Name = 0, .Where = {}});
  }
  return Known;
}

SlotId Facts::slot(Slot::Kind K, StringId Id) {
  SlotId &Known = cell(SlotOf, Id);
  if (Known == None) {
    Known = static_cast<SlotId>(Slots.size());
    Slots.push_back({.K = K, .Key = Id});
  }
  return Known;
}

void Facts::reindex() {
  FunctionOf.assign(Strings.size(), None);
  SlotOf.assign(Strings.size(), None);
  OwnedIds.clear();
  for (FunctionId I = 0; I < Functions.size(); ++I)
    FunctionOf[Functions[I].Key] = I;
  for (SlotId I = 0; I < Slots.size(); ++I) {
    const Slot &S = Slots[I];
    if (S.K == Slot::Kind::Parameter || S.K == Slot::Kind::Return)
      OwnedIds[ownedKey(S.Owner, S.K == Slot::Kind::Return ? ReturnIndex : S.Index)] = I;
    else
      SlotOf[S.Key] = I;
  }
}

SlotId Facts::owned(Slot::Kind K, FunctionId Owner, unsigned Index) {
  auto [It, New] = OwnedIds.try_emplace(ownedKey(Owner, Index), static_cast<SlotId>(Slots.size()));
  if (New)
    Slots.push_back(
        {.K = K, .Key = 0, .Owner = Owner, .Index = K == Slot::Kind::Return ? 0 : Index});
  return It->second;
}

SlotId Facts::parameter(FunctionId F, unsigned Index) {
  return owned(Slot::Kind::Parameter, F, std::min(Index, ReturnIndex - 1));
}

SlotId Facts::returned(FunctionId F) { return owned(Slot::Kind::Return, F, ReturnIndex); }

SlotId Facts::findParameter(FunctionId F, unsigned Index) const {
  auto It = OwnedIds.find(ownedKey(F, std::min(Index, ReturnIndex - 1)));
  return It == OwnedIds.end() ? None : It->second;
}

void Facts::flow(SlotId To, const AtomSet &From) {
  for (Atom A : From)
    if (!A.IsSlot || A.Id != To)
      Flows.push_back({To, A});
}

void Facts::call(const NewCall &C) {
  llvm::SmallVector<std::uint32_t> Sets;
  for (const AtomSet &A : C.Arguments)
    Sets.push_back(AtomSets.add(A));
  Calls.push_back({.Caller = C.Caller,
                   .Callee = C.Callee,
                   .Targets = AtomSets.add(C.Targets),
                   .Arguments = ArgumentLists.add(Sets),
                   .Loops = Nests.add(C.Loops),
                   .Where = C.Where,
                   .K = C.K});
}

} // namespace nettune::summary
