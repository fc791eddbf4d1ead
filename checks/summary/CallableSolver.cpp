//===- CallableSolver.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/CallableSolver.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace nettune::summary {

static std::uint64_t pairKey(std::uint32_t A, std::uint32_t B) {
  return (static_cast<std::uint64_t>(A) << 32) | B;
}

CallableSolver::CallableSolver(const Facts &F)
    : F(F), Held(F.Slots.size()), Successors(F.Slots.size()), Edges(F.Functions.size()) {}

void CallableSolver::run() {
  collectOverriders();
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I)
    if (F.Calls[I].K == Call::Kind::Through)
      for (Atom A : F.targets(F.Calls[I]))
        if (A.IsSlot)
          CallsThrough[A.Id].push_back(I);
  propagateToOverriders();
  for (const Flow &E : F.Flows)
    addFlow(E.From, E.To);
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I)
    if (F.Calls[I].K == Call::Kind::Through)
      for (Atom A : F.targets(F.Calls[I]))
        if (!A.IsSlot)
          link(I, A.Id);
  while (!Work.empty()) {
    auto [S, Callable] = Work.back();
    Work.pop_back();
    // By index: link() can add flows out of S while this runs.
    for (std::size_t I = 0; I < Successors[S].size(); ++I)
      hold(Successors[S][I], Callable);
    auto It = CallsThrough.find(S);
    if (It == CallsThrough.end())
      continue;
    for (std::uint32_t I : It->second)
      link(I, Callable);
  }
  for (std::vector<FunctionId> &H : Held)
    std::sort(H.begin(), H.end());
  buildEdges();
}

void CallableSolver::collectOverriders() {
  for (const Override &O : F.Overrides)
    Overriders[O.Base].push_back(O.Derived);
  for (auto &[Base, List] : Overriders) {
    std::sort(List.begin(), List.end());
    List.erase(std::unique(List.begin(), List.end()), List.end());
  }
}

const std::vector<FunctionId> &CallableSolver::overriders(FunctionId Base) const {
  static const std::vector<FunctionId> NoOverriders;
  auto It = Overriders.find(Base);
  return It == Overriders.end() ? NoOverriders : It->second;
}

/// What flows into a virtual method's parameter flows into its overriders'; what
/// an overrider returns, the method may return.
void CallableSolver::propagateToOverriders() {
  for (SlotId S = 0; S < F.Slots.size(); ++S) {
    const Slot &Info = F.Slots[S];
    if (Info.K == Slot::Kind::Parameter) {
      for (FunctionId O : overriders(Info.Owner))
        if (SlotId To = F.findParameter(O, Info.Index); To != None)
          addFlow(Atom::slot(S), To);
    }
  }
  llvm::DenseMap<FunctionId, SlotId> Returns;
  for (SlotId S = 0; S < F.Slots.size(); ++S)
    if (F.Slots[S].K == Slot::Kind::Return)
      Returns[F.Slots[S].Owner] = S;
  for (const Override &O : F.Overrides) {
    auto From = Returns.find(O.Derived), To = Returns.find(O.Base);
    if (From != Returns.end() && To != Returns.end())
      addFlow(Atom::slot(From->second), To->second);
  }
}

void CallableSolver::addFlow(Atom From, SlotId To) {
  if (!From.IsSlot)
    return hold(To, From.Id);
  if (From.Id == To || llvm::is_contained(Successors[From.Id], To))
    return;
  Successors[From.Id].push_back(To);
  for (std::size_t I = 0; I < Held[From.Id].size(); ++I)
    hold(To, Held[From.Id][I]);
}

void CallableSolver::hold(SlotId S, FunctionId Callable) {
  if (!IsHeld.insert(pairKey(S, Callable)).second)
    return;
  Held[S].push_back(Callable);
  Work.push_back({S, Callable});
}

void CallableSolver::link(std::uint32_t CallIndex, FunctionId Callable) {
  if (!IsLinked.insert(pairKey(CallIndex, Callable)).second)
    return;
  Linked[CallIndex].push_back(Callable);
  const Call &C = F.Calls[CallIndex];
  for (unsigned I = 0; I < F.argumentCount(C); ++I) {
    SlotId To = F.findParameter(Callable, I);
    if (To == None)
      continue;
    for (Atom A : F.argument(C, I))
      addFlow(A, To);
  }
}

std::vector<FunctionId> CallableSolver::callables(const AtomSet &Atoms) const {
  std::vector<FunctionId> R;
  for (Atom A : Atoms)
    if (A.IsSlot)
      R.insert(R.end(), Held[A.Id].begin(), Held[A.Id].end());
    else
      R.push_back(A.Id);
  std::sort(R.begin(), R.end());
  R.erase(std::unique(R.begin(), R.end()), R.end());
  return R;
}

llvm::DenseSet<SlotId> CallableSolver::sourcesOf(const std::vector<SlotId> &Into) const {
  std::vector<std::vector<SlotId>> Reverse(Successors.size());
  for (SlotId S = 0; S < Successors.size(); ++S)
    for (SlotId To : Successors[S])
      Reverse[To].push_back(S);
  llvm::DenseSet<SlotId> Seen;
  std::vector<SlotId> Stack = Into;
  while (!Stack.empty()) {
    SlotId S = Stack.back();
    Stack.pop_back();
    if (Seen.insert(S).second)
      Stack.insert(Stack.end(), Reverse[S].begin(), Reverse[S].end());
  }
  return Seen;
}

void CallableSolver::addTargets(FunctionId Caller, FunctionId Callee, Call::Kind K, std::uint32_t At,
                                std::uint32_t Via) {
  std::vector<FunctionId> Targets;
  auto HasBody = [&](FunctionId T) { return F.Functions[T].has(Function::HasBody); };
  if (K != Call::Kind::Direct)
    llvm::copy_if(overriders(Callee), std::back_inserter(Targets), HasBody);
  if (HasBody(Callee) || Targets.empty())
    Targets.push_back(Callee);
  for (FunctionId T : Targets)
    Edges[Caller].push_back({T, K, At, Via, Targets.size() > 1});
}

void CallableSolver::buildEdges() {
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I) {
    const Call &C = F.Calls[I];
    if (C.K == Call::Kind::Through || !F.passes(C))
      continue;
    PassingCalls[C.Callee].push_back(I);
    if (C.K == Call::Kind::Virtual)
      for (FunctionId O : overriders(C.Callee))
        PassingCalls[O].push_back(I);
  }
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I)
    if (F.Calls[I].K == Call::Kind::Through && F.passes(F.Calls[I]))
      for (FunctionId Callable : Linked[I])
        PassingCalls[Callable].push_back(I);

  for (std::uint32_t I = 0; I < F.Calls.size(); ++I) {
    const Call &C = F.Calls[I];
    if (C.K != Call::Kind::Through) {
      addTargets(C.Caller, C.Callee, C.K, I, I);
      continue;
    }
    if (callsOwnParameterOnly(C) && PassingCalls.count(C.Caller)) {
      resolveTransparent(I);
      continue;
    }
    std::vector<FunctionId> Callables = Linked[I];
    std::sort(Callables.begin(), Callables.end());
    for (FunctionId Callable : Callables)
      addTargets(C.Caller, Callable, Call::Kind::Through, I, I);
  }
}

bool CallableSolver::callsOwnParameterOnly(const Call &C) const {
  return C.Targets != 0 && llvm::all_of(F.targets(C), [&](Atom A) {
    return A.IsSlot && F.Slots[A.Id].K == Slot::Kind::Parameter && F.Slots[A.Id].Owner == C.Caller;
  });
}

/// The callable that a function calls through its own parameter is called, so
/// far as the path matters, by whoever passed it.
void CallableSolver::resolveTransparent(std::uint32_t CallIndex) {
  llvm::DenseSet<SlotId> Seen;
  std::vector<SlotId> Stack;
  for (Atom A : F.targets(F.Calls[CallIndex]))
    Stack.push_back(A.Id);
  while (!Stack.empty()) {
    SlotId Parameter = Stack.back();
    Stack.pop_back();
    if (!Seen.insert(Parameter).second)
      continue;
    const Slot &Info = F.Slots[Parameter];
    auto It = PassingCalls.find(Info.Owner);
    if (It == PassingCalls.end())
      continue;
    for (std::uint32_t I : It->second) {
      const Call &Passing = F.Calls[I];
      if (Info.Index >= F.argumentCount(Passing))
        continue;
      for (Atom A : F.argument(Passing, Info.Index)) {
        if (!A.IsSlot) {
          addTargets(Passing.Caller, A.Id, Call::Kind::Through, I, CallIndex);
          continue;
        }
        const Slot &From = F.Slots[A.Id];
        if (From.K == Slot::Kind::Parameter && From.Owner == Passing.Caller) {
          Stack.push_back(A.Id);
          continue;
        }
        for (FunctionId Callable : Held[A.Id])
          addTargets(Passing.Caller, Callable, Call::Kind::Through, I, CallIndex);
      }
    }
  }
}

} // namespace nettune::summary
