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

void CallableSolver::run() {
  Slots.run();
  markPassedTo();
  followParameters();
  buildEdges();
}

std::vector<FunctionId> CallableSolver::callables(llvm::ArrayRef<Atom> Atoms) const {
  llvm::DenseSet<std::uint32_t> Seen;
  return newCallables(Atoms, Seen);
}

std::vector<FunctionId> CallableSolver::newCallables(llvm::ArrayRef<Atom> Atoms,
                                                     llvm::DenseSet<std::uint32_t> &Seen) const {
  std::vector<FunctionId> R;
  for (Atom A : Atoms)
    if (!A.IsSlot)
      R.push_back(A.Id);
    else
      Slots.collect(A.Id, Seen, R);
  std::sort(R.begin(), R.end());
  R.erase(std::unique(R.begin(), R.end()), R.end());
  return R;
}

//===----------------------------------------------------------------------===//
// Transparent parameters
//===----------------------------------------------------------------------===//

/// Has the call more than MostCallees?
bool CallableSolver::isGuess(const Call &C) const {
  if (C.K == Call::Kind::Direct)
    return false;
  if (C.K == Call::Kind::Virtual)
    return Overriders.overriders(C.Callee).size() + 1 > MostCallees;
  auto IsMany = [this](Atom A) { return A.IsSlot && Slots.holdsMany(A.Id); };
  return llvm::any_of(F.targets(C), IsMany) ||
         (F.targets(C).size() > 1 && callables(F.targets(C)).size() > MostCallees);
}

/// The functions to which a call that is no guess passes what it passes.
template <typename Visit> void CallableSolver::eachPassedFunction(const Call &C, Visit Do) const {
  if (isGuess(C))
    return;
  if (C.K == Call::Kind::Through) {
    for (FunctionId Callable : callables(F.targets(C)))
      Do(Callable);
    return;
  }
  Do(C.Callee);
  if (C.K == Call::Kind::Virtual)
    for (FunctionId O : Overriders.overriders(C.Callee))
      Do(O);
}

void CallableSolver::markPassedTo() {
  PassedTo.resize(F.Functions.size());
  InCrowd.resize(F.Functions.size());
  llvm::DenseSet<FunctionId> SeenMethods;
  llvm::DenseSet<std::uint32_t> SeenSlots;
  for (const Call &C : F.Calls) {
    if (!F.passes(C))
      continue;
    eachPassedFunction(C, [this](FunctionId Fn) { PassedTo[Fn] = true; });
    if (!isGuess(C))
      continue;
    if (C.K == Call::Kind::Through)
      for (FunctionId Callable : newCallables(F.targets(C), SeenSlots))
        InCrowd[Callable] = true;
    else if (SeenMethods.insert(C.Callee).second) {
      InCrowd[C.Callee] = true;
      for (FunctionId O : Overriders.overriders(C.Callee))
        InCrowd[O] = true;
    }
  }
}

bool CallableSolver::isOwnParameter(Atom A, FunctionId Fn) const {
  return A.IsSlot && F.Slots[A.Id].K == Slot::Kind::Parameter && F.Slots[A.Id].Owner == Fn;
}

bool CallableSolver::callsOwnParameterOnly(const Call &C) const {
  return C.K == Call::Kind::Through && C.Targets != 0 &&
         llvm::all_of(F.targets(C), [&](Atom A) { return isOwnParameter(A, C.Caller); });
}

/// Finds the transparent calls, and which parameters lead to them.
void CallableSolver::followParameters() {
  for (std::uint32_t At = 0; At < F.Calls.size(); ++At) {
    const Call &C = F.Calls[At];
    if (isTransparent(C.Caller) && callsOwnParameterOnly(C))
      Transparent.push_back(At);
    if (!isTransparent(C.Caller) || !F.passes(C))
      continue;
    for (unsigned I = 0; I < F.argumentCount(C); ++I)
      for (Atom A : F.argument(C, I))
        if (isOwnParameter(A, C.Caller))
          eachPassedFunction(C, [&](FunctionId Fn) {
            if (SlotId Called = F.findParameter(Fn, I); Called != None && isTransparent(Fn))
              Passes.push_back({Called, A.Id});
          });
  }
  std::sort(Passes.begin(), Passes.end(),
            [](PassedOn A, PassedOn B) { return A.Called < B.Called; });
  CalledParameters = calledParameters({});
}

llvm::DenseSet<SlotId>
CallableSolver::calledParameters(const llvm::DenseSet<std::uint32_t> &Without) const {
  llvm::DenseSet<SlotId> Called;
  std::vector<SlotId> Stack;
  for (std::uint32_t At : Transparent)
    if (!Without.contains(At))
      for (Atom A : F.targets(F.Calls[At]))
        Stack.push_back(A.Id);
  while (!Stack.empty()) {
    SlotId S = Stack.back();
    Stack.pop_back();
    if (!Called.insert(S).second)
      continue;
    auto It = std::lower_bound(Passes.begin(), Passes.end(), S,
                               [](PassedOn P, SlotId S) { return P.Called < S; });
    for (; It != Passes.end() && It->Called == S; ++It)
      Stack.push_back(It->From);
  }
  return Called;
}

//===----------------------------------------------------------------------===//
// Edges
//===----------------------------------------------------------------------===//

NodeId CallableSolver::crowd(std::uint64_t Key) {
  auto New = static_cast<NodeId>(F.Functions.size() + Crowds.size());
  auto [It, Added] = CrowdOf.try_emplace(Key, New);
  if (Added)
    Crowds.push_back(Key);
  return It->second;
}

void CallableSolver::buildEdges() {
  auto Functions = static_cast<FunctionId>(F.Functions.size());
  CallsOf = Adjacency(Functions, [this](auto Add) {
    for (std::uint32_t At = 0; At < F.Calls.size(); ++At)
      Add(F.Calls[At].Caller, At);
  });
  Edges.reserve(2 * F.Calls.size()); // what is not needed is never touched
  Begin.reserve(Functions + 1);
  for (FunctionId Fn = 0; Fn < Functions; ++Fn) {
    Begin.push_back(static_cast<std::uint32_t>(Edges.size()));
    for (std::uint32_t At : CallsOf[Fn]) {
      addCall(At);
      if (F.passes(F.Calls[At]))
        addPassed(At);
    }
  }
  for (std::size_t I = 0; I < Crowds.size(); ++I) { // of a slot's crowd some may have their own
    Begin.push_back(static_cast<std::uint32_t>(Edges.size()));
    addCrowdMembers(I);
  }
  Begin.push_back(static_cast<std::uint32_t>(Edges.size()));
  To = Neighbours<Incoming>(nodes(), [this](auto Add) {
    for (NodeId Caller = 0; Caller < nodes(); ++Caller)
      for (std::uint32_t Number = Begin[Caller]; Number < Begin[Caller + 1]; ++Number)
        Add(Edges[Number].Callee,
            Incoming{Caller, Number, static_cast<std::uint32_t>(Edges[Number].K)});
  });
}

void CallableSolver::addCall(std::uint32_t At) {
  const Call &C = F.Calls[At];
  Edge E{.Callee = C.Callee, .At = At, .K = C.K};
  if (C.K != Call::Kind::Through)
    return addCallee(E);
  if (isTransparent(C.Caller) && callsOwnParameterOnly(C))
    return;
  E.Uncertain = isGuess(C);
  if (!E.Uncertain) {
    for (FunctionId Callable : callables(F.targets(C))) {
      E.Callee = Callable;
      addCallee(E);
    }
    return;
  }
  for (Atom A : F.targets(C)) {
    E.Callee = A.Id;
    if (A.IsSlot)
      addHeld(E, A.Id);
    else
      addCallee(E);
  }
}

/// The callable that a function calls through its own parameter is called, so far
/// as the path matters, by whoever passed it.
void CallableSolver::addPassed(std::uint32_t At) {
  const Call &C = F.Calls[At];
  eachPassedFunction(C, [&](FunctionId Fn) {
    if (!isTransparent(Fn))
      return;
    for (unsigned I = 0; I < F.argumentCount(C); ++I) {
      SlotId Parameter = F.argument(C, I).empty() ? None : F.findParameter(Fn, I);
      if (Parameter == None || !CalledParameters.contains(Parameter))
        continue;
      for (Atom A : F.argument(C, I)) {
        Edge E{.Callee = A.Id, .At = At, .Parameter = Parameter, .K = Call::Kind::Through};
        if (!A.IsSlot)
          addCallee(E);
        else if (!isOwnParameter(A, C.Caller) || !isTransparent(C.Caller))
          addHeld(E, A.Id);
      }
    }
  });
}

/// Edges to all that \p S holds.
void CallableSolver::addHeld(Edge E, SlotId S) {
  if (Slots.holdsMany(S)) {
    E.Callee = crowdOfClass(Slots.classOf(S));
    E.Uncertain = true;
    Edges.push_back(E);
    return;
  }
  for (Entry Held : Slots.entries(Slots.classOf(S))) {
    E.Callee = Held.function();
    addCallee(E);
  }
}

/// So many edges to overriders cost less than a crowd.
constexpr std::size_t FewMethods = 3;

/// Edges to what a call of \p E.Callee may run.
void CallableSolver::addCallee(Edge E) {
  llvm::ArrayRef<FunctionId> Methods;
  if (E.K != Call::Kind::Direct)
    Methods = Overriders.withBody(E.Callee);
  bool Itself = Methods.empty() || F.Functions[E.Callee].has(Function::HasBody);
  E.Uncertain |= Methods.size() + Itself > 1;
  if (Methods.size() > FewMethods) {
    E.Callee = crowdOfMethod(E.Callee);
    Edges.push_back(E);
    return;
  }
  if (Itself)
    Edges.push_back(E);
  for (FunctionId M : Methods) {
    E.Callee = M;
    Edges.push_back(E);
  }
}

void CallableSolver::addCrowdMembers(std::size_t Crowd) {
  auto Id = static_cast<std::uint32_t>(Crowds[Crowd]);
  bool OfSlot = Crowds[Crowd] >> 32;
  Edge E{.Callee = Id, .At = None, .K = OfSlot ? Call::Kind::Through : Call::Kind::Virtual};
  if (!OfSlot) {
    if (F.Functions[Id].has(Function::HasBody))
      Edges.push_back(E);
    for (FunctionId M : Overriders.withBody(Id)) {
      E.Callee = M;
      Edges.push_back(E);
    }
    return;
  }
  for (Entry Held : Slots.entries(Id)) {
    E.Callee = Held.isToken() ? crowdOfClass(Held.ofClass()) : Held.function();
    if (Held.isToken())
      Edges.push_back(E);
    else
      addCallee(E);
  }
}

} // namespace nettune::summary
