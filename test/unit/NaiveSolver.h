//===- NaiveSolver.h - the solver's rules in their plainest form -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What docs/ARCHITECTURE.md says, by brute force: sets that grow until nothing
// changes. Knows no classes of slots, no hubs and no crowds.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_UNIT_NAIVESOLVER_H
#define NETTUNE_TEST_UNIT_NAIVESOLVER_H

#include "summary/Facts.h"

#include <map>
#include <set>

namespace nettune::summary {

class NaiveSolver {
public:
  NaiveSolver(const Facts &F, std::size_t Most) : F(F), Most(Most) {
    solveSlots();
    for (std::uint32_t I = 0; I < F.Calls.size(); ++I)
      addEdges(I);
    findLoops();
    findWorkers();
    spread();
    findFallbacks();
    spread();
  }

  struct Loop {
    std::set<std::uint16_t> Statements;
    bool Uncertain = false;
  };
  std::map<SlotId, std::set<FunctionId>> Held;
  std::set<FunctionId> Certain, Reached;
  std::map<FunctionId, Loop> Loops;

  bool onLoop(FunctionId Fn, LoopStatements Nest) const {
    return Reached.count(Fn) || encloses(Fn, Nest);
  }
  bool certain(const BlockingSite &S) const {
    if (S.G != model::Grade::Always)
      return false;
    return Reached.count(S.In) ? Certain.count(S.In) > 0 : !Loops.at(S.In).Uncertain;
  }

private:
  struct Edge {
    FunctionId Caller, Callee;
    std::uint32_t At, Via;
    CallKind K;
    bool Uncertain;
  };

  std::set<FunctionId> overriders(FunctionId Base) const {
    std::set<FunctionId> R;
    for (const Override &O : F.Overrides)
      if (O.Base == Base)
        R.insert(O.Derived);
    return R;
  }

  std::set<FunctionId> held(llvm::ArrayRef<Atom> Atoms) const {
    std::set<FunctionId> R;
    for (Atom A : Atoms) {
      if (!A.IsSlot)
        R.insert(A.Id);
      else if (auto It = Held.find(A.Id); It != Held.end())
        R.insert(It->second.begin(), It->second.end());
    }
    return R;
  }

  /// Flows from slot to slot, as far as the calls are resolved.
  std::set<std::pair<SlotId, SlotId>> Flows;

  bool flow(Atom From, SlotId To) {
    if (To == None)
      return false;
    if (From.IsSlot)
      Flows.insert({From.Id, To});
    bool Changed = false;
    for (FunctionId Fn : held({From}))
      Changed |= Held[To].insert(Fn).second;
    return Changed;
  }

  void solveSlots() {
    bool Changed = true;
    while (Changed) {
      Changed = false;
      for (const Flow &E : F.Flows)
        Changed |= flow(E.From, E.To);
      for (const Override &O : F.Overrides) {
        SlotId From = None, To = None;
        for (SlotId S = 0; S < F.Slots.size(); ++S) {
          const Slot &Info = F.Slots[S];
          if (Info.K == Slot::Kind::Parameter && Info.Owner == O.Base)
            Changed |= flow(Atom::slot(S), F.findParameter(O.Derived, Info.Index));
          if (Info.K == Slot::Kind::Return && Info.Owner == O.Derived)
            From = S;
          if (Info.K == Slot::Kind::Return && Info.Owner == O.Base)
            To = S;
        }
        if (From != None)
          Changed |= flow(Atom::slot(From), To);
      }
      for (const Call &C : F.Calls)
        if (C.K == CallKind::Through)
          for (FunctionId Fn : held(F.targets(C)))
            for (unsigned I = 0; I < F.argumentCount(C); ++I)
              for (Atom A : F.argument(C, I))
                Changed |= flow(A, F.findParameter(Fn, I));
    }
  }

  /// All that the call may mean, whether they have a body or not.
  std::set<FunctionId> meant(const Call &C) const {
    if (C.K == CallKind::Through)
      return held(F.targets(C));
    std::set<FunctionId> R;
    if (C.K == CallKind::Virtual)
      R = overriders(C.Callee);
    R.insert(C.Callee);
    return R;
  }
  bool isGuess(const Call &C) const {
    std::size_t Count = meant(C).size();
    if (C.K == CallKind::Virtual) // itself is counted in any case
      Count = overriders(C.Callee).size() + 1;
    return C.K != CallKind::Direct && Count > Most;
  }
  bool transparent(FunctionId Fn) const {
    bool Any = false;
    for (const Call &C : F.Calls) {
      if (!F.passes(C) || !meant(C).count(Fn))
        continue;
      if (isGuess(C))
        return false;
      Any = true;
    }
    return Any;
  }
  bool isOwn(Atom A, FunctionId Fn) const {
    return A.IsSlot && F.Slots[A.Id].K == Slot::Kind::Parameter && F.Slots[A.Id].Owner == Fn;
  }

  void addCallee(Edge E) {
    std::set<FunctionId> Run;
    if (E.K != CallKind::Direct)
      for (FunctionId Fn : overriders(E.Callee))
        if (F.Functions[Fn].has(Function::HasBody))
          Run.insert(Fn);
    bool Itself = Run.empty() || F.Functions[E.Callee].has(Function::HasBody);
    if (Itself)
      Run.insert(E.Callee);
    E.Uncertain |= Run.size() > 1;
    for (FunctionId Fn : Run) {
      E.Callee = Fn;
      Edges.push_back(E);
    }
  }

  void addEdges(std::uint32_t At) {
    const Call &C = F.Calls[At];
    if (C.K != CallKind::Through)
      return addCallee({C.Caller, C.Callee, At, At, C.K, false});
    bool Own = C.Targets != 0;
    for (Atom A : F.targets(C))
      Own &= isOwn(A, C.Caller);
    if (Own && transparent(C.Caller)) {
      std::set<SlotId> Seen;
      for (Atom A : F.targets(C))
        climb(A.Id, At, Seen);
      return;
    }
    for (FunctionId Fn : held(F.targets(C)))
      addCallee({C.Caller, Fn, At, At, CallKind::Through, isGuess(C)});
  }

  void climb(SlotId Parameter, std::uint32_t Via, std::set<SlotId> &Seen) {
    if (!Seen.insert(Parameter).second)
      return;
    const Slot &Info = F.Slots[Parameter];
    for (std::uint32_t At = 0; At < F.Calls.size(); ++At) {
      const Call &C = F.Calls[At];
      if (!F.passes(C) || !meant(C).count(Info.Owner) || Info.Index >= F.argumentCount(C))
        continue;
      for (Atom A : F.argument(C, Info.Index)) {
        if (isOwn(A, C.Caller) && transparent(C.Caller)) {
          climb(A.Id, Via, Seen);
          continue;
        }
        bool Crowd = A.IsSlot && held({A}).size() > Most;
        for (FunctionId Fn : held({A}))
          addCallee({C.Caller, Fn, At, Via, CallKind::Through, Crowd});
      }
    }
  }

  bool encloses(FunctionId Fn, LoopStatements Nest) const {
    auto It = Loops.find(Fn);
    return It != Loops.end() &&
           llvm::any_of(Nest, [&](std::uint16_t S) { return It->second.Statements.count(S) > 0; });
  }

  bool serves(FunctionId Fn) const {
    std::set<FunctionId> Below;
    bool Changed = true, Dispatches = false;
    while (Changed) {
      Changed = false;
      for (const Call &C : F.Calls) {
        if (!Below.count(C.Caller) && !(C.Caller == Fn && encloses(Fn, F.nest(C))))
          continue;
        Dispatches |= C.K != CallKind::Direct;
        if (C.K == CallKind::Direct)
          Changed |= Below.insert(C.Callee).second;
      }
    }
    for (const Accept &A : F.Accepts)
      Dispatches |= Below.count(A.In) || (A.In == Fn && encloses(Fn, A.Loops));
    return Dispatches;
  }

  /// Over at most so many calls.
  bool accepts(FunctionId Fn, unsigned Calls) const {
    for (const Accept &A : F.Accepts)
      if (A.In == Fn)
        return true;
    for (const Edge &E : Edges)
      if (Calls > 0 && E.Caller == Fn && accepts(E.Callee, Calls - 1))
        return true;
    return false;
  }

  bool dispatches(FunctionId Fn) const {
    std::set<FunctionId> Below{Fn};
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const Call &C : F.Calls)
        if (C.K == CallKind::Direct && Below.count(C.Caller))
          Changed |= Below.insert(C.Callee).second;
    }
    return llvm::any_of(F.Calls, [&](const Call &C) { return C.K != CallKind::Direct && Below.count(C.Caller); }) ||
           llvm::any_of(F.Accepts, [&](const Accept &A) { return Below.count(A.In) > 0; });
  }

  /// Of an event loop, if it waits.
  bool turn(FunctionId Fn) const {
    return accepts(Fn, 3) && llvm::any_of(F.Calls, [&](const Call &C) {
             return C.Caller == Fn && !F.nest(C).empty() && (C.K != CallKind::Direct || dispatches(C.Callee));
           });
  }


  /// The loops of \p Nest from the innermost on in which a loop beside the wait calls something.
  void insertServing(FunctionId Fn, LoopStatements Nest) {
    std::size_t From = 0;
    auto Look = [&](LoopStatements Around) {
      for (std::size_t I = 1; I < Nest.size(); ++I)
        for (std::size_t J = 0; J + 1 < Around.size(); ++J)
          if (Around[J] == Nest[I] && (I + 1 == Nest.size() || Around[J + 1] != Nest[I + 1]))
            From = std::max(From, I);
    };
    for (const Call &C : F.Calls)
      if (C.Caller == Fn)
        Look(F.nest(C));
    for (const Accept &A : F.Accepts)
      if (A.In == Fn)
        Look(A.Loops);
    Loops[Fn].Statements.insert(Nest.begin() + From, Nest.end());
  }
  void findLoops() {
    std::map<FunctionId, unsigned> Left[2]; // behind a turn: the second
    auto Give = [&](FunctionId Fn, bool Turned, unsigned Calls) {
      if (!Turned && turn(Fn)) {
        Turned = true;
        Calls = std::max(Calls, 3u);
      }
      bool Better = !Left[Turned].count(Fn) || Left[Turned][Fn] < Calls;
      if (Better)
        Left[Turned][Fn] = Calls;
      return Better;
    };
    for (const Wait &W : F.Waits) {
      Loops.try_emplace(W.In);
      insertServing(W.In, W.Loops);
      if (W.Loops.empty() || (W.Reach > 1 && !serves(W.In)))
        Give(W.In, false, W.Reach);
      if (Loops[W.In].Statements.empty())
        Loops.erase(W.In);
    }
    bool Changed = true;
    while (Changed) {
      Changed = false;
      for (const Edge &E : Edges)
        for (bool Turned : {false, true}) {
          if (E.K == CallKind::Through || !Left[Turned].count(E.Callee) || Left[Turned][E.Callee] == 0)
            continue;
          if (LoopStatements Nest = F.nest(F.Calls[E.At]); !Nest.empty())
            insertServing(E.Caller, Nest);
          else
            Changed |= Give(E.Caller, Turned, Left[Turned][E.Callee] - 1);
        }
    }
    for (auto &[Fn, L] : Loops)
      L.Uncertain = !serves(Fn);
  }

  bool stops(FunctionId Fn) const {
    return F.Functions[Fn].has(Function::AnnotatedWorker) ||
           F.Functions[Fn].has(Function::AnnotatedNonblocking) ||
           F.Functions[Fn].has(Function::EndsProcess);
  }

  void spread() {
    Certain.clear();
    Reached.clear();
    auto Add = [&](FunctionId Fn, bool IsCertain) {
      if (stops(Fn))
        return false;
      bool New = IsCertain && Certain.insert(Fn).second;
      return Reached.insert(Fn).second || New;
    };
    for (const Registration &R : F.Registrations)
      if (R.RunsOn == model::Thread::Loop)
        for (FunctionId Fn : held(R.Callables)) {
          Add(Fn, true);
          for (FunctionId O : overriders(Fn))
            Add(O, overriders(Fn).size() == 1);
        }
    for (const Root &R : F.Roots)
      if (R.RunsOn == model::Thread::Loop && !(R.K == Root::Kind::Coroutine && Workers.count(R.F)))
        Add(R.F, true);
    for (const Edge &E : Edges)
      if (encloses(E.Caller, F.nest(F.Calls[E.At])))
        Add(E.Callee, !E.Uncertain && !Loops[E.Caller].Uncertain);
    bool Changed = true;
    while (Changed) {
      Changed = false;
      for (const Edge &E : Edges)
        if (Reached.count(E.Caller) && !Fallbacks.count(E.Via))
          Changed |= Add(E.Callee, !E.Uncertain && Certain.count(E.Caller));
    }
  }

  bool coroutine(FunctionId Fn) const { return F.Functions[Fn].has(Function::Coroutine); }
  bool runs(const Edge &E) const {
    return !coroutine(E.Callee) || (coroutine(E.Caller) && E.K == CallKind::Direct);
  }

  void findWorkers() {
    for (const Registration &R : F.Registrations)
      if (R.RunsOn == model::Thread::Worker)
        for (FunctionId Fn : held(R.Callables))
          Workers.insert(Fn);
    for (const Root &R : F.Roots)
      if (R.RunsOn == model::Thread::Worker)
        Workers.insert(R.F);
    bool Changed = true;
    while (Changed) {
      Changed = false;
      for (const Edge &E : Edges)
        if (Workers.count(E.Caller) && !encloses(E.Caller, F.nest(F.Calls[E.At])) && runs(E))
          Changed |= Workers.insert(E.Callee).second;
    }
  }

  void findFallbacks() {
    std::set<SlotId> Sources;
    for (const Call &C : F.Calls)
      if (C.K == CallKind::Through && Workers.count(C.Caller) && !Reached.count(C.Caller))
        for (Atom A : F.targets(C))
          if (A.IsSlot)
            Sources.insert(A.Id);
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (auto [From, To] : Flows)
        if (Sources.count(To))
          Changed |= Sources.insert(From).second;
    }
    for (std::uint32_t I = 0; I < F.Calls.size(); ++I)
      if (F.Calls[I].K == CallKind::Through)
        for (Atom A : F.targets(F.Calls[I]))
          if (isOwn(A, F.Calls[I].Caller) && Sources.count(A.Id))
            Fallbacks.insert(I);
  }

  const Facts &F;
  std::size_t Most;
  std::vector<Edge> Edges;
  std::set<FunctionId> Workers;
  std::set<std::uint32_t> Fallbacks;
};

} // namespace nettune::summary

#endif // NETTUNE_TEST_UNIT_NAIVESOLVER_H
