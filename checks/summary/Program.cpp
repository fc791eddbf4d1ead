//===- Program.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Program.h"

#include "summary/Affinity.h"
#include "summary/StableKey.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace nettune::summary {

static std::string quoted(llvm::StringRef Name) { return "'" + Name.str() + "'"; }

Program::Program(Facts Taken, std::size_t MostCallees)
    : F(withAffinity(std::move(Taken))), Calls(F, MostCallees), Loops(F, Calls) {
  Calls.run();
  Loops.run();
  for (const NonblockingFd &N : F.NonblockingFds)
    Nonblocking.insert(N.Library);
}

/// A condition of the whole program keeps the site quiet.
bool Program::quiet(const BlockingSite &S) const {
  return S.G == model::Grade::Rarely ||
         (S.UnlessNonblocking && Nonblocking.contains(S.UnlessNonblocking));
}

bool Program::certain(const BlockingSite &S) const {
  if (S.G != model::Grade::Always)
    return false;
  if (const Reached *R = Loops.reached(S.In))
    return !R->Uncertain;
  return !Loops.eventLoop(S.In)->Uncertain;
}

std::string Program::functionName(FunctionId Fn) const {
  const Function &Info = F.Functions[Fn];
  std::string Quoted = quoted(F.text(Info.Name));
  return Info.has(Function::Lambda) ? "the lambda in " + Quoted : Quoted;
}

PathStep Program::loopStep(FunctionId Fn, std::string &Origin) const {
  const Wait &W = F.Waits[Loops.eventLoop(Fn)->Wait];
  Origin = "the event loop in " + functionName(Fn);
  return {PathStep::Kind::EventLoop, functionName(Fn), quoted(F.text(W.Api)), W.Where};
}

PathStep Program::entryStep(FunctionId Fn, const Reached &R, std::string &Origin) const {
  if (R.K == Reached::Kind::Registered) {
    const Registration &Given = F.Registrations[R.At];
    std::string Api = quoted(F.text(Given.Api));
    Origin = "the handler given to " + Api;
    return {Given.Assumed ? PathStep::Kind::Assumed : PathStep::Kind::Registered, functionName(Fn), Api,
            Given.Where};
  }
  const Root &Why = F.Roots[R.At];
  if (Why.K == Root::Kind::Coroutine) {
    Origin = F.Functions[Fn].has(Function::Lambda) ? "the coroutine " + functionName(Fn).substr(4)
                                                   : "coroutine " + functionName(Fn);
    return {PathStep::Kind::Coroutine, functionName(Fn), {}, F.Functions[Fn].Where};
  }
  Origin = "handler " + functionName(Fn);
  if (Why.K == Root::Kind::Annotation)
    return {PathStep::Kind::Annotated, functionName(Fn), quoted(F.text(Why.Detail)), F.Functions[Fn].Where};
  return {PathStep::Kind::Overrides, functionName(Fn), quoted(F.text(Why.Detail)), F.Functions[Fn].Where};
}

PathStep Program::callStep(FunctionId Caller, FunctionId Callee, Call::Kind K,
                           std::uint32_t At) const {
  auto Kind = K == Call::Kind::Direct    ? PathStep::Kind::Calls
              : K == Call::Kind::Virtual ? PathStep::Kind::CallsVirtual
                                         : PathStep::Kind::CallsThroughCallable;
  std::string Subject = functionName(Caller), Object = functionName(Callee);
  if (Subject == Object && Caller != Callee && F.Functions[Callee].has(Function::Lambda))
    Object = "the lambda at line " + std::to_string(F.Functions[Callee].Where.Line);
  return {Kind, Subject, Object, F.Calls[At].Where};
}

Program::LoopPath Program::path(FunctionId Fn) const {
  LoopPath E;
  while (true) {
    const Reached *R = Loops.reached(Fn);
    if (!R) {
      E.Steps.push_back(loopStep(Fn, E.Origin));
      break;
    }
    if (R->K == Reached::Kind::Registered || R->K == Reached::Kind::Root) {
      E.Steps.push_back(entryStep(Fn, *R, E.Origin));
      break;
    }
    E.Steps.push_back(callStep(R->Caller, Fn, R->Through, R->At));
    if (R->K == Reached::Kind::InLoop) {
      E.Steps.push_back(loopStep(R->Caller, E.Origin));
      break;
    }
    Fn = R->Caller;
  }
  std::reverse(E.Steps.begin(), E.Steps.end());
  return E;
}

/// Calls of \p Fn in loop code, save that at \p Without. Of those that mean a crowd
/// only some are looked at, since each of the crowd would look at them all.
void Program::addCallers(FunctionId Fn, std::uint32_t Without,
                         std::map<Place, FunctionId> &Callers) const {
  constexpr std::size_t MostOfCrowd = 64;
  llvm::DenseSet<NodeId> Seen;
  std::vector<NodeId> Stack{Fn};
  while (!Stack.empty() && Seen.size() < MostOfCrowd) {
    NodeId N = Stack.back();
    Stack.pop_back();
    if (!Seen.insert(N).second)
      continue;
    llvm::ArrayRef<Incoming> Edges = Calls.edgesTo(N);
    if (Calls.isCrowd(N) && Calls.edges(N).size() > MostOfCrowd)
      Edges = Edges.take_front(MostOfCrowd);
    for (Incoming I : Edges) {
      const Edge &E = Calls.edge(I);
      NodeId Caller = I.Caller;
      if (E.At == None) {
        Stack.push_back(Caller);
        continue;
      }
      const Call &C = F.Calls[E.At];
      bool IsPath = Without != None && C.Where == F.Calls[Without].Where;
      if (!IsPath && Loops.onLoop(Caller, F.nest(C)))
        Callers.emplace(C.Where, Caller);
    }
  }
}

/// Climbs from \p Fn while there is one way up; at the first function with
/// several, tells all but the one that the path took.
std::vector<BlockingFinding::Caller> Program::alsoReachedFrom(FunctionId Fn) const {
  std::vector<BlockingFinding::Caller> Others;
  llvm::DenseSet<FunctionId> Seen;
  while (Seen.insert(Fn).second) {
    const Reached *R = Loops.reached(Fn);
    if (!R)
      break;
    bool PathCalls = R->K == Reached::Kind::Called || R->K == Reached::Kind::InLoop;
    std::map<Place, FunctionId> Callers;
    addCallers(Fn, PathCalls ? R->At : None, Callers);
    for (auto &[Where, Caller] : Callers)
      Others.push_back({functionName(Caller), Where});
    if (!Others.empty() || R->K != Reached::Kind::Called)
      break;
    Fn = R->Caller;
  }
  return Others;
}

constexpr unsigned NearCalls =
    2; ///< over so many calls an accept or a thread is seen from its loop

static bool shareLoop(LoopStatements A, LoopStatements B) {
  return !A.empty() && !B.empty() && A.front() == B.front();
}

/// An accept of \p Fn or what it calls; with \p Nest only in the same loop.
std::optional<Place> Program::acceptBelow(FunctionId Fn, const LoopStatements *Nest,
                                          unsigned Depth) const {
  for (std::uint32_t I : Loops.accepts(Fn))
    if (!Nest || shareLoop(F.Accepts[I].Loops, *Nest))
      return F.Accepts[I].Where;
  if (Depth == NearCalls)
    return std::nullopt;
  for (const Edge &E : Calls.edges(Fn))
    if (E.K == Call::Kind::Direct && (!Nest || shareLoop(F.nest(F.Calls[E.At]), *Nest)))
      if (std::optional<Place> Found = acceptBelow(E.Callee, nullptr, Depth + 1))
        return Found;
  return std::nullopt;
}

std::optional<Place> Program::acceptAround(FunctionId Fn, LoopStatements Nest) const {
  return acceptAround(Fn, Nest, 0);
}

std::optional<Place> Program::acceptAround(FunctionId Fn, LoopStatements Nest,
                                           unsigned Depth) const {
  if (!Nest.empty())
    if (std::optional<Place> Found = acceptBelow(Fn, &Nest, 0))
      return Found;
  if (Depth == NearCalls)
    return std::nullopt;
  std::vector<std::uint32_t> Callers; // in the order of the calls
  for (Incoming I : Calls.edgesTo(Fn))
    if (I.kind() == Call::Kind::Direct)
      Callers.push_back(Calls.edge(I).At);
  llvm::sort(Callers);
  for (std::uint32_t At : Callers) {
    const Call &C = F.Calls[At];
    if (std::optional<Place> Found = acceptAround(C.Caller, F.nest(C), Depth + 1))
      return Found;
  }
  return std::nullopt;
}

bool Program::workersBlock() const {
  llvm::DenseSet<FunctionId> Waiting, Seen;
  for (const BlockingSite &S : F.Sites)
    Waiting.insert(S.In);
  std::vector<NodeId> Stack;
  llvm::DenseSet<std::uint32_t> SeenSlots;
  for (const Registration &R : F.Registrations)
    if (R.RunsOn == model::Thread::Worker)
      llvm::append_range(Stack, Calls.newCallables(R.Callables, SeenSlots));
  while (!Stack.empty()) {
    NodeId N = Stack.back();
    Stack.pop_back();
    if (!Seen.insert(N).second)
      continue;
    if (Waiting.contains(N))
      return true;
    for (const Edge &E : Calls.edges(N))
      Stack.push_back(E.Callee);
  }
  return false;
}

BlockingFinding Program::describe(const std::vector<const BlockingSite *> &Sites, LoopPath Way) const {
  const BlockingSite &First = *Sites.front();
  BlockingFinding B;
  B.Function = F.text(F.Functions[First.In].Name);
  B.Entity = stableKey(F.text(F.Functions[First.In].Key));
  B.Instead = F.text(First.Instead);
  B.Waits = First.Waits;
  B.Annotated = First.Annotated;
  B.Always = First.G == model::Grade::Always;
  B.Origin = std::move(Way.Origin);
  B.Path = std::move(Way.Steps);
  for (const BlockingSite *S : Sites)
    B.Sites.push_back({F.text(S->Api).str(), S->Where});
  for (const BlockingSite *S : Sites)
    B.Holders.push_back(S->In);
  return B;
}

std::vector<BlockingFinding> Program::blockingCallsOnLoop(llvm::function_ref<bool(Place)> Wanted) const {
  auto Order = [this](const BlockingSite *A, const BlockingSite *B) {
    auto Key = [this](const BlockingSite *S) {
      return std::tuple(F.text(S->Where.File), S->Where.Line, S->Where.Column, !certain(*S));
    };
    return Key(A) < Key(B);
  };
  std::vector<const BlockingSite *> Sites;
  for (const BlockingSite &S : F.Sites)
    if (Loops.onLoop(S.In, S.Loops) && !quiet(S))
      Sites.push_back(&S);
  std::sort(Sites.begin(), Sites.end(), Order);
  // Instantiations of a template share their place.
  auto SamePlace = [](const BlockingSite *A, const BlockingSite *B) {
    return A->Where == B->Where;
  };
  Sites.erase(std::unique(Sites.begin(), Sites.end(), SamePlace), Sites.end());

  using GroupKey = std::tuple<Place, model::Category, bool>;
  std::map<GroupKey, std::size_t> GroupOf;
  std::vector<std::vector<const BlockingSite *>> Groups;
  for (const BlockingSite *S : Sites) {
    GroupKey Key{F.Functions[S->In].Where, S->Waits, S->Annotated};
    auto [It, New] = GroupOf.try_emplace(Key, Groups.size());
    if (New)
      Groups.emplace_back();
    Groups[It->second].push_back(S);
  }
  std::vector<BlockingFinding> Findings;
  for (const auto &G : Groups) {
    const BlockingSite &First = *G.front();
    if (!Wanted(First.Where))
      continue;
    BlockingFinding &B = Findings.emplace_back(describe(G, path(First.In)));
    B.Certain = certain(First);
    B.AlsoReachedFrom = alsoReachedFrom(First.In);
  }
  return Findings;
}

} // namespace nettune::summary
