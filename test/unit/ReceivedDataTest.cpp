//===- ReceivedDataTest.cpp - where received bytes are, copies of them ----===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/ReceivedData.h"

#include <gtest/gtest.h>

using namespace nettune::summary;
using nettune::model::Parameter;
using nettune::model::Thread;

namespace {

using Parameters = std::vector<Parameter>;
constexpr Parameter Session = Parameter::Session, Payload = Parameter::Payload, Other = Parameter::Other;

AtomSet one(FunctionId Fn) { return {Atom::function(Fn)}; }
AtomSet oneSlot(SlotId S) { return {Atom::slot(S)}; }

/// Facts of a small program, by name.
class Sketch {
public:
  /// A function whose \p Count parameters can all hold bytes.
  FunctionId fn(const std::string &Name, unsigned Count = 0) {
    FunctionId Id = F.function("c:" + Name);
    for (unsigned I = 0; I < Count; ++I)
      C.Parameters.push_back({Id, I, Count - 1 - I, F.parameter(Id, I)});
    return Id;
  }
  SlotId variable(const std::string &Name) { return F.slot(Slot::Kind::Variable, "v" + Name); }
  void registers(AtomSet Callables, Parameters Taken, Thread T = Thread::Loop) {
    F.Registrations.push_back({F.function("c:main"), std::move(Callables), T, F.string("on"), {}, std::move(Taken)});
  }
  void flow(SlotId From, SlotId To) { C.Flows.push_back({From, To}); }
  void passes(AtomSet Targets, unsigned Index, SlotId From) { C.Arguments.push_back({std::move(Targets), Index, From}); }

  /// A copy at \p Line of a.cpp.
  BufferCopy &copies(SlotId Source, unsigned Line, const std::string &From = "data") {
    BufferCopy Copy{};
    Copy.K = BufferCopy::Kind::Reads;
    Copy.Sources = {Source};
    Copy.From = From;
    Copy.Where = at(Line);
    C.Copies.push_back(Copy);
    return C.Copies.back();
  }
  Place at(unsigned Line, unsigned Column = 3, const std::string &File = "a.cpp") {
    return {F.string(File), Line, Column};
  }

  bool holds(SlotId S) {
    CallableSolver Calls(F);
    Calls.run();
    return ReceivedData(F, Calls, C).holds(S);
  }
  std::vector<BufferCopy> found() {
    CallableSolver Calls(F);
    Calls.run();
    return copiesOfReceived(F, ReceivedData(F, Calls, C), C);
  }
  std::vector<unsigned> lines() {
    std::vector<unsigned> Lines;
    for (const BufferCopy &Copy : found())
      Lines.push_back(Copy.Where.Line);
    return Lines;
  }

  Facts F;
  CopyFacts C;
};

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
  S.C.Received = {Buffer};
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
  S.C.Received = {Buffer};
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
  S.C.Received = {Buffer};
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
  S.C.Received = {Buffer};
  S.passes(oneSlot(Callback), 0, Buffer);
  EXPECT_TRUE(S.holds(S.F.parameter(Parse, 0)));
  EXPECT_TRUE(S.holds(S.F.parameter(Print, 0)));
  EXPECT_FALSE(S.holds(S.F.parameter(Unset, 0)));
}

TEST(ReceivedData, AParameterThatNobodyMentionsIsNoSlot) {
  Sketch S;
  FunctionId Parse = S.F.function("c:parse");
  SlotId Buffer = S.variable("buffer");
  S.C.Received = {Buffer};
  S.passes(one(Parse), 0, Buffer);
  S.holds(Buffer);
  EXPECT_EQ(S.F.findParameter(Parse, 0), None);
}

TEST(ReceivedData, OverridersGetWhatTheBaseGets) {
  Sketch S;
  FunctionId Base = S.fn("base::parse", 1), Derived = S.fn("derived::parse", 1), Sibling = S.fn("sibling::parse", 1);
  SlotId Buffer = S.variable("buffer"), Other = S.variable("other");
  S.F.Overrides = {{Derived, Base}};
  S.C.Received = {Buffer};
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
  S.C.Received = {Buffer};
  S.passes(one(Derived), 0, Buffer);
  EXPECT_FALSE(S.holds(S.F.parameter(Base, 0)));
}

TEST(ReceivedData, OneReceivedSourceIsEnoughAndSomeNeedNone) {
  Sketch S;
  SlotId Buffer = S.variable("buffer"), Own = S.variable("own");
  S.C.Received = {Buffer};
  S.copies(Own, 4).Sources = {Own, Buffer};
  S.copies(Own, 5);
  S.copies(Own, 6).Always = true;
  S.copies(Own, 7).Sources.clear();
  EXPECT_EQ(S.lines(), (Lines{4, 6}));
}

//===----------------------------------------------------------------------===//
// One finding a place
//===----------------------------------------------------------------------===//

TEST(CopiesOfReceived, StandInTheOrderOfTheSource) {
  Sketch S;
  SlotId Buffer = S.variable("buffer");
  S.C.Received = {Buffer};
  S.copies(Buffer, 9);
  S.copies(Buffer, 4).Where = S.at(4, 8);
  S.copies(Buffer, 4);
  S.copies(Buffer, 2).Where = S.at(2, 3, "b.h");
  EXPECT_EQ(S.lines(), (Lines{4, 4, 9, 2}));
  EXPECT_EQ(S.found()[0].Where.Column, 3u);
}

TEST(CopiesOfReceived, InstantiationsThatAgreeKeepTheirEdit) {
  Sketch S;
  SlotId Buffer = S.variable("buffer");
  S.C.Received = {Buffer};
  for (unsigned I = 0; I < 3; ++I)
    S.copies(Buffer, 4).Fixes = {{S.at(4), S.at(4), "const "}, {S.at(4, 8), S.at(4, 8), "&"}};
  auto Found = S.found();
  ASSERT_EQ(Found.size(), 1u);
  ASSERT_EQ(Found[0].Fixes.size(), 2u);
  EXPECT_EQ(Found[0].Fixes[0].Text, "const ");
  EXPECT_EQ(Found[0].Fixes[1].Begin, S.at(4, 8));
}

TEST(CopiesOfReceived, EditsThatDisagreeAreNone) {
  Sketch Texts;
  SlotId Buffer = Texts.variable("buffer");
  Texts.C.Received = {Buffer};
  Texts.copies(Buffer, 4).Fixes = {{Texts.at(4), Texts.at(4), "const "}};
  Texts.copies(Buffer, 4).Fixes = {{Texts.at(4), Texts.at(4), "volatile "}};
  ASSERT_EQ(Texts.found().size(), 1u);
  EXPECT_TRUE(Texts.found()[0].Fixes.empty());

  Sketch Places;
  Places.C.Received = {Places.variable("buffer")};
  Places.copies(Places.variable("buffer"), 4).Fixes = {{Places.at(4), Places.at(4), "const "}};
  Places.copies(Places.variable("buffer"), 4).Fixes = {{Places.at(4), Places.at(4, 7), "const "}};
  ASSERT_EQ(Places.found().size(), 1u);
  EXPECT_TRUE(Places.found()[0].Fixes.empty());

  // One offers none; also where the first that has one comes after it.
  for (bool First : {false, true}) {
    Sketch S;
    S.C.Received = {S.variable("buffer")};
    for (bool Offers : {First, !First, true})
      if (S.copies(S.variable("buffer"), 4); Offers)
        S.C.Copies.back().Fixes = {{S.at(4), S.at(4), "const "}};
    ASSERT_EQ(S.found().size(), 1u);
    EXPECT_TRUE(S.found()[0].Fixes.empty());
  }
}

// The edit changes the text of every instantiation, received or not.
TEST(CopiesOfReceived, AnInstantiationThatReceivesNothingHasItsSay) {
  for (bool Before : {false, true}) {
    Sketch S;
    SlotId Buffer = S.variable("buffer"), Own = S.variable("own");
    S.C.Received = {Buffer};
    if (Before)
      S.copies(Own, 4);
    S.copies(Buffer, 4).Fixes = {{S.at(4), S.at(4), "const "}};
    if (!Before)
      S.copies(Own, 4);
    ASSERT_EQ(S.found().size(), 1u);
    EXPECT_TRUE(S.found()[0].Fixes.empty());
  }
}

TEST(CopiesOfReceived, ACaptureDefaultHasOnePlaceForManyBuffers) {
  Sketch S;
  SlotId Buffer = S.variable("buffer");
  S.C.Received = {Buffer};
  S.copies(Buffer, 4, "header").Fixes = {{S.at(4), S.at(4), ", header = std::move(header)"}};
  S.copies(Buffer, 4, "body").Fixes = {{S.at(4), S.at(4), ", body = std::move(body)"}};
  S.copies(Buffer, 4, "header").Fixes = {{S.at(4), S.at(4), ", header = std::move(header)"}};
  auto Found = S.found();
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].From, "body");
  EXPECT_EQ(Found[1].From, "header");
  EXPECT_EQ(Found[0].Fixes.size(), 1u);
  EXPECT_EQ(Found[1].Fixes.size(), 1u);
}

// A parameter by value is one finding, however many calls copy into it.
TEST(CopiesOfReceived, AParameterIsOneFindingForAllItsCalls) {
  Sketch S;
  SlotId Buffer = S.variable("buffer");
  S.C.Received = {Buffer};
  for (const char *From : {"later", "first"}) {
    BufferCopy &Copy = S.copies(Buffer, 4, From);
    Copy.K = BufferCopy::Kind::Parameter;
    Copy.Passed = S.at(From == std::string("first") ? 10 : 20);
  }
  auto Found = S.found();
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].From, "first");
  EXPECT_EQ(Found[0].Passed.Line, 10u);
}

} // namespace
