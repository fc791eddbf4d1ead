//===- ProgramSets.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/ProgramSets.h"

#include "summary/TestFiles.h"

#include <algorithm>
#include <set>

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>

namespace nettune::summary {

namespace {

using Numbers = std::vector<unsigned>;

/// What linking and solving a TU costs; calls are most of what facts are.
std::size_t weight(const LinkedTu &Tu) { return 1 + Tu.F->Calls.size(); }

std::size_t weightOf(llvm::ArrayRef<LinkedTu> Tus, const Numbers &Set) {
  std::size_t Sum = 0;
  for (unsigned Tu : Set)
    Sum += weight(Tus[Tu]);
  return Sum;
}

std::size_t weightOf(llvm::ArrayRef<LinkedTu> Tus) {
  std::size_t Sum = 0;
  for (const LinkedTu &Tu : Tus)
    Sum += weight(Tu);
  return Sum;
}

Numbers unionOf(const Numbers &A, const Numbers &B) {
  Numbers Both;
  std::set_union(A.begin(), A.end(), B.begin(), B.end(), std::back_inserter(Both));
  return Both;
}

/// Finds the executables that load a plugin: who defines a function that it needs,
/// or calls a virtual function that it overrides.
class Hosts {
public:
  Hosts(llvm::ArrayRef<LinkedTu> Tus, llvm::ArrayRef<TuSet> Plugins) : Tus(Tus) {
    for (const TuSet &P : Plugins)
      seePlugin(P);
    for (unsigned I = 0; I < Tus.size(); ++I)
      seeTu(I);
  }

  bool loads(const TuSet &Executable, const TuSet &Plugin) const {
    if (isTwin(Executable, Plugin))
      return false;
    auto Offers = [&](const auto &Key) {
      auto It = OfferedBy.find(Key.getKey());
      return It != OfferedBy.end() && llvm::any_of(It->second, [&](unsigned Tu) {
               return std::binary_search(Executable.Tus.begin(), Executable.Tus.end(), Tu) &&
                      !std::binary_search(Plugin.Tus.begin(), Plugin.Tus.end(), Tu);
             });
    };
    return llvm::any_of(Wanted.find(Plugin.Name)->second, Offers);
  }

private:
  static bool isOfProject(const Function &F) { return !F.has(Function::Library); }

  void seePlugin(const TuSet &P) {
    llvm::StringSet<> Defined, Keys;
    auto ForEach = [&](auto Look) {
      for (unsigned Tu : P.Tus)
        Look(*Tus[Tu].F);
    };
    ForEach([&](const Facts &F) {
      for (const Function &Fn : F.Functions)
        if (Fn.has(Function::HasBody))
          Defined.insert(F.text(Fn.Key));
    });
    ForEach([&](const Facts &F) {
      for (const Function &Fn : F.Functions)
        if (isOfProject(Fn) && !Defined.contains(F.text(Fn.Key)))
          Keys.insert(F.text(Fn.Key));
      for (const Override &O : F.Overrides)
        if (F.Functions[O.Derived].has(Function::HasBody) && isOfProject(F.Functions[O.Base]))
          Keys.insert(F.text(F.Functions[O.Base].Key));
    });
    for (const auto &Key : Keys)
      OfferedBy.try_emplace(Key.getKey());
    Wanted.try_emplace(P.Name, std::move(Keys));
  }

  void seeTu(unsigned Number) {
    const Facts &F = *Tus[Number].F;
    auto Offer = [&](FunctionId Fn) {
      auto It = OfferedBy.find(F.text(F.Functions[Fn].Key));
      if (It != OfferedBy.end() && (It->second.empty() || It->second.back() != Number))
        It->second.push_back(Number);
    };
    for (FunctionId Fn = 0; Fn < F.Functions.size(); ++Fn)
      if (F.Functions[Fn].has(Function::HasBody))
        Offer(Fn);
    for (const Call &C : F.Calls)
      if (C.K == CallKind::Virtual)
        Offer(C.Callee);
  }

  /// The executable is linked with all of the plugin's sources, perhaps compiled anew.
  bool isTwin(const TuSet &Executable, const TuSet &Plugin) const {
    llvm::StringSet<> Sources;
    for (unsigned Tu : Executable.Tus)
      Sources.insert(Tus[Tu].MainFile);
    return llvm::all_of(Plugin.Tus, [&](unsigned Tu) { return Sources.contains(Tus[Tu].MainFile); });
  }

  llvm::ArrayRef<LinkedTu> Tus;
  llvm::StringMap<llvm::StringSet<>> Wanted; ///< keys, by plugin
  llvm::StringMap<Numbers> OfferedBy;        ///< TUs, by key that a plugin wants
};

/// A plugin runs in its hosts; without any it stands alone.
std::vector<TuSet> joinPlugins(llvm::ArrayRef<LinkedTu> Tus, std::vector<TuSet> Linked) {
  std::vector<TuSet> Plugins, Result;
  for (TuSet &S : Linked)
    (S.IsPlugin ? Plugins : Result).push_back(std::move(S));
  if (Plugins.empty())
    return Result;
  Hosts H(Tus, Plugins);
  std::size_t Executables = Result.size();
  std::vector<Numbers> Joined(Executables);
  for (TuSet &P : Plugins) {
    bool Alone = true;
    for (std::size_t I = 0; I < Executables; ++I)
      if (H.loads(Result[I], P)) {
        Joined[I] = unionOf(Joined[I], P.Tus);
        Alone = false;
      }
    if (Alone)
      Result.push_back(std::move(P));
  }
  for (std::size_t I = 0; I < Executables; ++I)
    Result[I].Tus = unionOf(Result[I].Tus, Joined[I]);
  return Result;
}

void dropEqual(std::vector<TuSet> &Sets) {
  std::set<Numbers> Seen;
  std::erase_if(Sets, [&](const TuSet &S) { return S.Tus.empty() || !Seen.insert(S.Tus).second; });
}

/// The order in which executables get a program of their own: tests last, then who
/// has more of its own.
std::vector<std::size_t> inOrder(llvm::ArrayRef<LinkedTu> Tus, const std::vector<TuSet> &Sets) {
  std::vector<unsigned> Holders(Tus.size());
  for (const TuSet &S : Sets)
    for (unsigned Tu : S.Tus)
      ++Holders[Tu];
  struct Rank {
    bool IsTest;
    std::size_t Own, Number;
  };
  std::vector<Rank> Ranks;
  for (std::size_t I = 0; I < Sets.size(); ++I) {
    auto IsOwn = [&](unsigned Tu) { return Holders[Tu] == 1; };
    auto IsOwnTest = [&](unsigned Tu) { return IsOwn(Tu) && isTestFile(Tus[Tu].MainFile); };
    Ranks.push_back({isTestFile(Sets[I].Name) || llvm::any_of(Sets[I].Tus, IsOwnTest),
                       static_cast<std::size_t>(llvm::count_if(Sets[I].Tus, IsOwn)), I});
  }
  llvm::sort(Ranks, [](const Rank &A, const Rank &B) {
    return std::tuple(A.IsTest, B.Own, A.Number) < std::tuple(B.IsTest, A.Own, B.Number);
  });
  std::vector<std::size_t> Order;
  for (const Rank &R : Ranks)
    Order.push_back(R.Number);
  return Order;
}

/// TUs that nothing links, and those that define what they use: some build links
/// them, and chains through a library that is also linked here shall not end there.
Numbers unlinked(llvm::ArrayRef<LinkedTu> Tus, const std::vector<TuSet> &Sets) {
  std::vector<bool> Taken(Tus.size());
  for (const TuSet &S : Sets)
    for (unsigned Tu : S.Tus)
      Taken[Tu] = true;
  Numbers Rest;
  for (unsigned I = 0; I < Tus.size(); ++I)
    if (!Taken[I])
      Rest.push_back(I);
  if (Rest.empty() || Rest.size() == Tus.size())
    return Rest;
  llvm::StringMap<Numbers> DefinedBy;
  for (unsigned I = 0; I < Tus.size(); ++I)
    for (const Function &F : Tus[I].F->Functions)
      if (F.has(Function::HasBody))
        DefinedBy[Tus[I].F->text(F.Key)].push_back(I);
  Taken.flip(); // now: is it in Rest?
  for (std::size_t Next = 0; Next < Rest.size(); ++Next) {
    const Facts &F = *Tus[Rest[Next]].F;
    for (const Function &Fn : F.Functions) {
      auto It = Fn.has(Function::HasBody) ? DefinedBy.end() : DefinedBy.find(F.text(Fn.Key));
      if (It == DefinedBy.end() || llvm::any_of(It->second, [&](unsigned Tu) { return Taken[Tu]; }))
        continue;
      for (unsigned Tu : It->second) {
        Taken[Tu] = true;
        Rest.push_back(Tu);
      }
    }
  }
  llvm::sort(Rest);
  return Rest;
}

} // namespace

std::size_t mostLinked(llvm::ArrayRef<LinkedTu> Tus) { return std::max<std::size_t>(1'000'000, 4 * weightOf(Tus)); }

std::vector<Numbers> programSets(llvm::ArrayRef<LinkedTu> Tus, std::vector<TuSet> Linked, std::size_t Most) {
  llvm::sort(Linked, [](const TuSet &A, const TuSet &B) { return std::tie(A.Name, A.Tus) < std::tie(B.Name, B.Tus); });
  std::vector<TuSet> Sets = joinPlugins(Tus, std::move(Linked));
  Sets.push_back({"", false, unlinked(Tus, Sets)});
  dropEqual(Sets);
  std::size_t All = weightOf(Tus), Sum = 0;
  for (const TuSet &S : Sets)
    Sum += weightOf(Tus, S.Tus);
  std::vector<bool> Apart(Sets.size(), true);
  if (Sum > Most) {
    std::size_t Left = Most > All ? Most - All : 0; // the common one may hold all
    bool Fits = true;
    for (std::size_t I : inOrder(Tus, Sets)) {
      std::size_t Weight = weightOf(Tus, Sets[I].Tus);
      Fits = Fits && Weight <= Left;
      Apart[I] = Fits;
      Left -= Fits ? Weight : 0;
    }
  }
  std::vector<Numbers> Programs;
  Numbers Common;
  for (std::size_t I = 0; I < Sets.size(); ++I)
    if (Apart[I])
      Programs.push_back(std::move(Sets[I].Tus));
    else
      Common = unionOf(Common, Sets[I].Tus);
  if (!Common.empty())
    Programs.push_back(std::move(Common));
  return Programs;
}

} // namespace nettune::summary
