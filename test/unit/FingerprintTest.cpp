//===- FingerprintTest.cpp - what stays the same when code moves ----------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fingerprint.h"

#include "summary/StableKey.h"

#include <gtest/gtest.h>

using namespace nettune;
using namespace nettune::cli;

namespace {

TEST(StableKey, LeavesOutFilesOffsetsAndLambdas) {
  EXPECT_EQ(summary::stableKey("c:@S@Session@F@read#"), "c:@S@Session@F@read#");
  EXPECT_EQ(summary::stableKey("src/a.cpp:c:a.cpp@F@helper#I#"), "c:@F@helper#I#");
  EXPECT_EQ(summary::stableKey("c:a.cpp@aN@F@helper#"), "c:@aN@F@helper#");
  EXPECT_EQ(summary::stableKey("c:a.cpp@120@F@main@S@L@F@run#"), "c:@F@main@S@L@F@run#");
  EXPECT_EQ(summary::stableKey("c:@F@main#/lambda#2/lambda#0"), "c:@F@main#");
  EXPECT_EQ(summary::stableKey(""), "");
}

TEST(StatementText, IsTheSameHoweverItIsLaidOut) {
  std::string Flat = statementText("db.query(\"select 1\", [this](auto r) { use(r); });");
  EXPECT_EQ(Flat, statementText("db\n  .query( \"select 1\", // why\n  [this] (auto r)\n{"));
  EXPECT_NE(Flat, statementText("db.query(\"select 2\", [this](auto r) { use(r); });"));
}

TEST(StatementText, EndsWithTheArgumentThatItIs) {
  EXPECT_EQ(statementText("send(fd, p, n, 0)) return;"), "send ( fd , p , n , 0 ) ");
  EXPECT_EQ(statementText(""), "");
  EXPECT_EQ(statementText("\"never closed"), "\"never closed ");
}

struct Fingerprints : testing::Test {
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> Files{new llvm::vfs::InMemoryFileSystem};

  std::vector<std::string> of(const std::string &Name, const std::string &Text, std::vector<NamedPlace> Places) {
    Files->addFile("/src/" + Name, 0, llvm::MemoryBuffer::getMemBufferCopy(Text));
    SourceLines Sources("/src", Files);
    std::vector<ReportedFinding> Findings;
    for (NamedPlace &P : Places) {
      ReportedFinding &F = Findings.emplace_back();
      P.File = Name;
      F.Where = P;
      F.Check = "nettune-ignored-send-result";
      F.Entity = "c:@F@flush#";
    }
    setFingerprints(Findings, Sources);
    std::vector<std::string> Result;
    for (const ReportedFinding &F : Findings)
      Result.push_back(F.Fingerprint);
    return Result;
  }
};

TEST_F(Fingerprints, TellEqualStatementsApart) {
  auto All = of("a.cpp", "send(a);\nsend(a);\nsend(b);\n", {{"", 1, 1}, {"", 2, 1}, {"", 3, 1}});
  EXPECT_NE(All[0], All[1]);
  EXPECT_NE(All[0], All[2]);
  EXPECT_EQ(All[0].size(), 16u);
}

TEST_F(Fingerprints, StayWhenLinesAndFilesChange) {
  EXPECT_EQ(of("a.cpp", "send(a, b);\n", {{"", 1, 1}}), of("lib/b.cpp", "\n\n  send(a,\n       b);\n", {{"", 3, 3}}));
}

} // namespace
