//===- LoopSolver.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/LoopSolver.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace nettune::summary {

bool EventLoop::encloses(llvm::ArrayRef<std::uint16_t> Nest) const {
  return llvm::any_of(Nest, [&](std::uint16_t L) { return llvm::is_contained(Statements, L); });
}

LoopSolver::LoopSolver(const Facts &F, const CallableSolver &Calls)
    : F(F), Calls(Calls), ReachedBy(F.Functions.size()) {
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I)
    CallsOf[F.Calls[I].Caller].push_back(I);
}

void LoopSolver::run() {
  findEventLoops();
  judgeEventLoops();
  collectRoots();
  spread();
  findPoolFallbacks();
  if (!Fallbacks.empty())
    spread();
}

const Reached *LoopSolver::reached(FunctionId Fn) const {
  return ReachedBy[Fn] ? &*ReachedBy[Fn] : nullptr;
}

const EventLoop *LoopSolver::eventLoop(FunctionId Fn) const {
  auto It = Loops.find(Fn);
  return It == Loops.end() ? nullptr : &It->second;
}

bool LoopSolver::onLoop(FunctionId Fn, llvm::ArrayRef<std::uint16_t> Nest) const {
  if (ReachedBy[Fn])
    return true;
  const EventLoop *L = eventLoop(Fn);
  return L && L->encloses(Nest);
}

/// Work that an annotation or nothing at all keeps from being looked at.
bool LoopSolver::stops(FunctionId Fn) const {
  const Function &Info = F.Functions[Fn];
  return Info.has(Function::AnnotatedWorker) || Info.has(Function::AnnotatedNonblocking);
}

/// A loop statement that encloses a wait, or a direct or virtual call that
/// reaches one over fewer calls than the wait's reach, is an event loop, even if
/// the wrapper retries in a loop of its own.
void LoopSolver::findEventLoops() {
  struct Distance {
    unsigned Left;
    std::uint32_t Wait;
  };
  llvm::DenseMap<FunctionId, Distance> Near;
  auto Mark = [&](FunctionId Fn, llvm::ArrayRef<std::uint16_t> Nest, std::uint32_t Wait) {
    EventLoop &L = Loops.try_emplace(Fn, EventLoop{{}, Wait}).first->second;
    for (std::uint16_t S : Nest)
      if (!llvm::is_contained(L.Statements, S))
        L.Statements.push_back(S);
    std::sort(L.Statements.begin(), L.Statements.end());
  };
  std::vector<FunctionId> Queue;
  auto Improve = [&](FunctionId Fn, Distance D) {
    auto [It, New] = Near.try_emplace(Fn, D);
    if (!New && It->second.Left >= D.Left)
      return;
    It->second = D;
    Queue.push_back(Fn);
  };
  for (std::uint32_t I = 0; I < F.Waits.size(); ++I) {
    const Wait &W = F.Waits[I];
    if (W.Loops.empty()) {
      Improve(W.In, {W.Reach, I});
      continue;
    }
    Mark(W.In, W.Loops, I);
    // A retry loop of a wrapper: a caller further out may hold the real loop. A
    // loop that serves is the real one; who starts it again is no part of it.
    if (W.Reach > 1 && !servesConnections(W.In, Loops[W.In]))
      Improve(W.In, {W.Reach, I});
  }
  llvm::DenseMap<FunctionId, std::vector<std::pair<FunctionId, std::uint32_t>>> Callers;
  for (FunctionId Fn = 0; Fn < F.Functions.size(); ++Fn)
    for (const Edge &E : Calls.edges(Fn))
      if (E.K != Call::Kind::Through)
        Callers[E.Callee].push_back({Fn, E.At});
  for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
    FunctionId Fn = Queue[Next];
    Distance D = Near[Fn];
    auto It = Callers.find(Fn);
    if (It == Callers.end() || D.Left == 0)
      continue;
    for (auto [Caller, At] : It->second) {
      const Call &C = F.Calls[At];
      if (C.Loops != 0)
        Mark(Caller, F.nest(C), D.Wait);
      else
        Improve(Caller, {D.Left - 1, D.Wait});
    }
  }
}

void LoopSolver::judgeEventLoops() {
  for (auto &[Fn, L] : Loops)
    L.Uncertain = !servesConnections(Fn, L);
}

/// Can code below the loop call through a callable or by virtual dispatch, even
/// if nobody knows yet what is called, or does it take in connections?
bool LoopSolver::servesConnections(FunctionId Fn, const EventLoop &L) const {
  llvm::DenseSet<FunctionId> Seen;
  std::vector<FunctionId> Stack;
  auto Dispatches = [&](FunctionId Caller, bool InLoopOnly) {
    auto It = CallsOf.find(Caller);
    if (It == CallsOf.end())
      return false;
    for (std::uint32_t I : It->second) {
      const Call &C = F.Calls[I];
      if (InLoopOnly && !L.encloses(F.nest(C)))
        continue;
      if (C.K != Call::Kind::Direct)
        return true;
      if (Seen.insert(C.Callee).second)
        Stack.push_back(C.Callee);
    }
    return false;
  };
  if (Dispatches(Fn, /*InLoopOnly=*/true))
    return true;
  while (!Stack.empty()) {
    FunctionId Next = Stack.back();
    Stack.pop_back();
    if (Dispatches(Next, /*InLoopOnly=*/false))
      return true;
  }
  return llvm::any_of(F.Accepts, [&](const Accept &A) {
    return A.In == Fn ? L.encloses(A.Loops) : Seen.contains(A.In);
  });
}

void LoopSolver::collectRoots() {
  for (std::uint32_t I = 0; I < F.Registrations.size(); ++I) {
    const Registration &R = F.Registrations[I];
    if (R.RunsOn != model::Thread::Loop)
      continue;
    for (FunctionId Fn : Calls.callables(R.Callables)) {
      RootList.push_back({Fn, {Reached::Kind::Registered, I}});
      const std::vector<FunctionId> &Over = Calls.overriders(Fn);
      for (FunctionId O : Over)
        RootList.push_back({O, {.K = Reached::Kind::Registered, .At = I, .Uncertain = Over.size() > 1}});
    }
  }
  for (std::uint32_t I = 0; I < F.Roots.size(); ++I)
    if (F.Roots[I].RunsOn == model::Thread::Loop)
      RootList.push_back({F.Roots[I].F, {Reached::Kind::Root, I}});
  std::vector<FunctionId> WithLoop;
  for (auto &[Fn, L] : Loops)
    WithLoop.push_back(Fn);
  std::sort(WithLoop.begin(), WithLoop.end());
  for (FunctionId Fn : WithLoop) {
    const EventLoop &L = Loops[Fn];
    for (const Edge &E : Calls.edges(Fn))
      if (L.encloses(F.nest(F.Calls[E.At])))
        RootList.push_back(
            {E.Callee, {Reached::Kind::InLoop, E.At, Fn, E.K, L.Uncertain || E.Uncertain}});
  }
}

void LoopSolver::reach(FunctionId Fn, Reached R) {
  if (ReachedBy[Fn] || stops(Fn))
    return;
  ReachedBy[Fn] = R;
  (R.Uncertain ? Uncertain : Certain).push_back(Fn);
}

/// Breadth first, so that a path is a shortest one; all that is certain first,
/// so that a guess never hides a certain path.
void LoopSolver::spread() {
  std::fill(ReachedBy.begin(), ReachedBy.end(), std::nullopt);
  Certain.clear();
  Uncertain.clear();
  Deferred.clear();
  for (auto &[Fn, R] : RootList)
    if (R.Uncertain)
      Deferred.push_back({Fn, R});
    else
      reach(Fn, R);
  drain(Certain, /*Certain=*/true);
  std::vector<std::pair<FunctionId, Reached>> Late;
  Late.swap(Deferred);
  for (auto &[Fn, R] : Late)
    reach(Fn, R);
  drain(Uncertain, /*Certain=*/false);
}

void LoopSolver::drain(std::vector<FunctionId> &Queue, bool Certain) {
  for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
    FunctionId Fn = Queue[Next];
    for (const Edge &E : Calls.edges(Fn)) {
      if (Fallbacks.contains(E.Via))
        continue;
      Reached R{Reached::Kind::Called, E.At, Fn, E.K, !Certain || E.Uncertain};
      if (Certain && R.Uncertain)
        Deferred.push_back({E.Callee, R});
      else
        reach(E.Callee, R);
    }
  }
}

/// A pool runs a task at once when it is not running: `if (!Running) Task();
/// else Queue.push(Task)`. A call through an own parameter that also flows into
/// a slot which only worker code calls is that fallback, not loop code.
void LoopSolver::findPoolFallbacks() {
  llvm::DenseSet<FunctionId> Workers;
  std::vector<FunctionId> Stack;
  for (const Registration &R : F.Registrations)
    if (R.RunsOn == model::Thread::Worker)
      for (FunctionId Fn : Calls.callables(R.Callables))
        Stack.push_back(Fn);
  for (const Root &R : F.Roots)
    if (R.RunsOn == model::Thread::Worker)
      Stack.push_back(R.F);
  while (!Stack.empty()) {
    FunctionId Fn = Stack.back();
    Stack.pop_back();
    if (!Workers.insert(Fn).second)
      continue;
    const EventLoop *L = eventLoop(Fn);
    for (const Edge &E : Calls.edges(Fn))
      if (!L || !L->encloses(F.nest(F.Calls[E.At])))
        Stack.push_back(E.Callee);
  }
  std::vector<SlotId> WorkerSlots;
  for (const Call &C : F.Calls)
    if (C.K == Call::Kind::Through && Workers.contains(C.Caller) && !ReachedBy[C.Caller])
      for (Atom A : F.targets(C))
        if (A.IsSlot)
          WorkerSlots.push_back(A.Id);
  if (WorkerSlots.empty())
    return;
  llvm::DenseSet<SlotId> Sources = Calls.sourcesOf(WorkerSlots);
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I) {
    const Call &C = F.Calls[I];
    if (C.K == Call::Kind::Through && llvm::any_of(F.targets(C), [&](Atom A) {
          return A.IsSlot && Sources.contains(A.Id) && F.Slots[A.Id].K == Slot::Kind::Parameter &&
                 F.Slots[A.Id].Owner == C.Caller;
        }))
      Fallbacks.insert(I);
  }
}

} // namespace nettune::summary
