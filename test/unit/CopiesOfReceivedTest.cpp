//===- CopiesOfReceivedTest.cpp - one finding for each copied place -------===//
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

TEST(CopiesOfReceived, StandInTheOrderOfTheSource) {
  Sketch S;
  SlotId Buffer = S.variable("buffer");
  S.receives(Buffer);
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
  S.receives(Buffer);
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
  Texts.receives(Buffer);
  Texts.copies(Buffer, 4).Fixes = {{Texts.at(4), Texts.at(4), "const "}};
  Texts.copies(Buffer, 4).Fixes = {{Texts.at(4), Texts.at(4), "volatile "}};
  ASSERT_EQ(Texts.found().size(), 1u);
  EXPECT_TRUE(Texts.found()[0].Fixes.empty());

  Sketch Places;
  Places.receives(Places.variable("buffer"));
  Places.copies(Places.variable("buffer"), 4).Fixes = {{Places.at(4), Places.at(4), "const "}};
  Places.copies(Places.variable("buffer"), 4).Fixes = {{Places.at(4), Places.at(4, 7), "const "}};
  ASSERT_EQ(Places.found().size(), 1u);
  EXPECT_TRUE(Places.found()[0].Fixes.empty());

  // One offers none; also where the first that has one comes after it.
  for (bool First : {false, true}) {
    Sketch S;
    S.receives(S.variable("buffer"));
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
    S.receives(Buffer);
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
  S.receives(Buffer);
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
  S.receives(Buffer);
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

// In a whole program another TU may tell that they are received after all.
TEST(CopiesOfUnknown, AreThoseThatNothingReceivedComesToWithAllTheirSources) {
  Sketch S;
  SlotId Buffer = S.variable("buffer"), Own = S.variable("own"), Other = S.variable("other");
  S.receives(Buffer);
  S.copies(Buffer, 3);
  S.copies(Own, 4).Fixes = {{S.at(4), S.at(4), "const "}};
  S.copies(Other, 4).Fixes = {{S.at(4), S.at(4), "const "}};
  S.copies(Own, 5);
  S.copies(Buffer, 5); // an instantiation that receives is a finding already
  S.copies(Own, 6).Always = true;
  auto Unknown = S.unknown();
  ASSERT_EQ(Unknown.size(), 1u);
  EXPECT_EQ(Unknown[0].Where.Line, 4u);
  EXPECT_EQ(Unknown[0].Sources, (std::vector<SlotId>{Own, Other}));
  EXPECT_EQ(Unknown[0].Fixes.size(), 1u);
}

TEST(CopiesOfUnknown, EachCallThatCopiesIntoAParameterHasItsSources) {
  Sketch S;
  for (const char *Name : {"later", "first"})
    S.copies(S.variable(Name), 4, Name).K = BufferCopy::Kind::Parameter;
  auto Unknown = S.unknown();
  ASSERT_EQ(Unknown.size(), 2u);
  EXPECT_EQ(Unknown[0].Sources, std::vector<SlotId>{S.variable("first")});
  EXPECT_EQ(Unknown[1].Sources, std::vector<SlotId>{S.variable("later")});
}

} // namespace
