//===- LinkerTest.cpp - the facts of many TUs as one program --------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsText.h"

#include "summary/Linker.h"
#include "summary/Program.h"
#include "summary/Shard.h"

#include <gtest/gtest.h>

using namespace nettune::summary;
using nettune::model::Category;
using nettune::model::Grade;
using nettune::model::Thread;

namespace {

/// Facts of one TU. Each row stands on a line of its own, in the main file if no
/// other is named.
struct Tu {
  explicit Tu(std::string MainFile) : MainFile(std::move(MainFile)) {}

  FunctionId declare(const std::string &Key, const std::string &File = "api.h", unsigned Line = 1) {
    FunctionId Id = F.function(Key);
    if (F.Functions[Id].Name == 0) {
      F.Functions[Id].Name = F.string(Key);
      F.Functions[Id].Where = {F.string(File), Line, 1};
    }
    return Id;
  }
  FunctionId define(const std::string &Key, std::string File = "", unsigned Line = 0) {
    if (File.empty())
      File = MainFile;
    FunctionId Id = declare(Key);
    F.Functions[Id].Flags |= Function::HasBody;
    F.Functions[Id].Where = {F.string(File), Line ? Line : ++Last, 1};
    return Id;
  }
  Place at(unsigned Line, std::string File = "") {
    return {F.string(File.empty() ? MainFile : File), Line, 1};
  }
  void call(FunctionId From, FunctionId To, Place Where) {
    F.call({From, CallKind::Direct, To, {}, {}, {}, Where});
  }
  void call(FunctionId From, FunctionId To) { call(From, To, at(++Last)); }
  void through(FunctionId From, SlotId S) {
    F.call({From, CallKind::Through, None, {Atom::slot(S)}, {}, {}, at(++Last)});
  }
  void onLoop(FunctionId In, Atom Callable) {
    F.Registrations.push_back({In, {Callable}, Thread::Loop, F.string("on"), at(++Last), {}});
  }
  void blocks(FunctionId In, Place Where) {
    F.Sites.push_back({.In = In,
                       .Api = F.string("sleep"),
                       .Instead = 0,
                       .Waits = Category::Sleep,
                       .G = Grade::Always,
                       .Annotated = false,
                       .UnlessNonblocking = 0,
                       .Loops = {},
                       .Where = Where});
  }
  void blocks(FunctionId In) { blocks(In, at(++Last)); }

  Facts F;
  std::string MainFile;
  unsigned Last = 100;
};

Facts link(const std::vector<const Tu *> &Tus) {
  Linker L;
  for (const Tu *T : Tus)
    L.add(T->F, T->MainFile);
  return L.take();
}

std::vector<std::string> keys(const Facts &F) {
  std::vector<std::string> Keys;
  for (const Function &Fn : F.Functions)
    Keys.push_back(F.text(Fn.Key).str());
  std::sort(Keys.begin(), Keys.end());
  return Keys;
}

std::size_t findings(Facts F) { return Program(std::move(F)).blockingCallsOnLoop().size(); }

using Names = std::vector<std::string>;

TEST(Linker, FollowsACallIntoAnotherTu) {
  Tu A("a.cpp"), B("b.cpp");
  auto Main = A.define("c:@F@main"), Handler = A.define("c:@F@handler");
  A.onLoop(Main, Atom::function(Handler));
  A.call(Handler, A.declare("c:@F@query"));
  B.blocks(B.define("c:@F@query"));
  EXPECT_EQ(findings(link({&A})), 0u);
  Facts F = link({&A, &B});
  EXPECT_EQ(F.text(F.Functions[F.function("c:@F@query")].Where.File), "b.cpp");
  EXPECT_EQ(findings(F), 1u);
}

TEST(Linker, FollowsACallableThroughAFieldSetInAnotherTu) {
  Tu A("a.cpp"), B("b.cpp");
  auto Handler = A.define("c:@F@handler");
  A.onLoop(A.define("c:@F@main"), Atom::function(Handler));
  A.through(Handler, A.F.slot(Slot::Kind::Field, "fc:@S@Hub.cb"));
  auto Work = B.define("c:@F@work");
  B.F.flow(B.F.slot(Slot::Kind::Field, "fc:@S@Hub.cb"), {Atom::function(Work)});
  B.blocks(Work);
  EXPECT_EQ(findings(link({&A, &B})), 1u);
}

// A header's inline function, an instantiation, one source built for two targets.
TEST(Linker, TwinsMerge) {
  auto Fill = [](Tu &T) {
    auto Inline = T.define("c:@F@inline_one", "h.h", 3), Leaf = T.declare("c:@F@leaf");
    auto P = T.F.parameter(Inline, 0);
    T.call(Inline, Leaf, T.at(4, "h.h"));
    T.F.call({Inline,
              CallKind::Through,
              None,
              {Atom::slot(P)},
              {{Atom::function(Leaf)}},
              {0},
              T.at(5, "h.h")});
    T.blocks(Inline, T.at(6, "h.h"));
    T.F.flow(P, {Atom::function(Leaf)});
    T.F.Registrations.push_back(
        {Inline, {Atom::slot(P)}, Thread::Loop, T.F.string("on"), T.at(7, "h.h"), {}});
    T.F.Roots.push_back({Inline, Root::Kind::Coroutine, Thread::Loop, 0, {}});
    T.F.Overrides.push_back({Inline, Leaf});
    T.F.Waits.push_back({Inline, T.F.string("poll"), 1, {0}, T.at(8, "h.h")});
    T.F.Accepts.push_back({Inline, {0}, T.at(9, "h.h")});
    T.F.NonblockingFds.push_back({T.F.string("posix"), T.at(10, "h.h")});
  };
  Tu A("a.cpp"), B("b.cpp"), C("a.cpp");
  // Other strings first: the numbers of the same things differ.
  B.declare("c:@F@only_in_b");
  B.F.slot(Slot::Kind::Variable, "vc:@only_in_b");
  for (Tu *T : {&A, &B, &C})
    Fill(*T);
  Facts One = link({&A}), All = link({&A, &B, &C});
  EXPECT_EQ(One.Calls.size(), 2u);
  EXPECT_EQ(All.Calls.size(), One.Calls.size());
  EXPECT_EQ(All.Flows.size(), One.Flows.size());
  EXPECT_EQ(All.Registrations.size(), One.Registrations.size());
  EXPECT_EQ(All.Roots.size(), One.Roots.size());
  EXPECT_EQ(All.Overrides.size(), One.Overrides.size());
  EXPECT_EQ(All.Waits.size(), One.Waits.size());
  EXPECT_EQ(All.Accepts.size(), One.Accepts.size());
  EXPECT_EQ(All.Sites.size(), One.Sites.size());
  EXPECT_EQ(All.NonblockingFds.size(), One.NonblockingFds.size());
  EXPECT_EQ(keys(All), (Names{"c:@F@inline_one", "c:@F@leaf", "c:@F@only_in_b"}));
}

TEST(Linker, WhatOneTwinAloneSaysIsKept) {
  Tu A("a.cpp"), B("b.cpp");
  for (Tu *T : {&A, &B}) {
    auto Inline = T->define("c:@F@inline_one", "h.h", 3);
    T->call(Inline, T->declare("c:@F@" + T->MainFile), T->at(4, "h.h")); // under an #ifdef
  }
  EXPECT_EQ(link({&A, &B}).Calls.size(), 2u);
}

TEST(Linker, StaticsOfTwoFilesStayApart) {
  Tu A("a/util.cpp"), B("b/util.cpp");
  for (Tu *T : {&A, &B})
    T->blocks(T->define(T->MainFile + ":c:util.cpp@F@init"));
  Facts F = link({&A, &B});
  EXPECT_EQ(keys(F), (Names{"a/util.cpp:c:util.cpp@F@init", "b/util.cpp:c:util.cpp@F@init"}));
}

TEST(Linker, TheOrderOfAddingDoesNotMatter) {
  std::vector<Tu> Tus;
  for (const char *Name : {"c.cpp", "a.cpp", "b.cpp", "a.cpp"}) {
    Tu T(Name);
    auto Main = T.define("c:@F@main"), Shared = T.define("c:@F@shared", "h.h", 1);
    T.F.flow(T.F.slot(Slot::Kind::Field, "fc:@S@X.cb"),
             {Atom::function(Shared), Atom::function(Main)});
    T.call(Main, Shared, T.at(static_cast<unsigned>(Tus.size()) + 1)); // the two a.cpp differ
    Tus.push_back(std::move(T));
  }
  auto Bytes = [](Facts F) {
    Shard S;
    S.F = std::move(F);
    return writeShard(S);
  };
  std::string First = Bytes(link({&Tus[0], &Tus[1], &Tus[2], &Tus[3]}));
  EXPECT_EQ(First, Bytes(link({&Tus[3], &Tus[2], &Tus[1], &Tus[0]})));
  EXPECT_EQ(First, Bytes(link({&Tus[1], &Tus[0], &Tus[3], &Tus[2]})));
}

TEST(Linker, LinkingAProgramAgainChangesNothing) {
  Tu A("a.cpp"), B("b.cpp");
  for (Tu *T : {&A, &B})
    T->call(T->define("c:@F@f", "h.h", 1), T->declare("c:@F@g"));
  Facts F = link({&A, &B});
  Linker L;
  L.add(F, "all");
  expectSameTables(L.take(), F);
}

// Two sample programs in one tree.
TEST(Linker, MainNeverLinks) {
  Tu A("a.cpp"), B("b.cpp");
  for (Tu *T : {&A, &B})
    T->define("c:@F@main#I#**C#", "main.inc", 1); // at one place even
  EXPECT_EQ(keys(link({&A, &B})), (Names{"c:@F@main#I#**C#|a.cpp", "c:@F@main#I#**C#|b.cpp"}));
  EXPECT_EQ(keys(link({&A})), Names{"c:@F@main#I#**C#"});
  Tu C("c.cpp");
  C.define("c:@F@mainly#");
  EXPECT_EQ(keys(link({&A, &C})), (Names{"c:@F@main#I#**C#", "c:@F@mainly#"}));
}

TEST(Linker, ANameWithSeveralBodiesIsSplit) {
  Tu A("a.cpp"), B("b.cpp"), C("c.cpp");
  auto Handler = A.define("c:@F@handler");
  A.onLoop(A.define("c:@F@start"), Atom::function(Handler));
  A.call(Handler, A.define("c:@S@Server@F@run#"));
  B.blocks(B.define("c:@S@Server@F@run#"));
  EXPECT_EQ(findings(link({&A, &B})), 0u);
  // A TU that has none of the bodies cannot know which one is meant.
  C.call(C.define("c:@F@caller"), C.declare("c:@S@Server@F@run#"));
  Facts F = link({&A, &B, &C});
  EXPECT_EQ(keys(F), (Names{"c:@F@caller", "c:@F@handler", "c:@F@start", "c:@S@Server@F@run#",
                            "c:@S@Server@F@run#|a.cpp", "c:@S@Server@F@run#|b.cpp"}));
  EXPECT_FALSE(F.Functions[F.function("c:@S@Server@F@run#")].has(Function::HasBody));
}

TEST(Linker, WhatStandsInASplitFunctionIsSplitToo) {
  Tu A("a.cpp"), B("b.cpp");
  for (Tu *T : {&A, &B}) {
    auto Main = T->define("c:@F@main");
    T->define("c:@F@main/lambda#0", "x.h", 5); // by a macro: at one place
    SlotId Local = T->F.slot(Slot::Kind::Variable, "lc:@F@main:cb:7:3");
    SlotId InLambda = T->F.slot(Slot::Kind::Variable, "lc:@F@main/lambda#0:cb:8:3");
    T->through(Main, Local);
    T->through(Main, InLambda);
    T->F.parameter(Main, 0);
    T->F.returned(Main);
  }
  Facts F = link({&A, &B});
  EXPECT_EQ(keys(F), (Names{"c:@F@main/lambda#0|a.cpp", "c:@F@main/lambda#0|b.cpp",
                            "c:@F@main|a.cpp", "c:@F@main|b.cpp"}));
  EXPECT_EQ(F.Slots.size(), 8u);
}

TEST(Linker, AGlobalDefinedTwiceIsSplit) {
  Tu A("a.cpp"), B("b.cpp");
  for (Tu *T : {&A, &B}) {
    T->define("init:c:@handler");
    T->F.slot(Slot::Kind::Variable, "vc:@handler");
    T->F.slot(Slot::Kind::Variable, "vc:@other");
  }
  EXPECT_EQ(link({&A, &B}).Slots.size(), 3u);
}

/// Server has a field and a method, defined in its TU; a client calls the method.
void fillServer(Tu &T) {
  T.define("c:@S@Server@F@run#");
  T.declare("c:@S@Server@F@stop#", T.MainFile, 1);
  T.F.slot(Slot::Kind::Field, "fc:@S@Server.cb");
}

TEST(Linker, AClassOfTwoProgramsHasTwoFieldsOfAName) {
  Tu A("a.cpp"), B("b.cpp");
  fillServer(A);
  fillServer(B);
  Facts F = link({&A, &B});
  EXPECT_EQ(F.Slots.size(), 2u);
  EXPECT_EQ(keys(F), (Names{"c:@S@Server@F@run#|a.cpp", "c:@S@Server@F@run#|b.cpp",
                            "c:@S@Server@F@stop#|a.cpp", "c:@S@Server@F@stop#|b.cpp"}));
}

// server.cpp and the test's mock_server.cpp define one class's methods: the class is one.
TEST(Linker, AClassThatAThirdTuKnowsKeepsItsField) {
  Tu A("a.cpp"), B("b.cpp"), Client("client.cpp");
  fillServer(A);
  fillServer(B);
  Client.F.slot(Slot::Kind::Field, "fc:@S@Server.cb");
  EXPECT_EQ(link({&A, &B, &Client}).Slots.size(), 1u);
}

TEST(Linker, AClassWhoseMethodsAreSpreadOverFilesKeepsItsField) {
  Tu Run("run.cpp"), Stop("stop.cpp"), Other("other.cpp");
  Run.define("c:@S@Server@F@run#");
  Run.declare("c:@S@Server@F@stop#");
  Stop.define("c:@S@Server@F@stop#");
  Other.define("c:@S@Server@F@run#");
  Other.define("c:@S@Server@F@stop#");
  for (Tu *T : {&Run, &Stop, &Other})
    T->F.slot(Slot::Kind::Field, "fc:@S@Server.cb");
  EXPECT_EQ(link({&Run, &Stop, &Other}).Slots.size(), 1u);
}

TEST(Linker, APureVirtualOfTwoClassesOfOneNameIsTwo) {
  Tu A("a.cpp"), B("b.cpp");
  for (Tu *T : {&A, &B}) {
    T->declare("c:@S@Handler@F@on#", T->MainFile, 2);
    T->declare("c:@F@extern_function", T->MainFile, 3); // declared wherever it is used
  }
  EXPECT_EQ(keys(link({&A, &B})), (Names{"c:@F@extern_function", "c:@S@Handler@F@on#|a.cpp",
                                         "c:@S@Handler@F@on#|b.cpp"}));
}

TEST(Linker, OneProgramForEachExecutable) {
  Tu Lib("lib.cpp"), A("a.cpp"), B("b.cpp"), C("c.cpp");
  Lib.define("c:@F@shared");
  for (Tu *T : {&A, &B, &C})
    T->define("c:@F@main");
  std::vector<LinkedTu> Tus;
  for (Tu *T : {&Lib, &A, &B, &C})
    Tus.push_back({&T->F, T->MainFile});
  std::vector<Facts> Programs =
      linkPrograms(Tus, std::vector<std::vector<unsigned>>{{0, 1}, {2, 0}});
  ASSERT_EQ(Programs.size(), 3u);
  EXPECT_EQ(keys(Programs[0]), (Names{"c:@F@main", "c:@F@shared"}));
  EXPECT_EQ(keys(Programs[1]), (Names{"c:@F@main", "c:@F@shared"}));
  EXPECT_EQ(Programs[1].text(Programs[1].Functions[Programs[1].function("c:@F@main")].Where.File),
            "b.cpp");
  EXPECT_EQ(keys(Programs[2]), Names{"c:@F@main"});
  EXPECT_EQ(linkPrograms(Tus, {}).size(), 1u);
  EXPECT_TRUE(linkPrograms({}, {}).empty());
}

} // namespace
