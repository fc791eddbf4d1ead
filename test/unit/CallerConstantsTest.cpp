//===- CallerConstantsTest.cpp --------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sketch.h"

#include "summary/CallerConstants.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

using namespace nettune::summary;
using nettune::model::Grade;
using nettune::model::Thread;

namespace {

/// void f(bool p) { if (p) sleep(); }, and who calls it.
struct Conditional {
  Conditional() {
    S.registerOn(Thread::Loop, S.fn("main"), one(Handler));
    S.blocks(Callee, "sleep");
    when(1, 0, /*Equal=*/false);
  }
  void when(unsigned Parameter, std::uint32_t Value, bool Equal) {
    S.F.ParameterConditions.push_back({Callee, Parameter, Value, Equal, S.F.Sites.back().Where});
  }
  void give(FunctionId Caller, unsigned Parameter, std::uint32_t Value) {
    S.F.ConstantArguments.push_back({Caller, Callee, Parameter, Value, S.F.Calls.back().Where});
  }
  std::vector<BlockingFinding> solve() { return Program(withCallerConstants(S.F)).blockingCallsOnLoop(); }

  Sketch S;
  FunctionId Handler = S.fn("handler"), Callee = S.fn("f");
};

TEST(CallerConstants, ThePathGoesByACallThatComesThere) {
  Conditional C;
  C.S.call(C.Handler, C.Callee);
  C.give(C.Handler, 1, 0);
  EXPECT_TRUE(C.solve().empty());
  C.S.call(C.Handler, C.Callee);
  C.give(C.Handler, 1, 1);
  auto Found = C.solve();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_TRUE(Found[0].Certain);
  EXPECT_EQ(Found[0].Path.back().Where, C.S.F.Calls.back().Where);
  EXPECT_EQ(Found[0].Path.back().Object, "'f'");
  EXPECT_TRUE(Found[0].AlsoReachedFrom.empty());
}

TEST(CallerConstants, ConditionsOfOnePlaceMustAllHold) {
  for (std::uint32_t Mode : {3u, 4u}) {
    Conditional C;
    C.when(2, 3, /*Equal=*/true);
    C.S.call(C.Handler, C.Callee);
    C.give(C.Handler, 1, 1);
    C.give(C.Handler, 2, Mode);
    EXPECT_EQ(C.solve().size(), Mode == 3 ? 1u : 0u);
  }
}

TEST(CallerConstants, WhoMayBeRunOtherwiseStaysWhole) {
  enum What { Nothing, Taken, BaseTaken, Root, Waits, TwoCallsOnOnePlace };
  for (What W : {Nothing, Taken, BaseTaken, Root, Waits, TwoCallsOnOnePlace}) {
    Conditional C;
    C.S.call(C.Handler, C.Callee);
    C.give(C.Handler, 1, 0);
    if (W == Taken)
      C.S.F.flow(C.S.field("kept"), one(C.Callee));
    if (W == BaseTaken) {
      C.S.F.Overrides.push_back({C.Callee, C.S.fn("base")});
      C.S.F.flow(C.S.field("kept"), one(C.S.fn("base")));
    }
    if (W == Root)
      C.S.F.Roots.push_back({C.Callee, Root::Kind::Annotation, Thread::Loop, 0});
    if (W == Waits)
      C.S.waits(C.Callee, {});
    if (W == TwoCallsOnOnePlace)
      C.give(C.Handler, 1, 1);
    EXPECT_EQ(C.solve().size(), W == Nothing ? 0u : 1u) << W;
  }
}

// base->f(false), base->f(true)
TEST(CallerConstants, VirtualCallsGiveConstantsToOverriders) {
  for (bool Stops : {false, true})
    for (bool Several : {false, true}) {
      Conditional C;
      auto Base = C.S.fn("base", /*Body=*/Several);
      C.S.F.Overrides.push_back({C.Callee, Base});
      C.S.callVirtual(C.Handler, Base);
      C.S.F.ConstantArguments.push_back({C.Handler, Base, 1, 0, C.S.F.Calls.back().Where});
      if (Stops) {
        C.S.callVirtual(C.Handler, Base);
        C.S.F.ConstantArguments.push_back({C.Handler, Base, 1, 1, C.S.F.Calls.back().Where});
      }
      auto Found = C.solve();
      ASSERT_EQ(Found.size(), Stops ? 1u : 0u);
      if (Stops) {
        EXPECT_EQ(Found[0].Certain, !Several);
        EXPECT_EQ(Found[0].Path.back().K, PathStep::Kind::CallsVirtual);
        EXPECT_EQ(Found[0].Path.back().Where, C.S.F.Calls.back().Where);
      }
    }
}

/// Functions with one parameter, direct calls and sites, each under at most one condition.
struct RandomProgram {
  explicit RandomProgram(unsigned Seed) : Random(Seed) {
    unsigned Functions = 2 + below(6);
    for (unsigned I = 0; I < Functions; ++I)
      S.fn("f" + std::to_string(I));
    S.registerOn(Thread::Loop, 0, one(0));
    for (unsigned I = below(16); I > 0; --I) {
      FunctionId Caller = below(Functions), Callee = 1 + below(Functions - 1);
      S.call(Caller, Callee);
      if (below(2))
        S.F.ConstantArguments.push_back({Caller, Callee, 1, below(2), S.F.Calls.back().Where});
      condition(Caller, S.F.Calls.back().Where);
    }
    for (FunctionId Fn = 0; Fn < Functions; ++Fn) {
      S.blocks(Fn, "sleep");
      condition(Fn, S.F.Sites.back().Where);
    }
  }
  void condition(FunctionId In, Place Where) {
    if (below(2))
      S.F.ParameterConditions.push_back({In, 1, below(2), below(2) == 0, Where});
  }
  unsigned below(unsigned Limit) { return static_cast<unsigned>(Random() % Limit); }

  Sketch S;
  std::mt19937 Random;
};

/// By brute force: what is known of the parameter is part of where one stands. 2: nothing.
std::set<Place> naiveSites(const Facts &F) {
  auto Holds = [&](FunctionId In, Place Where, unsigned Known) {
    for (const ParameterCondition &C : F.ParameterConditions)
      if (C.In == In && C.Where == Where && In != 0 && Known != 2 && (Known == C.Value) != C.Equal)
        return false;
    return true;
  };
  std::set<std::pair<FunctionId, unsigned>> Reached = {{0, 2}};
  for (std::size_t Before = 0; Before != Reached.size();) {
    Before = Reached.size();
    for (auto [Fn, Known] : std::set(Reached))
      for (const Call &C : F.Calls) {
        if (C.Caller != Fn || !Holds(Fn, C.Where, Known))
          continue;
        unsigned Given = 2;
        for (const ConstantArgument &A : F.ConstantArguments)
          if (A.In == Fn && A.Callee == C.Callee && A.Where == C.Where)
            Given = A.Value;
        Reached.insert({C.Callee, Given});
      }
  }
  std::set<Place> Sites;
  for (const BlockingSite &B : F.Sites)
    for (auto [Fn, Known] : Reached)
      if (B.In == Fn && Holds(Fn, B.Where, Known))
        Sites.insert(B.Where);
  return Sites;
}

TEST(CallerConstants, AgreesWithBruteForce) {
  std::size_t All = 0, Left = 0;
  for (unsigned Seed = 0; Seed < 4000 && !HasFailure(); ++Seed) {
    SCOPED_TRACE("seed " + std::to_string(Seed));
    RandomProgram R(Seed);
    std::set<Place> Found;
    for (const BlockingFinding &B : Program(withCallerConstants(R.S.F)).blockingCallsOnLoop())
      for (const BlockingFinding::Site &Site : B.Sites)
        Found.insert(Site.Where);
    EXPECT_EQ(Found, naiveSites(R.S.F));
    Left += Found.size();
    for (const BlockingFinding &B : R.S.solve())
      All += B.Sites.size();
  }
  EXPECT_GT(Left, 4000u);
  EXPECT_GT(All, Left + 400); // else the constants would rule out nothing
}

} // namespace
