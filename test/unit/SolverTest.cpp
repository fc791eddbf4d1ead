//===- SolverTest.cpp - call graph, loops, spread -------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sketch.h"

#include "summary/ZeroArguments.h"

#include <gtest/gtest.h>

using namespace nettune::summary;
using nettune::model::Category;
using nettune::model::Grade;
using nettune::model::Thread;

namespace {

using Kind = PathStep::Kind;

TEST(Solver, NothingRegisteredNothingFound) {
  Sketch S;
  S.blocks(S.fn("main"), "sleep");
  EXPECT_TRUE(S.solve().empty());
}

TEST(Solver, FollowsDirectCallsFromARegistration) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler"), Helper = S.fn("helper");
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.call(Handler, Helper);
  S.blocks(Helper, "sleep");
  auto Found = S.solve();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_TRUE(Found[0].Certain);
  EXPECT_EQ(Found[0].Origin, "the handler given to 'on'");
  EXPECT_EQ(kinds(Found[0]), (std::vector{Kind::Registered, Kind::Calls}));
}

TEST(Solver, AHandoffStopsTheSpread) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler"), Work = S.fn("work");
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.registerOn(Thread::Worker, Handler, one(Work));
  S.blocks(Work, "sleep");
  EXPECT_TRUE(S.solve().empty());
}

TEST(Solver, AHandlerRunsWhereItsObjectWasMoved) {
  // The classes: a base, two that are derived from it, a stranger; or no object at all.
  for (auto [Context, Moved, Found] : {std::tuple{"base", "base", false}, {"left", "base", false},
                                       {"base", "left", false}, {"left", "right", true},
                                       {"stranger", "left", true}, {"", "left", true}}) {
    Sketch S;
    auto Main = S.fn("main"), Handler = S.fn("handler"), Override = S.fn("override");
    auto Classes = [&](std::string Name) {
      ClassKeys Keys;
      if (!Name.empty())
        Keys.push_back(S.F.string(Name));
      if (Name == "left" || Name == "right")
        Keys.push_back(S.F.string("base"));
      return Keys;
    };
    S.registerOn(Thread::Loop, Main, one(Handler));
    S.F.Registrations.back().Context = Classes(Context);
    S.F.Roots.push_back({Override, Root::Kind::Override, Thread::Loop, S.F.string("b"), {}, Classes(Context)});
    S.F.Moves.push_back({Classes(Moved), {}});
    S.blocks(Handler, "sleep");
    S.blocks(Override, "sleep");
    EXPECT_EQ(S.solve().size(), Found ? 2u : 0u) << Context << " and " << Moved;
  }
}

TEST(Solver, CallablesFlowThroughFieldsAndParameters) {
  Sketch S;
  auto Set = S.fn("set"), Main = S.fn("main"), Work = S.fn("work"), Handler = S.fn("handler");
  auto Field = S.field("callback");
  S.call(Main, Set, {}, {one(Work)});
  S.F.flow(Field, oneSlot(S.F.parameter(Set, 0)));
  S.through(Handler, oneSlot(Field));
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(Work, "sleep");
  auto Found = S.solve();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(kinds(Found[0]), (std::vector{Kind::Registered, Kind::CallsThroughCallable}));
}

TEST(Solver, AnArgumentOfACallThroughASlotFlowsOn) {
  Sketch S;
  auto Main = S.fn("main"), Outer = S.fn("outer"), Inner = S.fn("inner"), Handler = S.fn("handler");
  auto Field = S.field("callback");
  S.F.flow(Field, one(Outer));
  S.through(Outer, oneSlot(S.F.parameter(Outer, 0)));
  S.through(Handler, oneSlot(Field), {one(Inner)});
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(Inner, "sleep");
  EXPECT_EQ(S.solve().size(), 1u);
}

// Else every caller of run_in_loop() would be linked to every callable.
TEST(Solver, ATransparentParameterLinksOnlyWhoPassedTheCallable) {
  Sketch S;
  auto Main = S.fn("main"), Each = S.fn("for_each"), Handler = S.fn("handler");
  auto Fast = S.fn("fast"), Slow = S.fn("slow"), Start = S.fn("start_up");
  S.through(Each, oneSlot(S.F.parameter(Each, 0)));
  S.call(Handler, Each, {}, {one(Fast)});
  S.call(Start, Each, {}, {one(Slow)});
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(Slow, "sleep");
  EXPECT_TRUE(S.solve().empty());
  S.blocks(Fast, "sleep");
  EXPECT_EQ(S.solve().size(), 1u);
}

TEST(Solver, OneOverriderIsCertainTwoAreNot) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler");
  auto Base = S.fn("Base::query", /*Body=*/false), A = S.fn("A::query");
  S.F.Overrides.push_back({A, Base});
  S.callVirtual(Handler, Base);
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(A, "query");
  ASSERT_EQ(S.solve().size(), 1u);
  EXPECT_TRUE(S.solve()[0].Certain);
  S.F.Overrides.push_back({S.fn("B::query"), Base});
  EXPECT_FALSE(S.solve()[0].Certain);
}

TEST(Solver, ACertainPathIsPreferredToAShorterGuess) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler"), Step = S.fn("step");
  auto Base = S.fn("Base::query", false), A = S.fn("A::query"), B = S.fn("B::query");
  S.F.Overrides = {{A, Base}, {B, Base}};
  S.callVirtual(Handler, Base);
  S.call(Handler, Step);
  S.call(Step, A);
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(A, "query");
  auto Found = S.solve();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_TRUE(Found[0].Certain);
  EXPECT_EQ(Found[0].Path.size(), 3u);
}

TEST(Solver, TheBodyOfALoopAroundAWaitIsLoopCode) {
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

TEST(Solver, AWaitIsFoundThreeCallsDownAndNotFour) {
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
TEST(Solver, AroundATurnThatWaitsDispatchesAndAcceptsStandsTheLoop) {
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

TEST(Solver, ALoopThatOnlyWaitsIsNotCertain) {
  Sketch S;
  auto Run = S.fn("run");
  S.waits(Run, {0});
  S.blocks(Run, "sleep", Grade::Always, {0});
  ASSERT_EQ(S.solve().size(), 1u);
  EXPECT_FALSE(S.solve()[0].Certain);
}

TEST(Solver, WhoStartsAServingLoopAgainIsNoPartOfIt) {
  Sketch S;
  auto Run = S.fn("run"), Supervise = S.fn("supervise");
  S.waits(Run, {0});
  S.F.Accepts.push_back({Run, {0}});
  S.call(Supervise, Run, {0});
  S.blocks(Supervise, "sleep", Grade::Always, {0});
  EXPECT_TRUE(S.solve().empty());
}

// if (!Running) Task(); else Queue.push(Task);
TEST(Solver, TheInlineFallbackOfAPoolIsAHandoff) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler"), Submit = S.fn("submit");
  auto Worker = S.fn("worker"), Work = S.fn("work");
  auto Queue = S.field("queue");
  auto Task = S.F.parameter(Submit, 0);
  S.through(Submit, oneSlot(Task));
  S.F.flow(Queue, oneSlot(Task));
  S.through(Worker, oneSlot(Queue));
  S.registerOn(Thread::Worker, Main, one(Worker));
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.call(Handler, Submit, {}, {one(Work)});
  S.blocks(Work, "sleep");
  EXPECT_TRUE(S.solve().empty());
}

TEST(Solver, RarelyIsNeverReported) {
  Sketch S;
  auto Handler = S.fn("handler");
  S.registerOn(Thread::Loop, S.fn("main"), one(Handler));
  S.blocks(Handler, "fclose", Grade::Rarely);
  EXPECT_TRUE(S.solve().empty());
}

TEST(Solver, ANonblockingDescriptorSilencesItsLibraryOnly) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler");
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(Handler, "recv", Grade::Usually);
  S.F.Sites.back().UnlessNonblocking = S.F.string("posix");
  S.F.NonblockingFds.push_back({S.F.string("asio"), {}});
  EXPECT_EQ(S.solve().size(), 1u);
  S.F.NonblockingFds.push_back({S.F.string("posix"), {}});
  EXPECT_TRUE(S.solve().empty());
}

TEST(Solver, SitesOfOneCategoryInOneFunctionAreOneFinding) {
  Sketch S;
  auto Main = S.fn("main"), Handler = S.fn("handler");
  S.registerOn(Thread::Loop, Main, one(Handler));
  S.blocks(Handler, "fopen", Grade::Usually, {}, Category::File);
  S.blocks(Handler, "fsync", Grade::Usually, {}, Category::File);
  S.blocks(Handler, "sleep");
  auto Found = S.solve();
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].Sites.size(), 2u);
}

TEST(Solver, OtherCallersAreNamedAtTheFirstFanIn) {
  Sketch S;
  auto Main = S.fn("main"), A = S.fn("a"), B = S.fn("b"), Query = S.fn("query"),
       Leaf = S.fn("leaf");
  S.registerOn(Thread::Loop, Main, one(A));
  S.registerOn(Thread::Loop, Main, one(B));
  S.call(A, Query);
  S.call(B, Query);
  S.call(Query, Leaf);
  S.blocks(Leaf, "mysql_query");
  auto Found = S.solve();
  ASSERT_EQ(Found.size(), 1u);
  ASSERT_EQ(Found[0].AlsoReachedFrom.size(), 1u);
  EXPECT_EQ(Found[0].AlsoReachedFrom[0].Name, "'b'");
}

TEST(Solver, AnnotationsStopTheSpread) {
  for (auto Flag : {Function::AnnotatedWorker, Function::AnnotatedNonblocking, Function::EndsProcess}) {
    Sketch S;
    auto Main = S.fn("main"), Handler = S.fn("handler"), Helper = S.fn("helper");
    S.registerOn(Thread::Loop, Main, one(Handler));
    S.call(Handler, Helper);
    S.blocks(Helper, "sleep");
    S.F.Functions[Helper].Flags |= Flag;
    EXPECT_TRUE(S.solve().empty());
  }
}

TEST(Solver, ACallThroughACrowdedSlotIsAGuess) {
  for (unsigned Callables : {64u, 65u}) {
    Sketch S;
    auto Main = S.fn("main"), Handler = S.fn("handler");
    auto Field = S.field("callback");
    for (unsigned I = 0; I < Callables; ++I)
      S.F.flow(Field, one(S.fn(std::to_string(I))));
    S.through(Handler, oneSlot(Field));
    S.registerOn(Thread::Loop, Main, one(Handler));
    S.blocks(S.fn("0"), "sleep");
    BlockingFinding Found = S.solve().at(0);
    EXPECT_EQ(Found.Certain, Callables == 64);
    EXPECT_EQ(Found.Path.at(1).Subject, "'handler'");
  }
}

TEST(Solver, ARegistrationOfACrowdIsNoGuess) {
  Sketch S;
  auto On = S.fn("on"), Main = S.fn("main");
  for (unsigned I = 0; I < 100; ++I)
    S.call(Main, On, {}, {one(S.fn(std::to_string(I)))});
  S.registerOn(Thread::Loop, On, oneSlot(S.F.parameter(On, 0)));
  S.blocks(S.fn("99"), "sleep");
  EXPECT_TRUE(S.solve().at(0).Certain);
}

// bool readable(int timeout) { return poll(&p, 1, timeout) > 0; }
TEST(Solver, ATimeoutOfZeroIsTheCallersWord) {
  enum What { OneWaits, AllLook, OneIsVirtual, OneIsTaken };
  for (What W : {OneWaits, AllLook, OneIsVirtual, OneIsTaken}) {
    Sketch S;
    auto Main = S.fn("main"), Look = S.fn("look"), Wait = S.fn("wait"), Readable = S.fn("readable");
    S.registerOn(Thread::Loop, Main, one(Look));
    S.registerOn(Thread::Loop, Main, one(Wait));
    S.call(Look, Readable);
    S.F.ZeroArguments.push_back({Look, Readable, 2, S.F.Calls.back().Where});
    S.F.ZeroArguments.push_back({Look, Readable, 1, S.F.Calls.back().Where});
    if (W == OneWaits)
      S.call(Wait, Readable);
    if (W == OneIsVirtual)
      S.F.Overrides.push_back({Readable, S.fn("Base::readable")});
    if (W == OneIsTaken)
      S.F.flow(S.field("kept"), one(Readable));
    S.blocks(Readable, "poll", Grade::Usually, {0});
    S.F.Sites.back().UnlessZero = 2;
    S.blocks(Readable, "fopen", Grade::Usually, {}, Category::File);
    auto Found = Program(withZeroArguments(S.F)).blockingCallsOnLoop();
    ASSERT_EQ(Found.size(), W == AllLook ? 1u : 2u) << W;
    EXPECT_EQ(Found[0].Sites[0].Api, W == AllLook ? "fopen" : "poll");
    if (W == OneWaits) {
      EXPECT_EQ(Found[0].Path.back().Subject, "'wait'");
      EXPECT_EQ(Found[0].Path.back().Object, "'readable'");
      EXPECT_TRUE(Found[0].AlsoReachedFrom.empty());
    }
  }
}

TEST(Solver, RecursionEnds) {
  Sketch S;
  auto Main = S.fn("main"), A = S.fn("a"), B = S.fn("b");
  S.registerOn(Thread::Loop, Main, one(A));
  S.call(A, B);
  S.call(B, A);
  S.blocks(B, "sleep");
  EXPECT_EQ(S.solve().size(), 1u);
}

} // namespace
