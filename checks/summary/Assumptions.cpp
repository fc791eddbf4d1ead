//===- Assumptions.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Assumptions.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>

#include <cctype>

namespace nettune::summary {

/// Does the name say that what it is given runs when something happens? for_each or
/// sort with a comparison do not.
static bool speaksOfEvents(llvm::StringRef QualifiedName) {
  static constexpr llvm::StringLiteral Words[] = {"callback", "handler", "listen", "regist", "subscri",
                                                  "watch",    "async",   "event",  "route",  "observe"};
  std::size_t Colons = QualifiedName.rfind("::");
  llvm::StringRef Name = Colons == llvm::StringRef::npos ? QualifiedName : QualifiedName.drop_front(Colons + 2);
  std::string Lower = Name.lower();
  if (llvm::any_of(Words, [&](llvm::StringRef W) { return llvm::StringRef(Lower).contains(W); }))
    return true;
  for (llvm::StringRef Start : {"on", "set_on", "setOn", "add_on", "addOn", "when"})
    if (Name.consume_front(Start))
      return !Name.empty() && (Name.front() == '_' || std::isupper(static_cast<unsigned char>(Name.front())));
  return false;
}

Facts withAssumptions(Facts F) {
  llvm::DenseSet<FunctionId> Overridden;
  for (const Override &O : F.Overrides)
    Overridden.insert(O.Base);
  auto IsUnseen = [&](FunctionId Fn) {
    const Function &Info = F.Functions[Fn];
    constexpr unsigned Seen = Function::HasBody | Function::BodyElsewhere | Function::Library;
    return !(Info.Flags & Seen) && !Overridden.contains(Fn) &&
           speaksOfEvents(F.text(Info.Name));
  };
  for (const Call &C : F.Calls) {
    if (C.K == CallKind::Through || !F.passes(C) || !IsUnseen(C.Callee))
      continue;
    Registration R{C.Caller, {}, model::Thread::Loop, F.Functions[C.Callee].Name, C.Where, {}};
    R.Assumed = true;
    for (std::size_t I = 0; I < F.argumentCount(C); ++I)
      llvm::append_range(R.Callables, F.argument(C, I));
    llvm::sort(R.Callables);
    R.Callables.erase(std::unique(R.Callables.begin(), R.Callables.end()), R.Callables.end());
    F.Registrations.push_back(std::move(R));
  }
  return F;
}

} // namespace nettune::summary
