//===- ProgramSetsTest.cpp - which TUs are linked with which --------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sketch.h"

#include "summary/Assumptions.h"
#include "summary/OnePerSite.h"
#include "summary/ProgramSets.h"

#include <gtest/gtest.h>

#include <deque>

using namespace nettune::summary;

namespace {

using Sets = std::vector<std::vector<unsigned>>;

/// A project of TUs, each a Sketch.
struct Project {
  Sketch &tu(const std::string &MainFile) {
    Tus.push_back({});
    Names.push_back(MainFile);
    return Tus.back();
  }
  std::vector<LinkedTu> linked() {
    std::vector<LinkedTu> Result;
    for (std::size_t I = 0; I < Tus.size(); ++I)
      Result.push_back({&Tus[I].F, Names[I]});
    return Result;
  }
  Sets sets(std::vector<TuSet> Linked, std::size_t Most = 1000) { return programSets(linked(), Linked, Most); }

  std::deque<Sketch> Tus;
  std::vector<std::string> Names;
};

TuSet exe(const std::string &Name, std::vector<unsigned> Tus) { return {Name, false, std::move(Tus)}; }
TuSet plugin(const std::string &Name, std::vector<unsigned> Tus) { return {Name, true, std::move(Tus)}; }

TEST(ProgramSets, EachExecutableAndTheRest) {
  Project P;
  for (auto Name : {"a.cpp", "b.cpp", "lib.cpp", "loose.cpp"})
    P.tu(Name);
  EXPECT_EQ(P.sets({exe("b", {1, 2}), exe("a", {0, 2})}), (Sets{{0, 2}, {1, 2}, {3}}));
  EXPECT_EQ(P.sets({exe("a", {0, 2}), exe("b", {1, 2})}), (Sets{{0, 2}, {1, 2}, {3}}));
}

TEST(ProgramSets, TheSameIsSolvedOnceAndASubsetIsNotLeftOut) {
  Project P;
  for (auto Name : {"a.cpp", "b.cpp", "c.cpp"})
    P.tu(Name);
  EXPECT_EQ(P.sets({exe("a", {0, 1, 2}), exe("b", {0, 1}), exe("c", {0, 1})}), (Sets{{0, 1, 2}, {0, 1}}));
}

TEST(ProgramSets, APluginJoinsWhoDefinesWhatItNeeds) {
  Project P;
  P.tu("host.cpp").fn("registerHandler");
  P.tu("other.cpp").fn("main");
  Sketch &Plugin = P.tu("plugin.cpp");
  Plugin.call(Plugin.fn("init"), Plugin.fn("registerHandler", /*Body=*/false));
  EXPECT_EQ(P.sets({exe("host", {0}), exe("other", {1}), plugin("p.so", {2})}), (Sets{{0, 2}, {1}}));
}

TEST(ProgramSets, APluginJoinsWhoCallsWhatItOverrides) {
  Project P;
  Sketch &Host = P.tu("host.cpp");
  Host.callVirtual(Host.fn("main"), Host.fn("Plugin::onMessage", false));
  Sketch &Other = P.tu("other.cpp"); // knows the method, and does not call it
  Other.fn("Plugin::onMessage", false);
  Sketch &Plugin = P.tu("plugin.cpp");
  Plugin.F.Overrides.push_back({Plugin.fn("Echo::onMessage"), Plugin.fn("Plugin::onMessage", false)});
  EXPECT_EQ(P.sets({exe("host", {0}), exe("other", {1}), plugin("p.so", {2})}), (Sets{{0, 2}, {1}}));
}

TEST(ProgramSets, APluginWithoutHostStandsAlone) {
  Project P;
  P.tu("main.cpp").fn("main");
  P.tu("plugin.cpp").fn("init");
  EXPECT_EQ(P.sets({exe("a", {0}), plugin("p.so", {1})}), (Sets{{0}, {1}}));
}

TEST(ProgramSets, WhatALibraryIsLinkedIntoTwiceIsNoHost) {
  Project P; // lib.cpp is compiled for libx.a, which the test links, and again for libx.so
  P.tu("lib.cpp").fn("f");
  Sketch &Again = P.tu("lib.cpp");
  Again.F.Overrides.push_back({Again.fn("D::f"), Again.fn("B::f", false)});
  Sketch &Test = P.tu("test.cpp");
  Test.callVirtual(Test.fn("main"), Test.fn("B::f", false));
  EXPECT_EQ(P.sets({exe("test", {0, 2}), plugin("libx.so", {1})}), (Sets{{0, 2}, {1}}));
}

TEST(ProgramSets, WhatNothingLinksTakesInWhatItUses) {
  Project P;
  P.tu("main.cpp").fn("main");
  Sketch &Util = P.tu("util.cpp"); // linked into main, and used by the archive
  Util.call(Util.fn("util"), Util.fn("deeper", false));
  P.tu("deeper.cpp").fn("deeper");
  P.tu("unrelated.cpp").fn("unrelated");
  Sketch &Archive = P.tu("archive.cpp");
  Archive.call(Archive.fn("api"), Archive.fn("util", false));
  EXPECT_EQ(P.sets({exe("main", {0, 1, 2, 3})}), (Sets{{0, 1, 2, 3}, {1, 2, 4}}));
}

/// Tests of one library, each with a file of its own, and a server.
TEST(ProgramSets, BeyondTheLimitTestsShareAProgram) {
  Project P;
  P.tu("lib.cpp");
  std::vector<TuSet> Linked;
  for (unsigned I = 1; I <= 20; ++I) {
    P.tu("a" + std::to_string(I) + "_test.cpp");
    Linked.push_back(exe("a" + std::to_string(I) + "_test", {0, I}));
  }
  P.tu("server.cpp");
  Linked.push_back(exe("server", {0, 21}));
  Sets Limited = P.sets(Linked, 30);
  ASSERT_EQ(Limited.size(), 5u); // 30 less the 22 that the last may hold: four of two
  EXPECT_EQ(Limited[3], (std::vector<unsigned>{0, 21})) << "no test stands before the server";
  EXPECT_EQ(Limited[4].size(), 1u + 17);
  EXPECT_EQ(P.sets(Linked, 42).size(), 21u);
  EXPECT_EQ(P.sets(Linked, 0).size(), 1u);
}

TEST(ProgramSets, WhatAnotherProgramDefinesIsNoAssumedRegistration) {
  auto Assumed = [](bool Defined) {
    Project P;
    Sketch &Plugin = P.tu("plugin.cpp");
    FunctionId Handler = Plugin.fn("handler");
    Plugin.call(Plugin.fn("init"), Plugin.fn("addHandler", false), {}, {one(Handler)});
    P.tu("host.cpp").fn(Defined ? "addHandler" : "else");
    std::vector<Facts> Programs = linkPrograms(P.linked(), {{0}, {1}});
    return withAssumptions(std::move(Programs[0])).Registrations.size();
  };
  EXPECT_EQ(Assumed(false), 1u);
  EXPECT_EQ(Assumed(true), 0u);
}

BlockingFinding finding(unsigned Line, bool Certain, std::size_t Steps, std::string Origin) {
  BlockingFinding B;
  B.Sites = {{"read", {1, Line, 1}}};
  B.Certain = Certain;
  B.Path.resize(Steps);
  B.Origin = std::move(Origin);
  return B;
}

std::vector<std::string> origins(std::vector<BlockingFinding> Findings) {
  std::vector<std::string> Result;
  for (const BlockingFinding &B : onePerSite(std::move(Findings)))
    Result.push_back(B.Origin);
  return Result;
}

TEST(OnePerSite, CertainThenShortThenFirst) {
  EXPECT_EQ(origins({finding(1, false, 1, "may"), finding(1, true, 3, "long"), finding(1, true, 2, "short"),
                     finding(1, true, 2, "later"), finding(2, false, 9, "elsewhere")}),
            (std::vector<std::string>{"short", "elsewhere"}));
}

TEST(OnePerSite, AFindingOfSeveralSitesSpeaksForAll) {
  BlockingFinding Both = finding(1, true, 1, "both");
  Both.Sites.push_back({"read", {1, 2, 1}});
  EXPECT_EQ(origins({finding(2, true, 5, "second"), Both}), (std::vector<std::string>{"both"}));
}

} // namespace
