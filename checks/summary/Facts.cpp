//===- Facts.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Facts.h"

#include <algorithm>

#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/Twine.h>

namespace nettune::summary {

static std::uint64_t parameterKey(FunctionId F, unsigned Index) {
  return (static_cast<std::uint64_t>(F) << 16) | (Index & 0xffffu);
}

/// The cell of \p Id in a table that need not be that long yet.
static std::uint32_t &cell(std::vector<std::uint32_t> &Table, StringId Id) {
  if (Id >= Table.size())
    Table.resize(std::max<std::size_t>(Id + 1, Table.size() + Table.size() / 2), None);
  return Table[Id];
}

FunctionId Facts::function(llvm::StringRef Key) {
  StringId Id = string(Key);
  FunctionId &Known = cell(FunctionOf, Id);
  if (Known == None) {
    Known = static_cast<FunctionId>(Functions.size());
    Functions.push_back({.Key = Id, .Name = 0, .Where = {}});
  }
  return Known;
}

SlotId Facts::slot(Slot::Kind K, llvm::StringRef Key, FunctionId Owner, unsigned Index) {
  StringId Id = string(Key);
  SlotId &Known = cell(SlotOf, Id);
  if (Known == None) {
    Known = static_cast<SlotId>(Slots.size());
    Slots.push_back({K, Id, Owner, Index});
  }
  return Known;
}

void Facts::reindex() {
  FunctionOf.assign(Strings.size(), None);
  SlotOf.assign(Strings.size(), None);
  ParameterIds.clear();
  for (FunctionId I = 0; I < Functions.size(); ++I)
    FunctionOf[Functions[I].Key] = I;
  for (SlotId I = 0; I < Slots.size(); ++I) {
    SlotOf[Slots[I].Key] = I;
    if (Slots[I].K == Slot::Kind::Parameter)
      ParameterIds[parameterKey(Slots[I].Owner, Slots[I].Index)] = I;
  }
}

SlotId Facts::parameter(FunctionId F, unsigned Index) {
  SlotId Known = findParameter(F, Index);
  if (Known != None)
    return Known;
  std::string Key = ("p" + text(Functions[F].Key) + "#" + llvm::Twine(Index)).str();
  SlotId S = slot(Slot::Kind::Parameter, Key, F, Index);
  ParameterIds[parameterKey(F, Index)] = S;
  return S;
}

SlotId Facts::findParameter(FunctionId F, unsigned Index) const {
  auto It = ParameterIds.find(parameterKey(F, Index));
  return It == ParameterIds.end() ? None : It->second;
}

SlotId Facts::returned(FunctionId F) {
  return slot(Slot::Kind::Return, ("r" + text(Functions[F].Key)).str(), F);
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
