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
        if (A.IsSlot && !F.argument(C, I).empty() &&
            HubOf.try_emplace(pairKey(A.Id, I), static_cast<std::uint32_t>(Hubs.size())).second)
          Hubs.push_back({A.Id, I});
  }
}

template <typename Visit> void SlotSolver::eachPassed(Visit Do) const {
  for (const Call &C : F.Calls) {
    if (C.K != Call::Kind::Through)
      continue;
    for (unsigned I = 0; I < F.argumentCount(C); ++I)
      for (Atom Target : F.targets(C)) {
        if (F.argument(C, I).empty())
          continue;
        SlotId To = Target.IsSlot
                        ? static_cast<SlotId>(F.Slots.size()) + HubOf.lookup(pairKey(Target.Id, I))
                        : F.findParameter(Target.Id, I);
        if (To != None)
          Do(F.argument(C, I), To);
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
  eachPassed([&](llvm::ArrayRef<Atom> Argument, SlotId To) {
    for (Atom A : Argument)
      Flow(A, To);
  });
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
  for (const Call &C : F.Calls)
    Take(F.targets(C));
  eachPassed([&](llvm::ArrayRef<Atom> Argument, SlotId To) {
    Take(Argument);
    if (llvm::any_of(Argument, [](Atom A) { return !A.IsSlot; }))
      Pinned[ClassOf[To]] = true;
  });
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

void SlotSolver::hold(std::uint32_t Class, Entry E) {
  constexpr std::size_t Few = 8;
  std::vector<Entry> &Known = Entries[Class];
  if (E == Entry::token(Class))
    return;
  if (Known.size() < Few) {
    if (llvm::is_contained(Known, E))
      return;
  } else {
    if (Known.size() == Few)
      for (Entry Old : Known)
        IsHeld.insert(pairKey(Class, Old.Bits));
    if (!IsHeld.insert(pairKey(Class, E.Bits)).second)
      return;
  }
  Known.push_back(E);
  if (!States[Class].Waiting) {
    States[Class].Waiting = true;
    Work.push_back(Class);
  }
}

void SlotSolver::addFlow(std::uint32_t From, std::uint32_t To) {
  if (From == To || !Connected.insert(pairKey(From, To)).second)
    return;
  States[From].Later.push_back(To);
  if (States[From].SentToken)
    return hold(To, Entry::token(From));
  for (std::size_t I = 0; I < Entries[From].size(); ++I)
    hold(To, Entries[From][I]);
}

std::uint32_t SlotSolver::hubOfClass(std::uint32_t Class, unsigned Index) {
  auto New = static_cast<std::uint32_t>(Hubs.size());
  auto [It, Added] = HubOfClass.try_emplace(pairKey(Class, Index), New);
  if (!Added)
    return It->second;
  Hubs.push_back({Class, Index, Classes++});
  unsigned Depth = States[Class].Depth + 1;
  States.emplace_back().Depth = Depth;
  Entries.emplace_back();
  States[Class].Hubs.push_back(New);
  for (std::uint32_t I = 0; I < States[Class].Done; ++I)
    connect(New, Entries[Class][I]);
  return New;
}

/// What \p H gathers is passed to \p E.
void SlotSolver::connect(std::uint32_t H, Entry E) {
  unsigned Index = Hubs[H].Index;
  if (E.isToken()) {
    std::uint32_t Other = hubOfClass(E.ofClass(), Index);
    addFlow(Hubs[H].Own, Hubs[Other].Own);
  } else if (SlotId To = F.findParameter(E.function(), Index); To != None) {
    addFlow(Hubs[H].Own, ClassOf[To]);
  }
}

void SlotSolver::propagate(std::uint32_t C) {
  // Hubs of classes of hubs of ...: without an end where callables call each other.
  constexpr unsigned DeepestToken = 1;
  auto Send = [&](Entry E) {
    if (C < Next.size())
      for (std::uint32_t To : Next[C])
        hold(To, E);
    for (std::size_t I = 0; I < States[C].Later.size(); ++I)
      hold(States[C].Later[I], E);
  };
  // By index: connect() can add to all of these.
  while (States[C].Done < Entries[C].size()) {
    if (!States[C].SentToken && Entries[C].size() > Many && States[C].Depth <= DeepestToken) {
      States[C].SentToken = true;
      Send(Entry::token(C));
    }
    Entry E = Entries[C][States[C].Done++];
    if (!States[C].SentToken)
      Send(E);
    for (std::size_t I = 0; I < States[C].Hubs.size(); ++I)
      connect(States[C].Hubs[I], E);
  }
  States[C].Waiting = false;
}

/// Makes the classes, and tells each what it holds from the start.
void SlotSolver::prepare() {
  makeHubs();
  ClassOf.assign(F.Slots.size() + Hubs.size(), None);
  Adjacency Flows(ClassOf.size(), [this](auto Add) { eachFlow(Add); });
  findCycles(Flows);
  mergeCopies(Flows);
  Next = Adjacency(Classes, [&](auto Add) {
    for (std::uint32_t Node = 0; Node < ClassOf.size(); ++Node)
      for (std::uint32_t To : Flows[Node])
        if (ClassOf[To] != ClassOf[Node])
          Add(ClassOf[Node], ClassOf[To]);
  });
  States.resize(Classes);
  Entries.resize(Classes);
  for (std::uint32_t I = 0; I < Hubs.size(); ++I) {
    Hub &H = Hubs[I];
    H.Through = ClassOf[H.Through];
    H.Own = ClassOf[F.Slots.size() + I];
    States[H.Through].Hubs.push_back(I);
  }
  for (const Flow &E : F.Flows)
    if (!E.From.IsSlot)
      hold(ClassOf[E.To], Entry::callable(E.From.Id));
  eachPassed([&](llvm::ArrayRef<Atom> Argument, SlotId To) {
    for (Atom A : Argument)
      if (!A.IsSlot)
        hold(ClassOf[To], Entry::callable(A.Id));
  });
}

void SlotSolver::run() {
  prepare();
  while (!Work.empty()) {
    std::uint32_t Class = Work.back();
    Work.pop_back();
    propagate(Class);
  }
  for (std::vector<Entry> &E : Entries)
    std::sort(E.begin(), E.end());
  IsHeld = {};
}

void SlotSolver::collect(SlotId S, llvm::DenseSet<std::uint32_t> &Seen,
                         std::vector<FunctionId> &Out) const {
  std::vector<std::uint32_t> Stack{ClassOf[S]};
  while (!Stack.empty()) {
    std::uint32_t Class = Stack.back();
    Stack.pop_back();
    if (!Seen.insert(Class).second)
      continue;
    for (Entry E : Entries[Class])
      if (E.isToken())
        Stack.push_back(E.ofClass());
      else
        Out.push_back(E.function());
  }
}

std::vector<bool> SlotSolver::sourcesOf(llvm::ArrayRef<SlotId> Into) const {
  auto NodeOf = [this](std::uint32_t Hub) { return static_cast<SlotId>(F.Slots.size() + Hub); };
  Adjacency Previous(F.Slots.size() + Hubs.size(), [&](auto Add) {
    eachFlow([&](SlotId From, SlotId To) { Add(To, From); });
    for (std::uint32_t H = 0; H < Hubs.size(); ++H)
      for (Entry E : Entries[Hubs[H].Through])
        if (E.isToken())
          Add(NodeOf(HubOfClass.lookup(pairKey(E.ofClass(), Hubs[H].Index))), NodeOf(H));
        else if (SlotId To = F.findParameter(E.function(), Hubs[H].Index); To != None)
          Add(To, NodeOf(H));
  });
  std::vector<bool> Seen(F.Slots.size() + Hubs.size());
  std::vector<SlotId> Stack(Into.begin(), Into.end());
  while (!Stack.empty()) {
    SlotId S = Stack.back();
    Stack.pop_back();
    if (Seen[S])
      continue;
    Seen[S] = true;
    llvm::append_range(Stack, Previous[S]);
  }
  return Seen;
}

} // namespace nettune::summary
