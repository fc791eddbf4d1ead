//===- LoopSolver.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/LoopSolver.h"

#include "summary/PrivateContexts.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace nettune::summary {

bool EventLoop::encloses(LoopStatements Nest) const {
  return llvm::any_of(Nest, [&](std::uint16_t L) { return llvm::is_contained(Statements, L); });
}

LoopSolver::LoopSolver(const Facts &F, const CallableSolver &Calls) : F(F), Calls(Calls) {}

void LoopSolver::run() {
  indexCalls();
  findTurns();
  findEventLoops();
  for (auto &[Fn, L] : Loops)
    L.Uncertain = !servesConnections(Fn, L);
  findWorkers();
  collectRoots();
  spread();
  findPoolFallbacks();
  if (!Fallbacks.empty())
    spread();
}

const Reached *LoopSolver::reached(FunctionId Fn) const {
  return IsReached[Fn] ? &ReachedBy[Fn] : nullptr;
}

const EventLoop *LoopSolver::eventLoop(FunctionId Fn) const {
  auto It = Loops.find(Fn);
  return It == Loops.end() ? nullptr : &It->second;
}

bool LoopSolver::onLoop(FunctionId Fn, LoopStatements Nest) const {
  if (IsReached[Fn])
    return true;
  const EventLoop *L = eventLoop(Fn);
  return L && L->encloses(Nest);
}

/// What is annotated otherwise is not looked at, nor what a process does last.
bool LoopSolver::stops(FunctionId Fn) const {
  const Function &Info = F.Functions[Fn];
  return Info.has(Function::AnnotatedWorker) || Info.has(Function::AnnotatedNonblocking) ||
         Info.has(Function::EndsProcess);
}

/// The models say over how many calls a loop statement may stand around a wait;
/// around a turn of an event loop it may stand over so many.
constexpr unsigned TurnReach = 3;
/// A turn takes in connections over at most so many calls.
constexpr unsigned AcceptReach = 3;

/// `while (!stop) turn();`: what dispatches in a loop statement of its own, and
/// takes in connections not far below, is a turn of an event loop if it waits, too.
void LoopSolver::findTurns() {
  Turns.assign(Calls.nodes(), false);
  if (F.Accepts.empty())
    return;
  std::vector<std::uint8_t> Left(Calls.nodes()); // calls that may still stand above, and one
  std::vector<NodeId> Queue;
  auto Improve = [&](NodeId N, unsigned Value) {
    if (Left[N] >= Value)
      return;
    Left[N] = static_cast<std::uint8_t>(Value);
    Queue.push_back(N);
  };
  for (const Accept &A : F.Accepts)
    Improve(A.In, AcceptReach + 1);
  for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
    unsigned Here = Left[Queue[Next]];
    for (Incoming I : Calls.edgesTo(Queue[Next]))
      Improve(I.Caller, Here - !Calls.isCrowd(I.Caller)); // a crowd is no step of its own
  }
  for (const Call &C : F.Calls)
    if (C.Loops != 0 && Left[C.Caller] != 0 && dispatches(C))
      Turns[C.Caller] = true;
}

/// Of loops around each other the innermost that works off events in a loop of its own is
/// the event loop; what is around it starts it again: connects anew, waits a while.
LoopStatements LoopSolver::servingLoops(FunctionId Fn, LoopStatements Nest) const {
  for (LoopStatements Inner = Nest; Inner.size() > 1; Inner = Inner.drop_back()) {
    LoopStatements Rest = Nest.drop_front(Inner.size()); // loops around the wait itself
    auto WorksOff = [&](LoopStatements Around) {
      auto At = llvm::find(Around, Inner.back());
      return At != Around.end() && ++At != Around.end() && (Rest.empty() || *At != Rest.front());
    };
    if (llvm::any_of(Calls.callsOf(Fn), [&](std::uint32_t I) { return WorksOff(F.nest(F.Calls[I])); }) ||
        llvm::any_of(AcceptsOf[Fn], [&](std::uint32_t I) { return WorksOff(F.Accepts[I].Loops); }))
      return Nest.drop_front(Inner.size() - 1);
  }
  return Nest;
}

/// A loop statement that encloses a wait, or a direct or virtual call that
/// reaches one over fewer calls than the wait's reach, is an event loop, even if
/// the wrapper retries in a loop of its own. The first turn that is on the way
/// counts as the wait; turns of turns would lead anywhere.
void LoopSolver::findEventLoops() {
  struct Distance {
    unsigned Left;
    std::uint32_t Wait;
  };
  llvm::DenseMap<NodeId, Distance> Near[2]; // behind a turn: the second
  auto Mark = [&](FunctionId Fn, LoopStatements Nest, std::uint32_t Wait) {
    EventLoop &L = Loops.try_emplace(Fn, EventLoop{{}, Wait}).first->second;
    for (std::uint16_t S : servingLoops(Fn, Nest))
      if (!llvm::is_contained(L.Statements, S))
        L.Statements.push_back(S);
    std::sort(L.Statements.begin(), L.Statements.end());
  };
  std::vector<std::pair<NodeId, bool>> Queue;
  auto Improve = [&](NodeId N, bool Turned, Distance D) {
    if (!Turned && Turns[N]) {
      Turned = true;
      D.Left = std::max(D.Left, TurnReach);
    }
    auto [It, New] = Near[Turned].try_emplace(N, D);
    if (!New && It->second.Left >= D.Left)
      return;
    It->second = D;
    Queue.push_back({N, Turned});
  };
  for (std::uint32_t I = 0; I < F.Waits.size(); ++I) {
    const Wait &W = F.Waits[I];
    if (W.Loops.empty()) {
      Improve(W.In, false, {W.Reach, I});
      continue;
    }
    Mark(W.In, W.Loops, I);
    // A retry loop of a wrapper: a caller further out may hold the real loop. A
    // loop that serves is the real one; who starts it again is no part of it.
    if (W.Reach > 1 && !servesConnections(W.In, Loops[W.In]))
      Improve(W.In, false, {W.Reach, I});
  }
  for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
    auto [N, Turned] = Queue[Next];
    Distance D = Near[Turned][N];
    if (D.Left == 0)
      continue;
    for (Incoming I : Calls.edgesTo(N)) {
      if (I.kind() == Call::Kind::Through)
        continue;
      if (Calls.isCrowd(I.Caller)) { // no step of its own
        Improve(I.Caller, Turned, D);
        continue;
      }
      const Call &C = F.Calls[Calls.edge(I).At];
      if (C.Loops != 0)
        Mark(I.Caller, F.nest(C), D.Wait);
      else
        Improve(I.Caller, Turned, {D.Left - 1, D.Wait});
    }
  }
}

void LoopSolver::indexCalls() {
  std::size_t Functions = F.Functions.size();
  AcceptsOf = Adjacency(Functions, [this](auto Add) {
    for (std::uint32_t I = 0; I < F.Accepts.size(); ++I)
      Add(F.Accepts[I].In, I);
  });
  Dispatches.resize(Functions);
  std::vector<FunctionId> Stack;
  auto Find = [&](FunctionId Fn) {
    if (Dispatches[Fn])
      return;
    Dispatches[Fn] = true;
    Stack.push_back(Fn);
  };
  for (const Call &C : F.Calls)
    if (C.K != Call::Kind::Direct)
      Find(C.Caller);
  for (const Accept &A : F.Accepts)
    Find(A.In);
  while (!Stack.empty()) {
    FunctionId Fn = Stack.back();
    Stack.pop_back();
    for (Incoming I : Calls.edgesTo(Fn))
      if (I.kind() == Call::Kind::Direct)
        Find(I.Caller);
  }
}

bool LoopSolver::dispatches(const Call &C) const {
  return C.K != Call::Kind::Direct || Dispatches[C.Callee];
}

/// Can code below the loop call through a callable or by virtual dispatch, even
/// if nobody knows yet what is called, or does it take in connections?
bool LoopSolver::servesConnections(FunctionId Fn, const EventLoop &L) const {
  return llvm::any_of(Calls.callsOf(Fn),
                      [&](std::uint32_t I) {
                        const Call &C = F.Calls[I];
                        return dispatches(C) && L.encloses(F.nest(C));
                      }) ||
         llvm::any_of(AcceptsOf[Fn],
                      [&](std::uint32_t I) { return L.encloses(F.Accepts[I].Loops); });
}

bool LoopSolver::isWork(const Registration &R) const {
  return R.RunsOn == model::Thread::Worker ||
         (R.RunsOn == model::Thread::Loop && R.On != 0 && Private.contains(R.On));
}

void LoopSolver::findWorkers() {
  spreadWorkers();
  Private = privateContexts(F, Workers);
  if (!Private.empty())
    spreadWorkers();
}

/// What worker code calls. A coroutine is not run by who calls it, but by the
/// coroutine that awaits it.
void LoopSolver::spreadWorkers() {
  Workers.assign(Calls.nodes(), false);
  std::vector<NodeId> Stack;
  auto Run = [&](NodeId N) {
    if (Workers[N])
      return;
    Workers[N] = true;
    Stack.push_back(N);
  };
  llvm::DenseSet<std::uint32_t> Seen;
  for (const Registration &R : F.Registrations)
    if (isWork(R))
      for (FunctionId Fn : Calls.newCallables(R.Callables, Seen))
        Run(Fn);
  for (const Root &R : F.Roots)
    if (R.RunsOn == model::Thread::Worker)
      Run(R.F);
  auto IsCoroutine = [this](NodeId N) {
    return !Calls.isCrowd(N) && F.Functions[N].has(Function::Coroutine);
  };
  while (!Stack.empty()) {
    NodeId N = Stack.back();
    Stack.pop_back();
    const EventLoop *L = eventLoop(N);
    for (const Edge &E : Calls.edges(N))
      if (!Workers[E.Callee] && !(L && L->encloses(F.nest(F.Calls[E.At]))) &&
          (!IsCoroutine(E.Callee) || (IsCoroutine(N) && E.K == Call::Kind::Direct)))
        Run(E.Callee);
  }
}

void LoopSolver::collectRoots() {
  llvm::DenseSet<std::uint32_t> Seen;
  llvm::DenseMap<FunctionId, std::uint32_t> Coroutines;
  for (std::uint32_t I = 0; I < F.Roots.size(); ++I)
    if (F.Roots[I].K == Root::Kind::Coroutine && F.Roots[I].RunsOn == model::Thread::Loop)
      Coroutines.try_emplace(F.Roots[I].F, I);
  llvm::DenseSet<FunctionId> SeenMethods;
  for (std::uint32_t I = 0; I < F.Registrations.size(); ++I) {
    const Registration &R = F.Registrations[I];
    if (R.RunsOn != model::Thread::Loop || isWork(R))
      continue;
    for (FunctionId Fn : Calls.newCallables(R.Callables, Seen)) {
      // It was spawned; what it is tells more.
      if (auto It = Coroutines.find(Fn);
          It != Coroutines.end() && !F.Functions[Fn].has(Function::Lambda))
        RootList.push_back({Fn, {Reached::Kind::Root, It->second}});
      RootList.push_back({Fn, {.K = Reached::Kind::Registered, .At = I, .Uncertain = R.Assumed}});
      llvm::ArrayRef<FunctionId> Over = Calls.overriders(Fn);
      if (!Over.empty() && !SeenMethods.insert(Fn).second)
        continue;
      for (FunctionId O : Over)
        RootList.push_back(
            {O,
             {.K = Reached::Kind::Registered, .At = I, .Uncertain = R.Assumed || Over.size() > 1}});
    }
  }
  // A coroutine of which only workers are known to run it is theirs.
  for (std::uint32_t I = 0; I < F.Roots.size(); ++I)
    if (const Root &R = F.Roots[I];
        R.RunsOn == model::Thread::Loop && !(R.K == Root::Kind::Coroutine && Workers[R.F]))
      RootList.push_back({R.F, {Reached::Kind::Root, I}});
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

void LoopSolver::reach(NodeId First, Reached R) {
  std::vector<NodeId> Stack{First};
  while (!Stack.empty()) {
    NodeId N = Stack.back();
    Stack.pop_back();
    if (IsReached[N] || (!Calls.isCrowd(N) && stops(N)))
      continue;
    IsReached[N] = true;
    ReachedBy[N] = R;
    if (!Calls.isCrowd(N))
      (R.Uncertain ? Uncertain : Certain).push_back(N);
    else // no step of its own: who called it, which is a guess, calls its members
      for (const Edge &E : llvm::reverse(Calls.edges(N)))
        Stack.push_back(E.Callee);
  }
}

bool LoopSolver::isFallback(const Edge &E) const {
  if (Fallbacks.empty())
    return false;
  return E.Parameter == None ? Fallbacks.contains(E.At) : !Called.contains(E.Parameter);
}

/// Breadth first, so that a path is a shortest one; all that is certain first,
/// so that a guess never hides a certain path.
void LoopSolver::spread() {
  IsReached.assign(Calls.nodes(), false);
  ReachedBy.resize(Calls.nodes());
  Certain.clear();
  Uncertain.clear();
  for (auto &[Fn, R] : RootList)
    if (!R.Uncertain)
      reach(Fn, R);
  for (std::size_t Next = 0; Next < Certain.size(); ++Next)
    follow(Certain[Next], Step::Sure);
  for (auto &[Fn, R] : RootList)
    if (R.Uncertain)
      reach(Fn, R);
  for (FunctionId Fn : Certain)
    follow(Fn, Step::Guess);
  for (std::size_t Next = 0; Next < Uncertain.size(); ++Next)
    follow(Uncertain[Next], Step::Any);
}

/// Reaches what \p Fn calls by steps of that kind.
void LoopSolver::follow(FunctionId Fn, Step Which) {
  for (const Edge &E : Calls.edges(Fn))
    if ((Which == Step::Any || E.Uncertain == (Which == Step::Guess)) && !IsReached[E.Callee] &&
        !isFallback(E))
      reach(E.Callee, {Reached::Kind::Called, E.At, Fn, E.K, Which != Step::Sure});
}

/// A pool runs a task at once when it is not running: `if (!Running) Task();
/// else Queue.push(Task)`. A call through an own parameter that also flows into
/// a slot which only worker code calls is that fallback, not loop code.
void LoopSolver::findPoolFallbacks() {
  std::vector<SlotId> WorkerSlots;
  for (const Call &C : F.Calls)
    if (C.K == Call::Kind::Through && Workers[C.Caller] && !IsReached[C.Caller])
      for (Atom A : F.targets(C))
        if (A.IsSlot)
          WorkerSlots.push_back(A.Id);
  if (WorkerSlots.empty())
    return;
  std::vector<bool> Sources = Calls.sourcesOf(WorkerSlots);
  for (std::uint32_t I = 0; I < F.Calls.size(); ++I) {
    const Call &C = F.Calls[I];
    if (C.K == Call::Kind::Through && llvm::any_of(F.targets(C), [&](Atom A) {
          return A.IsSlot && Sources[A.Id] && F.Slots[A.Id].K == Slot::Kind::Parameter &&
                 F.Slots[A.Id].Owner == C.Caller;
        }))
      Fallbacks.insert(I);
  }
  Called = Calls.calledParameters(Fallbacks);
}

} // namespace nettune::summary
