//===- IndexedTuTest.cpp - a TU in front of its program -------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/IndexedTu.h"

#include "Sketch.h"

#include <gtest/gtest.h>

namespace nettune::summary {
namespace {

/// "caller -> callee" of each call.
std::vector<std::string> calls(const Facts &F) {
  std::vector<std::string> Result;
  for (const Call &C : F.Calls)
    Result.push_back(F.text(F.Functions[C.Caller].Key).str() + " -> " + F.text(F.Functions[C.Callee].Key).str());
  return Result;
}

TEST(IndexedTu, TheTuReplacesWhatTheIndexSaysOfItsFunctions) {
  Sketch Old;
  FunctionId F = Old.fn("f"), G = Old.fn("g"), H = Old.fn("h");
  Old.call(F, H);
  Old.call(F, G);
  Old.call(G, H);
  Old.blocks(F, "sleep");
  Old.blocks(H, "getaddrinfo");
  Sketch New;
  FunctionId Mine = New.fn("f"), Called = New.fn("g", /*Body=*/false);
  New.call(Mine, Called);
  Facts Both = withProgram(New.F, "elsewhere.cpp", Old.F);
  EXPECT_EQ(calls(Both), (std::vector<std::string>{"c:f -> c:g", "c:g -> c:h"}));
  ASSERT_EQ(Both.Sites.size(), 1u);
  EXPECT_EQ(Both.text(Both.Sites[0].Api), "getaddrinfo");
}

TEST(IndexedTu, RowsOfTheTuKeepTheirNumbers) {
  Sketch Old, New;
  Old.call(Old.fn("first"), Old.fn("second"));
  FunctionId Mine = New.fn("mine"), Other = New.fn("second", /*Body=*/false);
  SlotId Field = New.field("C.callback");
  Facts Both = withProgram(New.F, "elsewhere.cpp", Old.F);
  EXPECT_EQ(Both.text(Both.Functions[Mine].Key), "c:mine");
  EXPECT_EQ(Both.text(Both.Functions[Other].Key), "c:second");
  EXPECT_TRUE(Both.Functions[Other].has(Function::HasBody));
  EXPECT_EQ(Both.text(Both.Slots[Field].Key), "fC.callback");
}

TEST(IndexedTu, FunctionsThatLeftTheFileAreGone) {
  Sketch Old, New; // all of Old stands in a.cpp
  Old.call(Old.fn("left"), Old.fn("other"));
  Old.blocks(Old.fn("left"), "sleep");
  Facts Both = withProgram(New.F, "a.cpp", Old.F);
  EXPECT_TRUE(Both.Calls.empty());
  EXPECT_TRUE(Both.Sites.empty());
}

TEST(BlockingBeyond, ACallThatLeadsToABlockingCallInAnotherFile) {
  Sketch S;
  FunctionId Handler = S.fn("handler"), Helper = S.fn("helper"), Leaf = S.fn("leaf");
  S.registerOn(Thread::Loop, S.fn("main"), one(Handler));
  S.call(Handler, Helper);
  S.call(Helper, Leaf);
  S.blocks(Leaf, "getaddrinfo");
  Facts F = S.F;
  for (FunctionId Fn : {Helper, Leaf})
    F.Functions[Fn].Where.File = F.string("b.cpp");
  F.Calls[1].Where.File = F.string("b.cpp");
  F.Sites[0].Where.File = F.string("b.cpp");
  Place Call = F.Calls[0].Where;
  Program P(std::move(F));
  auto Found = P.blockingCallsBeyond("a.cpp");
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(*Found[0].At, Call);
  EXPECT_TRUE(Found[0].Certain);
  EXPECT_EQ(kinds(Found[0]),
            (std::vector{PathStep::Kind::Registered, PathStep::Kind::Calls, PathStep::Kind::Calls}));
  EXPECT_TRUE(P.blockingCallsBeyond("b.cpp").empty()); // there it is a finding of its own
}

} // namespace
} // namespace nettune::summary
