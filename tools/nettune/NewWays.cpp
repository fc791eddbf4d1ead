//===- NewWays.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NewWays.h"

#include "PathNotes.h"

#include <llvm/ADT/DenseSet.h>

#include <algorithm>
#include <set>

namespace nettune::cli {
using summary::Ways;

void NamedWays::add(Ways W, const summary::Facts &F) {
  if (Nodes.empty())
    Nodes.push_back({"", Ways::Node::Kind::Loop});
  // The loop is common to all programs.
  unsigned Before = Nodes.size() - 1;
  auto Number = [&](unsigned N) { return N == 0 ? 0 : N + Before; };
  for (std::size_t I = 1; I < W.Nodes.size(); ++I)
    Nodes.push_back(std::move(W.Nodes[I]));
  for (Ways::Edge &E : W.Edges) {
    std::string Text;
    if (Nodes[Number(E.To)].K != Ways::Node::Kind::Site) {
      std::vector<clang::tidy::nettune::Finding::Note> Note;
      addPath({E.Step}, 1, Note);
      Text = Note.front().Text.str();
    }
    Edges.push_back({Number(E.From), Number(E.To), named(F, E.Step.Where), std::move(Text), std::move(E.Origin), E.Uncertain});
  }
  Cut |= W.Cut;
}

namespace {

/// What stands on both sides, and which calls lead from one to the other.
using EdgeKey = std::pair<std::string, std::string>;
using Contracted = std::map<EdgeKey, std::set<NamedPlace>>;

class Graph {
public:
  Graph(const NamedWays &W, const llvm::StringSet<> &Others) : W(W), Others(Others), Out(W.Nodes.size()) {
    for (unsigned I = 0; I < W.Edges.size(); ++I)
      Out[W.Edges[I].From].push_back(I);
  }

  Contracted contracted() const {
    Contracted C;
    eachEdge([&](unsigned I, const EdgeKey &Key) { C[Key].insert(W.Edges[I].Where); });
    return C;
  }

  /// Each edge from what stands on both sides, with what it leads to there.
  template <typename Visit> void eachEdge(Visit Do) const {
    for (unsigned I = 0; I < W.Edges.size(); ++I)
      if (survives(W.Edges[I].From))
        for (unsigned To : endsOf(W.Edges[I].To))
          if (EdgeKey Key{key(W.Edges[I].From), key(To)}; Key.first != Key.second) // a lambda is its function
            Do(I, Key);
  }

  /// A shortest way by that edge; edges to sites left out.
  std::vector<unsigned> wayBy(unsigned Edge) const {
    std::vector<unsigned> Way = shortest(0, [&](unsigned N) { return N == W.Edges[Edge].From; });
    Way.push_back(Edge);
    auto IsSite = [&](unsigned N) { return W.Nodes[N].K == Ways::Node::Kind::Site; };
    for (unsigned I : shortest(W.Edges[Edge].To, IsSite))
      Way.push_back(I);
    std::erase_if(Way, [&](unsigned I) { return IsSite(W.Edges[I].To); });
    return Way;
  }

private:
  bool survives(unsigned N) const {
    return W.Nodes[N].K != Ways::Node::Kind::Function || Others.contains(W.Nodes[N].Entity);
  }

  std::string key(unsigned N) const {
    return static_cast<char>('0' + static_cast<int>(W.Nodes[N].K)) + W.Nodes[N].Entity;
  }

  /// \p N, or the nearest below it that stand on both sides.
  std::set<unsigned> endsOf(unsigned N) const {
    std::set<unsigned> Ends;
    llvm::DenseSet<unsigned> Seen;
    std::vector<unsigned> Stack{N};
    while (!Stack.empty()) {
      unsigned At = Stack.back();
      Stack.pop_back();
      if (!Seen.insert(At).second)
        continue;
      if (survives(At))
        Ends.insert(At);
      else
        for (unsigned I : Out[At])
          Stack.push_back(W.Edges[I].To);
    }
    return Ends;
  }

  template <typename IsEnd> std::vector<unsigned> shortest(unsigned From, IsEnd Ends) const {
    std::vector<int> Into(W.Nodes.size(), -1);
    std::vector<unsigned> Queue{From};
    llvm::DenseSet<unsigned> Seen{From};
    for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
      unsigned N = Queue[Next];
      if (Ends(N)) {
        std::vector<unsigned> Way;
        for (unsigned At = N; At != From; At = W.Edges[Into[At]].From)
          Way.push_back(Into[At]);
        std::reverse(Way.begin(), Way.end());
        return Way;
      }
      for (unsigned I : Out[N])
        if (Seen.insert(W.Edges[I].To).second) {
          Into[W.Edges[I].To] = static_cast<int>(I);
          Queue.push_back(W.Edges[I].To);
        }
    }
    return {};
  }

  const NamedWays &W;
  const llvm::StringSet<> &Others;
  std::vector<std::vector<unsigned>> Out; ///< by node: numbers of edges
};

} // namespace

std::optional<NewWay> newWay(const NamedWays &Now, const llvm::StringSet<> &EntitiesNow, const NamedWays &Before,
                             const llvm::StringSet<> &EntitiesBefore,
                             llvm::function_ref<bool(const NamedPlace &)> Preferred) {
  if (Now.Cut || Before.Cut)
    return std::nullopt;
  Graph G(Now, EntitiesBefore);
  Contracted Old = Graph(Before, EntitiesNow).contracted(), New = G.contracted();
  std::optional<unsigned> Chosen;
  G.eachEdge([&](unsigned I, const EdgeKey &Key) {
    auto Was = Old.find(Key);
    if (Was != Old.end() && Was->second.size() >= New[Key].size())
      return;
    if (!Chosen || (!Preferred(Now.Edges[*Chosen].Where) && Preferred(Now.Edges[I].Where)))
      Chosen = I;
  });
  if (!Chosen)
    return std::nullopt;
  NewWay N;
  N.Where = Now.Edges[*Chosen].Where;
  if (const Ways::Node &To = Now.Nodes[Now.Edges[*Chosen].To]; To.K == Ways::Node::Kind::Site)
    N.Api = To.Entity;
  for (unsigned I : G.wayBy(*Chosen)) {
    const NamedWays::Edge &E = Now.Edges[I];
    if (!E.Origin.empty())
      N.Origin = E.Origin;
    N.Path.push_back({E.Where, E.Text});
    N.Uncertain |= E.Uncertain;
  }
  return N;
}

} // namespace nettune::cli
