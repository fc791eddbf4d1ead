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

/// The nearest blocking call below each function, and the first step towards it.
class Downward {
public:
  struct Step {
    const BlockingSite *Site;
    FunctionId Callee = None; ///< None: the site is in the function itself
    std::uint32_t At = 0;
    Call::Kind K = Call::Kind::Direct;
    unsigned Distance = 0;
    bool Uncertain = false; ///< a guess stands on the way
  };

  Downward(const Facts &F, const CallableSolver &Calls) : F(F), Calls(Calls) {}

  void addSite(const BlockingSite &S) {
    if (Steps.try_emplace(S.In, Step{&S}).second)
      Queue.push_back(S.In);
  }

  void run() {
    std::vector<std::vector<std::pair<FunctionId, const Edge *>>> Callers(F.Functions.size());
    for (FunctionId Fn = 0; Fn < F.Functions.size(); ++Fn)
      for (const Edge &E : Calls.edges(Fn))
        Callers[E.Callee].push_back({Fn, &E});
    for (std::size_t Next = 0; Next < Queue.size(); ++Next) {
      Step Below = Steps.lookup(Queue[Next]);
      for (auto [Caller, E] : Callers[Queue[Next]])
        if (Steps.try_emplace(Caller, Step{Below.Site, E->Callee, E->At, E->K, Below.Distance + 1,
                                           Below.Uncertain || E->Uncertain})
                .second)
          Queue.push_back(Caller);
    }
  }

  std::optional<Step> from(FunctionId Fn) const {
    auto It = Steps.find(Fn);
    return It == Steps.end() ? std::nullopt : std::optional(It->second);
  }

private:
  const Facts &F;
  const CallableSolver &Calls;
  llvm::DenseMap<FunctionId, Step> Steps;
  std::vector<FunctionId> Queue;
};

} // namespace

std::vector<BlockingFinding> Program::blockingCallsBeyond(llvm::StringRef File) const {
  Downward Down(F, Calls);
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
      if (!Below || !IsHere(C.Where) || IsHere(F.Functions[E.Callee].Where) || !Loops.onLoop(Fn, F.nest(C)))
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
    B.Path.push_back(callStep(X.Caller, X.E->Callee, X.E->K, X.E->At));
    FunctionId Fn = X.E->Callee;
    for (auto S = Down.from(Fn); S && S->Callee != None; Fn = S->Callee, S = Down.from(Fn))
      B.Path.push_back(callStep(Fn, S->Callee, S->K, S->At));
    Findings.push_back(std::move(B));
  }
  return Findings;
}

} // namespace nettune::summary
