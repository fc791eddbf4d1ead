//===- SolverTest.cpp - call graph, loops, spread -------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sketch.h"

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
