//===- BlockingBeyond.cpp - what calls of one file lead to ----------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Program.h"

#include <llvm/ADT/STLExtras.h>

#include <map>

namespace nettune::summary {
namespace {

/// The nearest blocking call below each node, and the first step towards it.
class Downward {
public:
  struct Step {
    const BlockingSite *Site;
    NodeId Callee = None; ///< None: the site is in the function itself
    std::uint32_t At = 0;
    CallKind K = CallKind::Direct;
    unsigned Distance = 0;
    bool Uncertain = false; ///< a guess stands on the way
  };

  explicit Downward(const CallableSolver &Calls) : Calls(Calls) {}

  void addSite(const BlockingSite &S) {
    if (Steps.try_emplace(S.In, Step{&S}).second)
      Queue.push_back(S.In);
  }

  void run() {
    for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
      Step Below = Steps.lookup(Queue[Next]);
      for (Incoming I : Calls.edgesTo(Queue[Next])) {
        const Edge &E = Calls.edge(I);
        Step S{Below.Site, E.Callee, E.At, E.K, Below.Distance + 1, Below.Uncertain || E.Uncertain};
        if (Steps.try_emplace(I.Caller, S).second)
          Queue.push_back(I.Caller);
      }
    }
  }

  std::optional<Step> from(NodeId N) const {
    auto It = Steps.find(N);
    return It == Steps.end() ? std::nullopt : std::optional(It->second);
  }

  /// \p N itself, or the one of a crowd that leads to a site.
  FunctionId function(NodeId N) const {
    while (Calls.isCrowd(N))
      N = Steps.lookup(N).Callee;
    return N;
  }

private:
  const CallableSolver &Calls;
  llvm::DenseMap<NodeId, Step> Steps;
  std::vector<NodeId> Queue;
};

} // namespace

std::vector<BlockingFinding> Program::blockingCallsBeyond(llvm::StringRef File) const {
  Downward Down(Calls);
  auto IsHere = [&](Place P) { return F.text(P.File) == File; };
  for (const BlockingSite &S : F.Sites)
    if (!quiet(S) && !IsHere(S.Where))
      Down.addSite(S);
  Down.run();

  struct Exit {
    FunctionId Caller;
    const Edge *E;
    Downward::Step Below;
  };
  std::map<Place, Exit> Exits; // the nearest site of each call
  for (FunctionId Fn = 0; Fn < F.Functions.size(); ++Fn)
    for (const Edge &E : Calls.edges(Fn)) {
      const Call &C = F.Calls[E.At];
      auto Below = Down.from(E.Callee);
      if (!Below || !IsHere(C.Where) || IsHere(F.Functions[Down.function(E.Callee)].Where) || !Loops.onLoop(Fn, F.nest(C)))
        continue;
      auto [It, New] = Exits.try_emplace(C.Where, Exit{Fn, &E, *Below});
      if (!New && Below->Distance < It->second.Below.Distance)
        It->second = {Fn, &E, *Below};
    }

  std::vector<BlockingFinding> Findings;
  for (const auto &[Where, X] : Exits) {
    BlockingFinding B = describe({X.Below.Site}, path(X.Caller));
    B.At = Where;
    const Reached *R = Loops.reached(X.Caller);
    B.Certain = X.Below.Site->G == model::Grade::Always && !X.E->Uncertain && !X.Below.Uncertain &&
                !(R ? R->Uncertain : Loops.eventLoop(X.Caller)->Uncertain);
    FunctionId Fn = Down.function(X.E->Callee);
    B.Path.push_back(callStep(X.Caller, Fn, X.E->K, X.E->At));
    for (auto S = Down.from(Fn); S && S->Callee != None; S = Down.from(Fn)) {
      FunctionId Callee = Down.function(S->Callee);
      B.Path.push_back(callStep(Fn, Callee, S->K, S->At));
      Fn = Callee;
    }
    Findings.push_back(std::move(B));
  }
  return Findings;
}

} // namespace nettune::summary
