//===- SolverPropertyTest.cpp - the solver against its rules --------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NaiveSolver.h"

#include "summary/Program.h"

#include <random>

#include <gtest/gtest.h>

using namespace nettune::summary;
using namespace nettune;

namespace {

/// A program of a few functions with some of everything.
class RandomProgram {
public:
  explicit RandomProgram(unsigned Seed) : Random(Seed) {
    Functions = 3 + below(12);
    for (FunctionId I = 0; I < Functions; ++I) {
      FunctionId Fn = F.function("f" + std::to_string(I));
      F.Functions[Fn].Name = F.string("f" + std::to_string(I));
      F.Functions[Fn].Where = next();
      F.Functions[Fn].Flags = often(12) ? Function::AnnotatedWorker : 0;
      if (!often(5))
        F.Functions[Fn].Flags |= Function::HasBody;
      if (often(8))
        F.Functions[Fn].Flags |= Function::Coroutine;
    }
    for (FunctionId Fn = 0; Fn < Functions; ++Fn)
      for (unsigned I = below(3); I > 0; --I)
        Slots.push_back(F.parameter(Fn, I - 1));
    for (unsigned I = below(5); I > 0; --I)
      Slots.push_back(F.slot(Slot::Kind::Field, "s" + std::to_string(I)));
    for (unsigned I = below(3); I > 0; --I)
      Slots.push_back(F.returned(function()));
    fill();
  }

  Facts F;

private:
  void fill() {
    for (unsigned I = below(12); I > 0; --I)
      if (FunctionId Base = function(), Derived = function(); Base < Derived)
        F.Overrides.push_back({Derived, Base});
    for (unsigned I = below(12); I > 0 && !Slots.empty(); --I)
      F.flow(slot(), atoms(1));
    for (unsigned I = below(24); I > 0; --I)
      call();
    for (unsigned I = below(4); I > 0; --I)
      F.Registrations.push_back({function(), atoms(2), thread(), F.string("on"), next(), {}});
    for (unsigned I = below(3); I > 0; --I)
      F.Roots.push_back({function(), often(2) ? Root::Kind::Annotation : Root::Kind::Coroutine, thread(), 0, {}});
    for (unsigned I = below(3); I > 0; --I)
      F.Waits.push_back({function(), F.string("wait"), 1 + below(3), nest(), next()});
    if (often(3))
      F.Accepts.push_back({function(), nest(), next()});
    if (often(3))
      F.NonblockingFds.push_back({F.string("posix"), next()});
    for (FunctionId Fn = 0; Fn < Functions; ++Fn)
      F.Sites.push_back({.In = Fn,
                         .Api = F.string("api"),
                         .Instead = 0,
                         .Waits = often(2) ? model::Category::Sleep : model::Category::Dns,
                         .G = static_cast<model::Grade>(below(3)),
                         .Annotated = false,
                         .UnlessNonblocking = often(4) ? F.string("posix") : 0,
                         .Loops = nest(),
                         .Where = next()});
  }

  void call() {
    NewCall C{.Caller = function(),
              .K = static_cast<CallKind>(below(3)),
              .Targets = {},
              .Arguments = {},
              .Loops = nest(),
              .Where = next()};
    if (C.K == CallKind::Through)
      C.Targets = often(2) ? ownParameter(C.Caller) : atoms(2);
    else
      C.Callee = function();
    for (unsigned I = below(3); I > 0; --I)
      C.Arguments.push_back(often(2) ? ownParameter(C.Caller) : atoms(below(2)));
    if (C.K != CallKind::Through) // the analysis says both
      for (unsigned I = 0; I < C.Arguments.size(); ++I)
        if (SlotId P = F.findParameter(C.Callee, I); P != None)
          F.flow(P, C.Arguments[I]);
    F.call(C);
  }

  AtomSet atoms(unsigned Most) {
    std::set<Atom> Set;
    for (; Most > 0; --Most)
      Set.insert(Slots.empty() || often(3) ? Atom::function(function()) : Atom::slot(slot()));
    return {Set.begin(), Set.end()};
  }
  /// Wrappers call their parameters, or pass them on.
  AtomSet ownParameter(FunctionId Fn) {
    SlotId P = F.findParameter(Fn, below(2));
    return P == None ? AtomSet() : AtomSet{Atom::slot(P)};
  }
  LoopNest nest() {
    static const LoopNest Nests[] = {{}, {}, {0}, {0, 1}, {0, 1, 3}, {0, 1, 4}, {2}};
    return Nests[below(7)];
  }
  Place next() { return {F.string("a.cpp"), ++Line, 1}; }
  model::Thread thread() { return often(3) ? model::Thread::Worker : model::Thread::Loop; }
  FunctionId function() { return below(Functions); }
  SlotId slot() { return Slots[below(static_cast<unsigned>(Slots.size()))]; }
  unsigned below(unsigned Limit) { return static_cast<unsigned>(Random() % Limit); }
  bool often(unsigned OneIn) { return below(OneIn) == 0; }

  std::mt19937 Random;
  unsigned Functions = 0, Line = 0;
  std::vector<SlotId> Slots;
};

void compareSlots(const Facts &F, const NaiveSolver &Naive, const CallableSolver &Calls) {
  for (SlotId S = 0; S < F.Slots.size(); ++S) {
    auto It = Naive.Held.find(S);
    std::vector<FunctionId> Expected;
    if (It != Naive.Held.end())
      Expected.assign(It->second.begin(), It->second.end());
    EXPECT_EQ(Calls.held(S), Expected) << "slot " << S;
  }
}

void compareLoops(const Facts &F, const NaiveSolver &Naive, const LoopSolver &Loops) {
  for (FunctionId Fn = 0; Fn < F.Functions.size(); ++Fn) {
    const Reached *R = Loops.reached(Fn);
    EXPECT_EQ(R != nullptr, Naive.Reached.count(Fn) > 0) << "function " << Fn;
    if (R)
      EXPECT_EQ(!R->Uncertain, Naive.Certain.count(Fn) > 0) << "function " << Fn;
    const EventLoop *L = Loops.eventLoop(Fn);
    auto It = Naive.Loops.find(Fn);
    ASSERT_EQ(L != nullptr, It != Naive.Loops.end()) << "function " << Fn;
    if (!L)
      continue;
    EXPECT_EQ(std::set<std::uint16_t>(L->Statements.begin(), L->Statements.end()),
              It->second.Statements);
    EXPECT_EQ(L->Uncertain, It->second.Uncertain) << "function " << Fn;
  }
}

/// Returns how many sites are reported.
std::size_t compareFindings(const Facts &F, const NaiveSolver &Naive, const Program &P) {
  std::map<Place, const BlockingSite *> Expected;
  for (const BlockingSite &S : F.Sites)
    if (S.G != model::Grade::Rarely && (!S.UnlessNonblocking || F.NonblockingFds.empty()) &&
        Naive.onLoop(S.In, S.Loops))
      Expected[S.Where] = &S;
  std::set<Place> Found;
  for (const BlockingFinding &B : P.blockingCallsOnLoop()) {
    for (const BlockingFinding::Site &S : B.Sites)
      Found.insert(S.Where);
    auto It = Expected.find(B.Sites.front().Where);
    if (It != Expected.end())
      EXPECT_EQ(B.Certain, Naive.certain(*It->second));
    EXPECT_FALSE(B.Path.empty());
  }
  EXPECT_EQ(Found.size(), Expected.size());
  for (auto &[Where, Site] : Expected)
    EXPECT_TRUE(Found.count(Where)) << "line " << Where.Line;
  return Found.size();
}

TEST(SolverProperty, AgreesWithTheNaiveSolver) {
  std::size_t Reported = 0, Certain = 0, Uncertain = 0;
  for (unsigned Seed = 0; Seed < 12000 && !HasFailure(); ++Seed) {
    SCOPED_TRACE("seed " + std::to_string(Seed));
    RandomProgram R(Seed);
    std::size_t Most = Seed % 4 == 3 ? MostCalleesOfCall : 1 + Seed % 4;
    NaiveSolver Naive(R.F, Most);
    CallableSolver Calls(R.F, Most);
    Calls.run();
    LoopSolver Loops(R.F, Calls);
    Loops.run();
    compareSlots(R.F, Naive, Calls);
    compareLoops(R.F, Naive, Loops);
    Reported += compareFindings(R.F, Naive, Program(R.F, Most));
    Certain += Naive.Certain.size();
    Uncertain += Naive.Reached.size() - Naive.Certain.size();
  }
  // Programs in which nothing happens would prove nothing.
  EXPECT_GT(Reported, 4000u);
  EXPECT_GT(Certain, 4000u);
  EXPECT_GT(Uncertain, 2000u);
}

} // namespace
