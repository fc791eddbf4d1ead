//===- NolintTest.cpp - comments that silence a check ---------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Nolint.h"

#include <gtest/gtest.h>

using namespace nettune::cli;

namespace {

NolintComment only(llvm::StringRef Text) {
  std::vector<NolintComment> Found = nolintsIn(Text);
  EXPECT_EQ(Found.size(), 1u) << Text.str();
  return Found.empty() ? NolintComment() : Found.front();
}

TEST(Nolint, WithAReason) {
  NolintComment N = only("f(); // NOLINT(nettune-short-write): the peer reads at once\n");
  EXPECT_EQ(N.Offset, 8u);
  EXPECT_EQ(N.Word, "NOLINT(nettune-short-write)");
  EXPECT_TRUE(N.HasReason);
  EXPECT_EQ(N.Until, "");
}

TEST(Nolint, WithoutOne) {
  for (llvm::StringRef Text : {"// NOLINT(nettune-short-write)", "// NOLINTNEXTLINE(nettune-short-write):  ", "// NOLINTBEGIN(bugprone-x, nettune-*) because",
                               "/* NOLINT(nettune-short-write): */", "// NOLINT(nettune-short-write)\r\n// : no\n"})
    EXPECT_FALSE(only(Text).HasReason) << Text.str();
}

TEST(Nolint, UntilADay) {
  NolintComment N = only("// NOLINTNEXTLINE(nettune-short-write) until 2027-01-31: ticket 7");
  EXPECT_EQ(N.Until, "2027-01-31");
  EXPECT_TRUE(N.HasReason);
  EXPECT_EQ(only("// NOLINT(nettune-short-write) until soon").Until, "soon");
  EXPECT_EQ(only("// NOLINT(nettune-short-write) until: x").Until, "?");
  EXPECT_FALSE(only("// NOLINT(nettune-short-write) until 2027-01-31").HasReason);
}

TEST(Nolint, OfOthersOrNone) {
  for (llvm::StringRef Text : {"// NOLINT", "// NOLINT(bugprone-x)", "// NOLINTEND(nettune-short-write)", "char s[] = \"// NOLINT(nettune-short-write)\";",
                               "// XNOLINT(nettune-short-write)", "// NOLINT(nettune-short-write", "int NOLINT;", "R\"(// NOLINT(nettune-a))\""})
    EXPECT_TRUE(nolintsIn(Text).empty()) << Text.str();
}

TEST(Nolint, SeveralInOneComment) {
  auto Found = nolintsIn("/* NOLINTBEGIN(nettune-a): x\n NOLINT(nettune-b) */");
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_TRUE(Found[0].HasReason);
  EXPECT_FALSE(Found[1].HasReason);
}

TEST(Nolint, KeptAsTheyAreAskedFor) {
  auto With = [](llvm::StringRef Check, std::string Until) {
    ReportedFinding F;
    F.Check = Check.str();
    F.Until = std::move(Until);
    return F;
  };
  std::vector<ReportedFinding> All{With("nettune-short-write", ""), With(NolintReason, ""), With(NolintExpired, "2027-01-31")};
  auto Left = All;
  keepNolintFindings(Left, false, "2027-01-31");
  EXPECT_EQ(Left.size(), 1u);
  Left = All;
  keepNolintFindings(Left, true, "2027-02-01");
  EXPECT_EQ(Left.size(), 3u);
}

} // namespace
