//===- EventLoopTest.cpp - loops around waits, and what waits ---------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sketch.h"

#include "summary/CallerConstants.h"

#include <gtest/gtest.h>

using namespace nettune::summary;
using nettune::model::Category;
using nettune::model::Grade;
using nettune::model::Thread;

namespace {

TEST(EventLoops, TheBodyOfALoopAroundAWaitIsLoopCode) {
  Sketch S;
  auto Run = S.fn("run"), Serve = S.fn("serve"), Setup = S.fn("setup");
  S.call(Run, Setup);
  S.waits(Run, {0});
  S.call(Run, Serve, {0, 1});
  S.F.Accepts.push_back({Serve, {}});
  S.blocks(Setup, "sleep");
  S.blocks(Serve, "recv", Grade::Usually);
  S.blocks(Run, "sleep"); // before the loop
  auto Found = S.solve();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Origin, "the event loop in 'run'");
  EXPECT_EQ(Found[0].Sites[0].Api, "recv");
}

TEST(EventLoops, AWaitIsFoundThreeCallsDownAndNotFour) {
  for (unsigned Calls : {3u, 4u}) {
    Sketch S;
    auto Run = S.fn("run");
    FunctionId Last = Run;
    for (unsigned I = 0; I < Calls; ++I) {
      auto Next = S.fn("f" + std::to_string(I));
      S.call(Last, Next, I == 0 ? LoopNest{0} : LoopNest{});
      Last = Next;
    }
    S.waits(Last, {});
    S.blocks(Run, "sleep", Grade::Always, {0});
    EXPECT_EQ(S.solve().size(), Calls == 3 ? 1u : 0u) << Calls;
  }
}

// while (!stop) turn();
TEST(EventLoops, AroundATurnThatWaitsDispatchesAndAcceptsStandsTheLoop) {
  struct Case {
    bool Waits, Dispatches, InLoop, Accepts;
    unsigned Above;
    bool Found;
  };
  for (Case C : {Case{true, true, true, true, 3, true}, Case{true, true, true, true, 4, false},
                 Case{false, true, true, true, 1, false}, Case{true, false, true, true, 2, false},
                 Case{true, true, false, true, 2, false}, Case{true, true, true, false, 2, false}}) {
    Sketch S;
    auto Main = S.fn("main"), Turn = S.fn("turn"), Wait = S.fn("wait"), Ready = S.fn("ready");
    FunctionId Last = Main;
    for (unsigned I = 1; I < C.Above; ++I) {
      auto Next = S.fn("f" + std::to_string(I));
      S.call(Last, Next, I == 1 ? LoopNest{0} : LoopNest{});
      Last = Next;
    }
    S.call(Last, Turn, C.Above == 1 ? LoopNest{0} : LoopNest{});
    S.call(Turn, Wait);
    if (C.Waits)
      S.waits(Wait, {}, /*Reach=*/1);
    if (C.Dispatches)
      S.through(Turn, one(Ready), {}, C.InLoop ? LoopNest{0} : LoopNest{});
    if (C.Accepts)
      S.F.Accepts.push_back({S.fn("accept"), {}});
    S.call(Turn, S.fn("accept"));
    S.blocks(Main, "fsync", Grade::Always, {0});
    EXPECT_EQ(S.solve().size(), C.Found ? 1u : 0u) << C.Above << C.Waits << C.Dispatches << C.InLoop << C.Accepts;
  }
}

TEST(EventLoops, ALoopThatOnlyWaitsIsNotCertain) {
  Sketch S;
  auto Run = S.fn("run");
  S.waits(Run, {0});
  S.blocks(Run, "sleep", Grade::Always, {0});
  ASSERT_EQ(S.solve().size(), 1u);
  EXPECT_FALSE(S.solve()[0].Certain);
}

TEST(EventLoops, WhoStartsAServingLoopAgainIsNoPartOfIt) {
  Sketch S;
  auto Run = S.fn("run"), Supervise = S.fn("supervise");
  S.waits(Run, {0});
  S.F.Accepts.push_back({Run, {0}});
  S.call(Supervise, Run, {0});
  S.blocks(Supervise, "sleep", Grade::Always, {0});
  EXPECT_TRUE(S.solve().empty());
}

// bool readable(int timeout) { return poll(&p, 1, timeout) > 0; }
TEST(EventLoops, ATimeoutOfZeroIsTheCallersWord) {
  enum What { OneWaits, AllLook, OneIsVirtual, OneIsTaken };
  for (What W : {OneWaits, AllLook, OneIsVirtual, OneIsTaken}) {
    Sketch S;
    auto Main = S.fn("main"), Look = S.fn("look"), Wait = S.fn("wait"), Readable = S.fn("readable");
    S.registerOn(Thread::Loop, Main, one(Look));
    S.registerOn(Thread::Loop, Main, one(Wait));
    S.call(Look, Readable);
    S.F.ConstantArguments.push_back({Look, Readable, 2, 0, S.F.Calls.back().Where});
    S.F.ConstantArguments.push_back({Look, Readable, 1, 0, S.F.Calls.back().Where});
    if (W == OneWaits)
      S.call(Wait, Readable);
    if (W == OneIsVirtual) {
      S.F.Overrides.push_back({Readable, S.fn("Base::readable")});
      S.callVirtual(Wait, S.fn("Base::readable"));
    }
    if (W == OneIsTaken)
      S.F.flow(S.field("kept"), one(Readable));
    S.blocks(Readable, "poll", Grade::Usually, {0});
    S.F.ParameterConditions.push_back({Readable, 2, 0, false, S.F.Sites.back().Where});
    S.blocks(Readable, "fopen", Grade::Usually, {}, Category::File);
    auto Found = Program(withCallerConstants(S.F)).blockingCallsOnLoop();
    ASSERT_EQ(Found.size(), W == AllLook ? 1u : 2u) << W;
    EXPECT_EQ(Found[0].Sites[0].Api, W == AllLook ? "fopen" : "poll");
    if (W == OneWaits) {
      EXPECT_EQ(Found[0].Path.back().Subject, "'wait'");
      EXPECT_EQ(Found[0].Path.back().Object, "'readable'");
      EXPECT_TRUE(Found[0].AlsoReachedFrom.empty());
    }
  }
}

} // namespace
