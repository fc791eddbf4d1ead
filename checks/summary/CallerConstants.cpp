//===- CallerConstants.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/CallerConstants.h"

#include "summary/Adjacency.h"
#include "summary/Hierarchy.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>

#include <map>
#include <set>

namespace nettune::summary {
namespace {

/// Which of so many a virtual call means says too little.
constexpr std::size_t MostOverriders = 64;

/// Functions that more than calls may run, or virtual calls of too many.
llvm::DenseSet<FunctionId> runOtherwise(const Facts &F, const Hierarchy &Overriders) {
  llvm::DenseSet<FunctionId> Found;
  for (const Root &R : F.Roots)
    Found.insert(R.F);
  for (const Flow &E : F.Flows)
    if (!E.From.IsSlot)
      Found.insert(E.From.Id);
  for (const Registration &R : F.Registrations)
    for (Atom A : R.Callables)
      if (!A.IsSlot)
        Found.insert(A.Id);
  for (std::uint32_t List = 0; List < F.AtomSets.size(); ++List)
    for (Atom A : F.AtomSets[List])
      if (!A.IsSlot)
        Found.insert(A.Id);
  llvm::DenseSet<FunctionId> Derived;
  for (const Override &O : F.Overrides)
    if (Found.contains(O.Base) || Overriders.overriders(O.Base).size() > MostOverriders)
      Derived.insert(O.Base), Derived.insert(O.Derived);
  Found.insert(Derived.begin(), Derived.end());
  return Found;
}

/// Functions whose loop statements may be around a wait for events or an accept: these are
/// looked at as a whole.
llvm::DenseSet<FunctionId> mayBeEventLoops(const Facts &F) {
  constexpr unsigned AtMost = 8; // calls between: more than any reach of LoopSolver's
  llvm::DenseSet<FunctionId> Near, Found;
  std::vector<FunctionId> Step;
  auto Add = [&](FunctionId Fn) {
    if (Near.insert(Fn).second)
      Step.push_back(Fn);
  };
  for (const Wait &W : F.Waits)
    Add(W.In), Found.insert(W.In);
  for (const Accept &A : F.Accepts)
    Add(A.In), Found.insert(A.In);
  if (Step.empty())
    return Found;
  Adjacency Callers(F.Functions.size(), [&](auto Add) {
    for (const Call &C : F.Calls)
      if (C.K != CallKind::Through)
        Add(C.Callee, C.Caller);
    for (const Override &O : F.Overrides)
      Add(O.Derived, O.Base);
  });
  for (unsigned I = 0; I < AtMost && !Step.empty(); ++I)
    for (FunctionId Fn : std::exchange(Step, {}))
      for (FunctionId Caller : Callers[Fn])
        Add(Caller);
  for (const Call &C : F.Calls)
    if (C.Loops != 0 && Near.contains(C.Caller))
      Found.insert(C.Caller);
  return Found;
}

/// All that must hold.
using Conjunction = std::set<std::tuple<unsigned, std::uint32_t, bool>>; // of ParameterConditions
using Spot = std::pair<FunctionId, Place>;

class Splitter {
public:
  explicit Splitter(Facts &F) : F(F), Overriders(F) {
    for (const ParameterCondition &C : F.ParameterConditions)
      At[{C.In, C.Where}].insert({C.Parameter, C.Value, C.Equal});
    for (const ConstantArgument &A : F.ConstantArguments)
      if (auto [It, New] = Given.try_emplace({{A.In, A.Where}, A.Callee, A.Parameter}, A.Value);
          !New && It->second != A.Value)
        Unclear.insert(It->first); // two calls on one place
    for (const auto &K : Unclear)
      Given.erase(K);
  }

  void run() {
    findParts();
    if (Parts.empty())
      return;
    std::size_t Calls = F.Calls.size();
    for (std::size_t I = 0; I < Calls; ++I) {
      const Call C = F.Calls[I];
      if (FunctionId Part = C.K == CallKind::Through || F.passes(C) ? None : partAt({C.Caller, C.Where}); Part != None)
        F.Calls[I].Caller = Part;
      if (C.K == CallKind::Direct)
        callParts(C, C.Callee, F.Calls[I].Caller);
      if (C.K == CallKind::Virtual)
        for (FunctionId Fn : family(C.Callee))
          callParts(C, Fn, F.Calls[I].Caller);
    }
    for (BlockingSite &S : F.Sites)
      if (FunctionId Part = partAt({S.In, S.Where}); Part != None)
        S.In = Part;
  }

private:
  static constexpr std::size_t MostParts = 8; ///< of a function; each call of it is so many calls
  using PartsOf = std::map<Conjunction, FunctionId>;

  /// The conjunctions that the constants of some call contradict.
  void findParts() {
    std::map<FunctionId, std::set<Conjunction>> Conditions;
    for (const auto &[S, All] : At)
      Conditions[S.first].insert(All);
    llvm::DenseSet<FunctionId> Whole = runOtherwise(F, Overriders);
    for (FunctionId Fn : mayBeEventLoops(F))
      Whole.insert(Fn);
    for (const auto &[K, Value] : Given) {
      const auto &[Where, Callee, Parameter] = K;
      for (FunctionId Fn : family(Callee)) {
        auto It = Conditions.find(Fn);
        if (It == Conditions.end() || Whole.contains(Fn))
          continue;
        for (const Conjunction &All : It->second)
          if (contradicts(Where, Callee, All) && Parts[Fn].size() < MostParts)
            Parts[Fn].try_emplace(All, None);
      }
    }
    for (auto &[Fn, List] : Parts) {
      unsigned Number = 0;
      for (auto &[All, Part] : List)
        Part = add(Fn, ++Number);
    }
  }

  FunctionId add(FunctionId Fn, unsigned Number) {
    FunctionId Part = F.function(F.text(F.Functions[Fn].Key).str() + "#if" + std::to_string(Number));
    Function Row = F.Functions[Fn];
    Row.Key = F.Functions[Part].Key;
    F.Functions[Part] = Row;
    return Part;
  }

  bool contradicts(const Spot &Where, FunctionId Callee, const Conjunction &All) const {
    return llvm::any_of(All, [&](const auto &Condition) {
      const auto &[Parameter, Value, Equal] = Condition;
      auto It = Given.find({Where, Callee, Parameter});
      return It != Given.end() && (It->second == Value) != Equal;
    });
  }

  FunctionId partAt(const Spot &S) const {
    auto Fn = Parts.find(S.first);
    auto All = Fn == Parts.end() ? At.end() : At.find(S);
    if (All == At.end())
      return None;
    auto Part = Fn->second.find(All->second);
    return Part == Fn->second.end() ? None : Part->second;
  }

  /// A function and its overriders.
  llvm::SmallVector<FunctionId, 8> family(FunctionId Fn) const {
    llvm::SmallVector<FunctionId, 8> All{Fn};
    llvm::append_range(All, Overriders.overriders(Fn));
    return All;
  }

  /// One of several that a virtual call may mean, as is its function.
  FunctionId asOverrider(FunctionId Part, FunctionId Fn) {
    auto [It, New] = Bases.try_emplace(Part, None);
    if (!New)
      return It->second;
    FunctionId Base = It->second = F.function(F.text(F.Functions[Part].Key).str() + "#base");
    Function Row = F.Functions[Part];
    Row.Key = F.Functions[Base].Key;
    Row.Flags = Function::BodyElsewhere;
    F.Functions[Base] = Row;
    F.Overrides.push_back({Part, Base});
    F.Overrides.push_back({Fn, Base});
    return Base;
  }

  /// Who calls \p Fn calls its parts, save for those that his constants leave out.
  void callParts(Call C, FunctionId Fn, FunctionId Caller) {
    auto It = Parts.find(Fn);
    if (It == Parts.end())
      return;
    Spot Where{C.Caller, C.Where};
    FunctionId Callee = C.Callee;
    bool IsGuess = C.K == CallKind::Virtual &&
                   Overriders.withBody(Callee).size() + F.Functions[Callee].has(Function::HasBody) > 1;
    C.Caller = Caller;
    C.Arguments = 0; // what is passed goes to the function itself
    for (const auto &[All, Part] : It->second)
      if (!contradicts(Where, Callee, All)) {
        C.Callee = IsGuess ? asOverrider(Part, Fn) : Part;
        F.Calls.push_back(C);
      }
  }

  Facts &F;
  const Hierarchy Overriders; ///< as the files say
  std::map<Spot, Conjunction> At;
  std::map<std::tuple<Spot, FunctionId, unsigned>, std::uint32_t> Given;
  std::set<std::tuple<Spot, FunctionId, unsigned>> Unclear;
  std::map<FunctionId, PartsOf> Parts;
  std::map<FunctionId, FunctionId> Bases; ///< asOverrider()
};

} // namespace

Facts withCallerConstants(Facts F) {
  if (!F.ParameterConditions.empty() && !F.ConstantArguments.empty())
    Splitter(F).run();
  return F;
}

} // namespace nettune::summary
