//===- Facts.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Facts.h"

#include <llvm/ADT/Twine.h>

namespace nettune::summary {

Facts::Facts() {
  Strings.emplace_back();
  StringIds[""] = 0;
}

StringId Facts::string(llvm::StringRef Text) {
  auto [It, New] = StringIds.try_emplace(Text, static_cast<StringId>(Strings.size()));
  if (New)
    Strings.push_back(Text.str());
  return It->second;
}

FunctionId Facts::function(llvm::StringRef Key) {
  StringId Id = string(Key);
  auto [It, New] = FunctionIds.try_emplace(Id, static_cast<FunctionId>(Functions.size()));
  if (New)
    Functions.push_back({.Key = Id, .Name = 0, .Where = {}});
  return It->second;
}

SlotId Facts::slot(Slot::Kind K, llvm::StringRef Key, FunctionId Owner, unsigned Index) {
  StringId Id = string(Key);
  auto [It, New] = SlotIds.try_emplace(Id, static_cast<SlotId>(Slots.size()));
  if (New)
    Slots.push_back({K, Id, Owner, Index});
  return It->second;
}

static std::uint64_t parameterKey(FunctionId F, unsigned Index) {
  return (static_cast<std::uint64_t>(F) << 16) | (Index & 0xffffu);
}

SlotId Facts::parameter(FunctionId F, unsigned Index) {
  SlotId Known = findParameter(F, Index);
  if (Known != None)
    return Known;
  std::string Key = ("p" + llvm::Twine(Strings[Functions[F].Key]) + "#" + llvm::Twine(Index)).str();
  SlotId S = slot(Slot::Kind::Parameter, Key, F, Index);
  ParameterIds[parameterKey(F, Index)] = S;
  return S;
}

SlotId Facts::findParameter(FunctionId F, unsigned Index) const {
  auto It = ParameterIds.find(parameterKey(F, Index));
  return It == ParameterIds.end() ? None : It->second;
}

SlotId Facts::returned(FunctionId F) {
  return slot(Slot::Kind::Return, "r" + Strings[Functions[F].Key], F);
}

void Facts::flow(SlotId To, const AtomSet &From) {
  for (Atom A : From)
    if (!A.IsSlot || A.Id != To)
      Flows.push_back({To, A});
}

} // namespace nettune::summary
