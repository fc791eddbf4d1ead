//===- Ways.cpp -----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Ways.h"

#include "summary/StableKey.h"

#include <llvm/ADT/STLExtras.h>

#include <set>

namespace nettune::summary {

/// Climbs from the sites' functions to the loop, over every call.
class WayFinder {
public:
  WayFinder(const Program &P, Ways &W) : P(P), W(W) {
    W.Nodes.push_back({"", Ways::Node::Kind::Loop});
    auto All = P.Loops.roots();
    for (std::uint32_t I = 0; I < All.size(); ++I)
      RootsOf[All[I].first].push_back(I);
  }

  void climbFrom(FunctionId Fn) { node(Fn); }

  void run() {
    for (std::size_t Next = 0; Next < Queue.size() && !full(); ++Next)
      above(Queue[Next]);
    W.Cut = full();
  }

  unsigned node(FunctionId Fn) {
    auto [It, New] = NodeOf.try_emplace(Fn, static_cast<unsigned>(W.Nodes.size()));
    if (New) {
      W.Nodes.push_back({stableKey(P.text(P.F.Functions[Fn].Key))});
      Queue.push_back(Fn);
    }
    return It->second;
  }

private:
  bool full() const { return W.Edges.size() >= MostWays; }

  /// What leads to \p Fn, and to the crowds that it is in.
  void above(FunctionId Fn) {
    llvm::SmallDenseSet<NodeId> Seen;
    llvm::SmallVector<NodeId> Stack{Fn};
    if (!P.Loops.reached(Fn) && P.Loops.eventLoop(Fn))
      loop(Fn);
    while (!Stack.empty() && !full()) {
      NodeId N = Stack.pop_back_val();
      if (!Seen.insert(N).second)
        continue;
      if (auto Found = RootsOf.find(N); Found != RootsOf.end())
        for (std::uint32_t I : Found->second)
          root(Fn, P.Loops.roots()[I].second);
      for (Incoming I : P.Calls.edgesTo(N)) {
        const Edge &E = P.Calls.edge(I);
        if (P.Calls.isCrowd(I.Caller))
          Stack.push_back(I.Caller);
        else if (P.Loops.isStep(I.Caller, E))
          call(I.Caller, Fn, E.K, E.At, E.Uncertain);
      }
    }
  }

  void root(FunctionId Fn, const Reached &R) {
    if (R.K == Reached::Kind::InLoop) {
      call(R.Caller, Fn, R.Through, R.At, R.Uncertain);
      loop(R.Caller);
      return;
    }
    Ways::Edge E{0, node(Fn), {}, {}, R.Uncertain};
    E.Step = P.entryStep(Fn, R, E.Origin);
    add(std::move(E));
  }

  void loop(FunctionId Fn) {
    Ways::Edge E{0, node(Fn), {}, {}, P.Loops.eventLoop(Fn)->Uncertain};
    E.Step = P.loopStep(Fn, E.Origin);
    add(std::move(E));
  }

  void call(FunctionId Caller, FunctionId Callee, CallKind K, std::uint32_t At, bool Uncertain) {
    unsigned From = node(Caller), To = node(Callee);
    add({From, To, P.callStep(Caller, Callee, K, At), {}, Uncertain});
  }

  void add(Ways::Edge E) {
    if (Told.insert({E.From, E.To, E.Step.Where}).second)
      W.Edges.push_back(std::move(E));
  }

  const Program &P;
  Ways &W;
  llvm::DenseMap<NodeId, std::vector<std::uint32_t>> RootsOf; ///< indexes into roots()
  llvm::DenseMap<FunctionId, unsigned> NodeOf;
  std::vector<FunctionId> Queue;
  std::set<std::tuple<unsigned, unsigned, Place>> Told;
};

Ways Program::waysTo(const BlockingFinding &B) const {
  Ways W;
  WayFinder Finder(*this, W);
  for (FunctionId Fn : B.Holders)
    Finder.climbFrom(Fn);
  Finder.run();
  llvm::sort(W.Edges, [this](const Ways::Edge &A, const Ways::Edge &B) {
    auto Key = [this](const Ways::Edge &E) {
      return std::tuple(F.text(E.Step.Where.File), E.Step.Where.Line, E.Step.Where.Column, E.From, E.To);
    };
    return Key(A) < Key(B);
  });
  for (std::size_t I = 0; I < B.Sites.size(); ++I) {
    unsigned Site = W.Nodes.size();
    W.Nodes.push_back({B.Sites[I].Api, Ways::Node::Kind::Site});
    Ways::Edge E{Finder.node(B.Holders[I]), Site, {}, {}, false};
    E.Step.Where = B.Sites[I].Where;
    W.Edges.push_back(std::move(E));
  }
  return W;
}

} // namespace nettune::summary
