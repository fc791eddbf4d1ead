//===- ReceivedDataTest.cpp - where received bytes are, copies of them ----===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DataSketch.h"

#include <gtest/gtest.h>

using namespace nettune::summary;

namespace {

using Lines = std::vector<unsigned>;

TEST(ReceivedData, NothingReceivedNothingReported) {
  Sketch S;
  FunctionId Handler = S.fn("handler", 2);
  S.copies(S.F.parameter(Handler, 1), 5);
  S.flow(S.F.parameter(Handler, 0), S.F.parameter(Handler, 1));
  EXPECT_FALSE(S.holds(S.F.parameter(Handler, 1)));
  EXPECT_EQ(S.lines(), Lines{});
}

TEST(ReceivedData, OnlyThePayloadOfAHandlerIsReceived) {
  Sketch S;
  FunctionId Handler = S.fn("handler", 3);
  S.registers(one(Handler), {Session, Payload, Other});
  EXPECT_FALSE(S.holds(S.F.parameter(Handler, 0)));
  EXPECT_TRUE(S.holds(S.F.parameter(Handler, 1)));
  EXPECT_FALSE(S.holds(S.F.parameter(Handler, 2)));
  S.copies(S.F.parameter(Handler, 0), 5);
  S.copies(S.F.parameter(Handler, 1), 6);
  EXPECT_EQ(S.lines(), Lines{6});
}

TEST(ReceivedData, AHandlerWithoutKnownParametersReceivesNothing) {
  Sketch S;
  FunctionId Handler = S.fn("handler", 1);
  S.registers(one(Handler), {});
  EXPECT_FALSE(S.holds(S.F.parameter(Handler, 0)));
}

TEST(ReceivedData, TheHandlerIsFoundThroughAField) {
  Sketch S;
  FunctionId Handler = S.fn("handler", 2), Unset = S.fn("unset", 2);
  SlotId Field = S.F.slot(Slot::Kind::Field, "callback");
  S.F.flow(Field, one(Handler));
  S.registers(oneSlot(Field), {Session, Payload});
  EXPECT_TRUE(S.holds(S.F.parameter(Handler, 1)));
  EXPECT_FALSE(S.holds(S.F.parameter(Unset, 1)));
}

TEST(ReceivedData, BoundArgumentsStandBeforeTheHandlersOwn) {
  Sketch S;
  FunctionId Bound = S.fn("bound", 4); // bind(&bound, a, b, _1, _2)
  S.registers(one(Bound), {Session, Payload});
  EXPECT_FALSE(S.holds(S.F.parameter(Bound, 0)));
  EXPECT_FALSE(S.holds(S.F.parameter(Bound, 1)));
  EXPECT_FALSE(S.holds(S.F.parameter(Bound, 2)));
  EXPECT_TRUE(S.holds(S.F.parameter(Bound, 3)));
}

TEST(ReceivedData, AHandlerMayTakeFewerParameters) {
  Sketch S;
  FunctionId Short = S.fn("short", 1);
  S.registers(one(Short), {Session, Payload});
  EXPECT_FALSE(S.holds(S.F.parameter(Short, 0)));
  Sketch T;
  FunctionId First = T.fn("first", 1);
  T.registers(one(First), {Payload, Session});
  EXPECT_TRUE(T.holds(T.F.parameter(First, 0)));
}

TEST(ReceivedData, AnOverrideReceivesWhatItsModelSays) {
  Sketch S;
  FunctionId Override = S.fn("server::on_message", 2), Named = S.fn("annotated", 2);
  S.F.Roots.push_back({Override, Root::Kind::Override, Thread::Loop, S.F.string("on_message"), {Session, Payload}});
  S.F.Roots.push_back({Named, Root::Kind::Annotation, Thread::Loop, S.F.string("nettune::loop"), {}});
  EXPECT_FALSE(S.holds(S.F.parameter(Override, 0)));
  EXPECT_TRUE(S.holds(S.F.parameter(Override, 1)));
  EXPECT_FALSE(S.holds(S.F.parameter(Named, 1)));
}

TEST(ReceivedData, ReadsFillBuffers) {
  Sketch S;
  SlotId Buffer = S.variable("buffer"), Own = S.variable("own");
  S.receives(Buffer);
  S.copies(Buffer, 4);
  S.copies(Own, 5);
  EXPECT_TRUE(S.holds(Buffer));
  EXPECT_FALSE(S.holds(Own));
  EXPECT_EQ(S.lines(), Lines{4});
}

TEST(ReceivedData, FlowsLeadOneWayOverManySteps) {
  Sketch S;
  SlotId Before = S.variable("before"), Buffer = S.variable("buffer"), View = S.variable("view"),
         Line = S.variable("line"), Beside = S.variable("beside");
  S.receives(Buffer);
  S.flow(Before, Buffer);
  S.flow(Buffer, View);
  S.flow(View, Line);
  S.flow(Line, View); // a cycle ends
  S.flow(Beside, Line);
  EXPECT_FALSE(S.holds(Before));
  EXPECT_TRUE(S.holds(View));
  EXPECT_TRUE(S.holds(Line));
  EXPECT_FALSE(S.holds(Beside));
}

TEST(ReceivedData, ArgumentsLeadIntoTheParameterOfThatPlace) {
  Sketch S;
  FunctionId Parse = S.fn("parse", 2);
  SlotId Buffer = S.variable("buffer");
  S.receives(Buffer);
  S.passes(one(Parse), 1, Buffer);
  EXPECT_FALSE(S.holds(S.F.parameter(Parse, 0)));
  EXPECT_TRUE(S.holds(S.F.parameter(Parse, 1)));
}

TEST(ReceivedData, ArgumentsLeadThroughCallables) {
  Sketch S;
  FunctionId Parse = S.fn("parse", 1), Print = S.fn("print", 1), Unset = S.fn("unset", 1);
  SlotId Buffer = S.variable("buffer"), Callback = S.F.slot(Slot::Kind::Field, "callback");
  S.F.flow(Callback, one(Parse));
  S.F.flow(Callback, one(Print));
  S.receives(Buffer);
  S.passes(oneSlot(Callback), 0, Buffer);
  EXPECT_TRUE(S.holds(S.F.parameter(Parse, 0)));
  EXPECT_TRUE(S.holds(S.F.parameter(Print, 0)));
  EXPECT_FALSE(S.holds(S.F.parameter(Unset, 0)));
}

TEST(ReceivedData, AParameterThatNobodyMentionsIsNoSlot) {
  Sketch S;
  FunctionId Parse = S.F.function("c:parse");
  SlotId Buffer = S.variable("buffer");
  S.receives(Buffer);
  S.passes(one(Parse), 0, Buffer);
  S.holds(Buffer);
  EXPECT_EQ(S.F.findParameter(Parse, 0), None);
}

TEST(ReceivedData, OverridersGetWhatTheBaseGets) {
  Sketch S;
  FunctionId Base = S.fn("base::parse", 1), Derived = S.fn("derived::parse", 1), Sibling = S.fn("sibling::parse", 1);
  SlotId Buffer = S.variable("buffer"), Other = S.variable("other");
  S.F.Overrides = {{Derived, Base}};
  S.receives(Buffer);
  S.passes(one(Base), 0, Buffer);
  S.passes(one(Sibling), 0, Other);
  EXPECT_TRUE(S.holds(S.F.parameter(Derived, 0)));
  EXPECT_FALSE(S.holds(S.F.parameter(Sibling, 0)));
}

TEST(ReceivedData, TheBaseDoesNotGetWhatAnOverriderGets) {
  Sketch S;
  FunctionId Base = S.fn("base::parse", 1), Derived = S.fn("derived::parse", 1);
  SlotId Buffer = S.variable("buffer");
  S.F.Overrides = {{Derived, Base}};
  S.receives(Buffer);
  S.passes(one(Derived), 0, Buffer);
  EXPECT_FALSE(S.holds(S.F.parameter(Base, 0)));
}

TEST(ReceivedData, OneReceivedSourceIsEnoughAndSomeNeedNone) {
  Sketch S;
  SlotId Buffer = S.variable("buffer"), Own = S.variable("own");
  S.receives(Buffer);
  S.copies(Own, 4).Sources = {Own, Buffer};
  S.copies(Own, 5);
  S.copies(Own, 6).Always = true;
  S.copies(Own, 7).Sources.clear();
  EXPECT_EQ(S.lines(), (Lines{4, 6}));
}

TEST(ReceivedData, KnowsWhereTheDataCameIn) {
  Sketch S;
  FunctionId Handler = S.fn("handler", 2);
  S.F.Functions[Handler].Where = S.at(30);
  SlotId Buffer = S.variable("buffer"), Line = S.variable("line"), Own = S.variable("own");
  S.receives(Buffer, 7);
  S.flow(Buffer, Line);
  S.registers(one(Handler), {Session, Payload});
  CallableSolver Calls(S.F);
  Calls.run();
  ReceivedData Data(S.F, Calls);
  EXPECT_EQ(Data.origin(Line).Line, 7u);
  EXPECT_EQ(Data.origin(S.F.parameter(Handler, 1)).Line, 30u);
  EXPECT_EQ(Data.origin(Own).Line, 0u);
}

} // namespace
