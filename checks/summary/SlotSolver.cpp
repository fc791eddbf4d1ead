//===- SlotSolver.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/SlotSolver.h"

#include <algorithm>

namespace nettune::summary {

static std::uint64_t pairKey(std::uint32_t A, std::uint32_t B) {
  return (static_cast<std::uint64_t>(A) << 32) | B;
}

void SlotSolver::makeHubs() {
  for (const Call &C : F.Calls) {
    if (C.K != Call::Kind::Through)
      continue;
    for (unsigned I = 0; I < F.argumentCount(C); ++I)
      for (Atom A : F.targets(C))
        if (A.IsSlot && !F.argument(C, I).empty()) {
          auto New = static_cast<SlotId>(F.Slots.size() + Hubs.size());
          if (HubOf.try_emplace(pairKey(A.Id, I), New).second)
            Hubs.push_back({A.Id, I});
        }
  }
}

template <typename Add> void SlotSolver::eachFlow(Add Name) const {
  auto Flow = [&](Atom From, SlotId To) {
    if (From.IsSlot && To != None && From.Id != To)
      Name(From.Id, To);
  };
  for (const summary::Flow &E : F.Flows)
    Flow(E.From, E.To);
  // What flows into a virtual method's parameter flows into its overriders'; what
  // an overrider returns, the method may return.
  llvm::DenseMap<FunctionId, SlotId> Returns;
  for (SlotId S = 0; S < F.Slots.size(); ++S) {
    const Slot &Info = F.Slots[S];
    if (Info.K == Slot::Kind::Return)
      Returns[Info.Owner] = S;
    if (Info.K == Slot::Kind::Parameter)
      for (FunctionId O : Overriders.overriders(Info.Owner))
        Flow(Atom::slot(S), F.findParameter(O, Info.Index));
  }
  for (const Override &O : F.Overrides) {
    auto From = Returns.find(O.Derived), To = Returns.find(O.Base);
    if (From != Returns.end() && To != Returns.end())
      Flow(Atom::slot(From->second), To->second);
  }
  for (const Call &C : F.Calls) {
    if (C.K != Call::Kind::Through)
      continue;
    for (unsigned I = 0; I < F.argumentCount(C); ++I)
      for (Atom Target : F.targets(C))
        for (Atom A : F.argument(C, I))
          Flow(A, Target.IsSlot ? HubOf.lookup(pairKey(Target.Id, I)) : F.findParameter(Target.Id, I));
  }
}

/// Tarjan's strongly connected components, without recursion. Components are
/// numbered from the sinks up.
void SlotSolver::findCycles(const Adjacency &Flows) {
  auto Nodes = static_cast<std::uint32_t>(ClassOf.size());
  std::vector<std::uint32_t> Order(Nodes, None), Low(Nodes), Stack;
  struct Frame {
    std::uint32_t Node, NextItem;
  };
  std::vector<Frame> Path;
  std::uint32_t Count = 0;
  auto Enter = [&](std::uint32_t Node) {
    Order[Node] = Low[Node] = Count++;
    Stack.push_back(Node);
    Path.push_back({Node, 0});
  };
  for (std::uint32_t Root = 0; Root < Nodes; ++Root) {
    if (Order[Root] == None)
      Enter(Root);
    while (!Path.empty()) {
      auto &[Node, NextItem] = Path.back();
      if (NextItem < Flows[Node].size()) {
        std::uint32_t To = Flows[Node][NextItem++];
        if (Order[To] == None)
          Enter(To);
        else if (ClassOf[To] == None)
          Low[Node] = std::min(Low[Node], Order[To]);
        continue;
      }
      std::uint32_t Finished = Node;
      Path.pop_back();
      if (!Path.empty())
        Low[Path.back().Node] = std::min(Low[Path.back().Node], Low[Finished]);
      if (Low[Finished] != Order[Finished])
        continue;
      std::uint32_t Member;
      do {
        Member = Stack.back();
        Stack.pop_back();
        ClassOf[Member] = Classes;
      } while (Member != Finished);
      ++Classes;
    }
  }
}

/// Merges a class into the one class that flows into it, unless it holds callables
/// of its own or a call may yet add flows: parameters of functions that are called
/// through slots.
void SlotSolver::mergeCopies(const Adjacency &Flows) {
  std::vector<bool> Called(F.Functions.size()), Pinned(Classes);
  auto Take = [&](llvm::ArrayRef<Atom> Atoms) {
    for (Atom A : Atoms)
      if (!A.IsSlot)
        Called[A.Id] = true;
  };
  for (const Flow &E : F.Flows) {
    Take(E.From);
    if (!E.From.IsSlot)
      Pinned[ClassOf[E.To]] = true;
  }
  for (const Call &C : F.Calls) {
    if (C.K != Call::Kind::Through)
      continue;
    for (unsigned I = 0; I < F.argumentCount(C); ++I) {
      Take(F.argument(C, I));
      bool PassesFunction = llvm::any_of(F.argument(C, I), [](Atom A) { return !A.IsSlot; });
      for (Atom Target : F.targets(C))
        if (Target.IsSlot && PassesFunction)
          Pinned[ClassOf[HubOf.lookup(pairKey(Target.Id, I))]] = true;
    }
    Take(F.targets(C));
  }
  for (SlotId S = 0; S < F.Slots.size(); ++S)
    if (F.Slots[S].K == Slot::Kind::Parameter && Called[F.Slots[S].Owner])
      Pinned[ClassOf[S]] = true;

  constexpr std::uint32_t Several = None - 1;
  std::vector<std::uint32_t> From(Classes, None), Merged(Classes);
  Adjacency Members(Classes, [&](auto Add) {
    for (std::uint32_t Node = 0; Node < ClassOf.size(); ++Node)
      Add(ClassOf[Node], Node);
  });
  for (std::uint32_t C = Classes; C-- > 0;) { // from the sources down
    bool IsCopy = !Pinned[C] && From[C] != None && From[C] != Several;
    Merged[C] = IsCopy ? From[C] : C;
    for (std::uint32_t Node : Members[C])
      for (std::uint32_t To : Flows[Node]) {
        std::uint32_t &Known = From[ClassOf[To]];
        if (ClassOf[To] != C)
          Known = Known == None || Known == Merged[C] ? Merged[C] : Several;
      }
  }
  for (std::uint32_t &C : ClassOf)
    C = Merged[C];
}

void SlotSolver::hold(std::uint32_t Class, FunctionId Callable) {
  constexpr std::size_t Few = 8;
  std::vector<FunctionId> &H = Held[Class];
  if (H.size() < Few) {
    if (llvm::is_contained(H, Callable))
      return;
  } else {
    if (H.size() == Few)
      for (FunctionId Known : H)
        IsHeld.insert(pairKey(Class, Known));
    if (!IsHeld.insert(pairKey(Class, Callable)).second)
      return;
  }
  H.push_back(Callable);
  if (!Waiting[Class]) {
    Waiting[Class] = true;
    Work.push_back(Class);
  }
}

/// \p Callable is called through slots of \p Class: what they pass flows into its
/// parameters.
void SlotSolver::connect(std::uint32_t Class, FunctionId Callable) {
  for (std::uint32_t H : HubsOf[Class]) {
    SlotId To = F.findParameter(Callable, Hubs[H].Index);
    if (To == None)
      continue;
    std::uint32_t From = ClassOf[F.Slots.size() + H];
    if (From == ClassOf[To] || !Connected.insert(pairKey(From, ClassOf[To])).second)
      continue;
    Later[From].push_back(ClassOf[To]);
    for (std::size_t I = 0; I < Held[From].size(); ++I)
      hold(ClassOf[To], Held[From][I]);
  }
}

void SlotSolver::propagate(std::uint32_t Class) {
  // By index: connect() can add to what this class holds.
  for (; Done[Class] < Held[Class].size(); ++Done[Class]) {
    FunctionId Callable = Held[Class][Done[Class]];
    for (std::uint32_t To : Next[Class])
      hold(To, Callable);
    for (std::size_t I = 0; I < Later[Class].size(); ++I)
      hold(Later[Class][I], Callable);
    connect(Class, Callable);
  }
  Waiting[Class] = false;
}

void SlotSolver::run() {
  makeHubs();
  ClassOf.assign(F.Slots.size() + Hubs.size(), None);
  {
    Adjacency Flows(ClassOf.size(), [this](auto Add) { eachFlow(Add); });
    findCycles(Flows);
    mergeCopies(Flows);
    Next = Adjacency(Classes, [&](auto Add) {
      for (std::uint32_t Node = 0; Node < ClassOf.size(); ++Node)
        for (std::uint32_t To : Flows[Node])
          if (ClassOf[To] != ClassOf[Node])
            Add(ClassOf[Node], ClassOf[To]);
    });
  }
  HubsOf = Adjacency(Classes, [this](auto Add) {
    for (std::uint32_t H = 0; H < Hubs.size(); ++H)
      Add(ClassOf[Hubs[H].Through], H);
  });
  Held.resize(Classes);
  Later.resize(Classes);
  Done.resize(Classes);
  Waiting.resize(Classes);
  for (const Flow &E : F.Flows)
    if (!E.From.IsSlot)
      hold(ClassOf[E.To], E.From.Id);
  for (const Call &C : F.Calls) {
    if (C.K != Call::Kind::Through)
      continue;
    for (unsigned I = 0; I < F.argumentCount(C); ++I)
      for (Atom Target : F.targets(C)) {
        SlotId To = Target.IsSlot ? HubOf.lookup(pairKey(Target.Id, I)) : F.findParameter(Target.Id, I);
        for (Atom A : F.argument(C, I))
          if (!A.IsSlot && To != None)
            hold(ClassOf[To], A.Id);
      }
  }
  while (!Work.empty()) {
    std::uint32_t Class = Work.back();
    Work.pop_back();
    propagate(Class);
  }
  for (std::vector<FunctionId> &H : Held)
    std::sort(H.begin(), H.end());
  IsHeld = {};
}

llvm::DenseSet<SlotId> SlotSolver::sourcesOf(llvm::ArrayRef<SlotId> Into) const {
  Adjacency Previous(ClassOf.size(), [this](auto Add) {
    eachFlow([&](SlotId From, SlotId To) { Add(To, From); });
    for (std::uint32_t H = 0; H < Hubs.size(); ++H)
      for (FunctionId Callable : held(Hubs[H].Through))
        if (SlotId To = F.findParameter(Callable, Hubs[H].Index); To != None)
          Add(To, static_cast<SlotId>(F.Slots.size() + H));
  });
  llvm::DenseSet<SlotId> Seen;
  std::vector<SlotId> Stack(Into.begin(), Into.end());
  while (!Stack.empty()) {
    SlotId S = Stack.back();
    Stack.pop_back();
    if (Seen.insert(S).second)
      llvm::append_range(Stack, Previous[S]);
  }
  return Seen;
}

} // namespace nettune::summary
