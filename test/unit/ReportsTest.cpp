//===- ReportsTest.cpp - reports of analyses that never were --------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// What test/reports cannot make from sources: limits of hosts, states, and texts that no compiler gives.

#include "Commands.h"
#include "reports/Formats.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/MemoryBuffer.h>

#include <gtest/gtest.h>

#include <cstdlib>

using namespace nettune::cli;
using llvm::StringRef;
namespace json = llvm::json;

namespace {

struct Reports : testing::Test {
  Analysis A;
  ReportPlaces Places{"/nonexistent"};

  Reports() { A.Root = "/nonexistent"; }

  ReportedFinding &add(unsigned Line, std::string Text = "text") {
    A.Findings.push_back({.Where = {"a.cpp", Line, 3},
                          .Check = "nettune-short-write",
                          .Text = std::move(Text),
                          .Notes = {},
                          .Path = {},
                          .Section = "ignored-send-result",
                          .Guide = "https://example.org/GUIDE.md#ignored-send-result",
                          .Fixes = {},
                          .Function = {},
                          .Entity = {},
                          .Api = {},
                          .Fingerprint = std::to_string(Line)});
    return A.Findings.back();
  }

  json::Object run() {
    auto Parsed = json::parse(sarifReport(A, Places));
    EXPECT_TRUE(static_cast<bool>(Parsed));
    return *Parsed->getAsObject()->getArray("runs")->front().getAsObject();
  }

  static const json::Object &result(const json::Object &Run, std::size_t I) { return *(*Run.getArray("results"))[I].getAsObject(); }
  static const json::Object &invocation(const json::Object &Run) { return *Run.getArray("invocations")->front().getAsObject(); }

  static std::string notifications(const json::Object &Run) {
    std::string All;
    for (const json::Value &N : *invocation(Run).getArray("toolExecutionNotifications"))
      All += N.getAsObject()->getString("level")->str() + ": " + N.getAsObject()->getObject("message")->getString("text")->str() + "\n";
    return All;
  }
};

TEST_F(Reports, SarifCutsOldResultsFirstAndSaysSo) {
  A.Compared = true;
  for (unsigned I = 1; I <= 25002; ++I)
    add(I).Is = I == 25002 ? State::New : State::Unchanged;
  const json::Object Run = run();
  ASSERT_EQ(Run.getArray("results")->size(), 25000u);
  EXPECT_EQ(result(Run, 0).getString("baselineState"), "new");
  EXPECT_EQ(result(Run, 24999).getString("baselineState"), "unchanged");
  EXPECT_EQ(notifications(Run), "warning: 2 of 25002 findings are left out: GitHub takes 25,000 results and 10 MB, compressed.\n");
}

TEST_F(Reports, SarifStaysBelowTenMegabytes) {
  unsigned Random = 1; // a text that does not compress well
  for (unsigned I = 1; I <= 35; ++I) {
    std::string Text;
    while (Text.size() < 400000)
      Text += static_cast<char>('!' + ((Random = Random * 1664525 + 1013904223) >> 24) % 90);
    add(I, Text);
  }
  const json::Object Run = run();
  const std::size_t Kept = Run.getArray("results")->size();
  EXPECT_LT(Kept, 35u);
  EXPECT_GT(Kept, 20u) << "more than needed is left out";
  EXPECT_EQ(notifications(Run), "warning: " + std::to_string(35 - Kept) + " of 35 findings are left out: GitHub takes 25,000 results and 10 MB, compressed.\n");
}

TEST_F(Reports, SarifCutsAPathOfMoreThanAThousandSteps) {
  ReportedFinding &F = add(7);
  for (unsigned I = 1; I <= 1200; ++I)
    F.Path.push_back({{"a.cpp", I, 1}, "step"});
  const json::Object Run = run();
  const json::Object &Flow = *result(Run, 0).getArray("codeFlows")->front().getAsObject();
  const json::Array &Steps = *Flow.getArray("threadFlows")->front().getAsObject()->getArray("locations");
  EXPECT_EQ(Steps.size(), 1000u);
  EXPECT_EQ(Steps.back().getAsObject()->getObject("location")->getObject("message")->getString("text"), "text") << "the finding itself";
  EXPECT_EQ(notifications(Run), "warning: 1 paths are cut: GitHub takes 1,000 locations of a result.\n");
}

TEST_F(Reports, SarifSuppressesWhatIsAccepted) {
  A.Compared = true;
  add(1).Is = State::New;
  ReportedFinding &F = add(2);
  F.Is = State::Accepted;
  F.Reason = "only at start";
  const json::Object Run = run();
  EXPECT_TRUE(result(Run, 0).getArray("suppressions")->empty()) << "of a run each result has them or none";
  const json::Object &Accepted = *result(Run, 1).getArray("suppressions")->front().getAsObject();
  EXPECT_EQ(Accepted.getString("kind"), "external");
  EXPECT_EQ(Accepted.getString("justification"), "only at start");
  EXPECT_EQ(result(Run, 1).getString("baselineState"), "unchanged");
}

TEST_F(Reports, SarifWithoutABaseKnowsNoStates) {
  add(1);
  const json::Object Run = run();
  EXPECT_FALSE(result(Run, 0).get("baselineState"));
  EXPECT_FALSE(result(Run, 0).get("suppressions"));
  EXPECT_EQ(invocation(Run).getBoolean("executionSuccessful"), true);
}

TEST_F(Reports, SarifTellsWhatWasNotAnalysed) {
  A.Lost.push_back({"lost.cpp", "/tmp/log"});
  A.Partial.push_back("half.cpp");
  const json::Object Run = run();
  EXPECT_EQ(invocation(Run).getBoolean("executionSuccessful"), false);
  EXPECT_EQ(notifications(Run), "error: The translation unit could not be analysed; see /tmp/log\n"
                                "warning: The translation unit has errors; what stands in or behind them was not analysed.\n");
}

TEST_F(Reports, SarifMessageHoldsNoLink) {
  add(1, "a [click](https://evil.example) b");
  EXPECT_EQ(result(run(), 0).getObject("message")->getString("text"), "a \\[click\\](https://evil.example) b");
}

TEST_F(Reports, SarifRuleHoldsTheSectionAndItsLink) {
  add(1);
  const json::Object Run = run();
  const json::Object &Rule = *Run.getObject("tool")->getObject("driver")->getArray("rules")->front().getAsObject();
  EXPECT_EQ(Rule.getString("helpUri"), "https://example.org/GUIDE.md#ignored-send-result");
  const std::string Markdown = Rule.getObject("help")->getString("markdown")->str();
  EXPECT_TRUE(StringRef(Markdown).starts_with("[The guide](https://example.org/GUIDE.md#ignored-send-result)\n\n## ")) << Markdown.substr(0, 100);
  EXPECT_EQ(Markdown.find("<!--"), Markdown.npos);
  EXPECT_GT(Markdown.size(), 1000u);
  EXPECT_TRUE(StringRef(*Rule.getObject("help")->getString("text")).contains("Symptom"));
}

TEST_F(Reports, GithubAnnotatesTenAndCountsTheRest) {
  for (unsigned I = 1; I <= 13; ++I)
    add(I);
  const std::string Text = githubReport(A, Places);
  EXPECT_EQ(StringRef(Text).count("::warning "), 10u);
  EXPECT_TRUE(StringRef(Text).ends_with("::notice title=nettune::3 more findings, beyond the 10 that GitHub shows of a step; they are in the summary of the job\n"));
  A.Findings.resize(10);
  EXPECT_EQ(StringRef(githubReport(A, Places)).count("::notice"), 0u);
}

TEST_F(Reports, OnlyWhatIsNewIsToldUnlessAllIsAskedFor) {
  A.Compared = true;
  add(1).Is = State::New;
  add(2).Is = State::Unchanged;
  add(3).Is = State::Accepted;
  for (auto Write : {githubReport, rdjsonReport, checkstyleReport}) {
    A.ShowAll = false;
    EXPECT_EQ(StringRef(Write(A, Places)).count("nettune-short-write"), 1u);
    A.ShowAll = true;
    EXPECT_EQ(StringRef(Write(A, Places)).count("nettune-short-write"), 3u);
  }
}

TEST_F(Reports, GitlabComparesByTheFingerprintsOfTheTargetBranch) {
  A.Compared = true;
  add(1).Fingerprint = "new";
  ReportedFinding &Moved = add(2);
  Moved.Is = State::Unchanged;
  Moved.Fingerprint = "now";
  Moved.BaseFingerprint = "then";
  ReportedFinding &Expired = add(3); // new again, by the baseline
  Expired.Fingerprint = "expired";
  Expired.BaseFingerprint = "old";
  add(4).Is = State::Accepted;
  auto Read = [&] {
    std::vector<std::string> Fingerprints;
    auto Report = cantFail(json::parse(gitlabReport(A, Places)));
    for (const json::Value &F : *Report.getAsArray())
      Fingerprints.push_back(F.getAsObject()->getString("fingerprint")->str());
    return Fingerprints;
  };
  EXPECT_EQ(Read(), (std::vector<std::string>{"new", "then", "old"}));
  A.ShowAll = true;
  EXPECT_EQ(Read().size(), 4u);
}

TEST_F(Reports, JunitSkipsWhatIsNotNew) {
  A.Compared = true;
  add(1).Is = State::Unchanged;
  ReportedFinding &F = add(2);
  F.Is = State::Accepted;
  F.Reason = "a <b> reason";
  const std::string Text = junitReport(A, Places);
  EXPECT_NE(Text.find("tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"2\""), Text.npos) << Text;
  EXPECT_NE(Text.find("<skipped message=\"accepted: a &#60;b&#62; reason\"/>"), Text.npos) << Text;
  EXPECT_EQ(Text.find("<failure"), Text.npos);
}

TEST_F(Reports, TwoFixesOfAFileAreOneSuggestionOrNone) {
  ReportedFinding &F = add(1);
  F.Fixes = {{{"a.cpp", 1, 1}, {"a.cpp", 1, 2}, "x"}, {{"b.cpp", 1, 1}, {"b.cpp", 1, 2}, "y"}};
  EXPECT_EQ(StringRef(rdjsonReport(A, Places)).count("suggestions"), 0u) << "half a fix could be taken";
}

TEST_F(Reports, BytesThatAreNoUtf8AreNoError) {
  add(1, "caf\xE9 </script><script>alert(1)</script>").Where.File = "caf\xE9.cpp";
  for (auto Write : {jsonReport, sarifReport, gitlabReport, rdjsonReport})
    EXPECT_TRUE(static_cast<bool>(json::parse(Write(A, Places)))) << Write(A, Places);
  EXPECT_NE(sarifReport(A, Places).find("\"uri\":\"caf%E9.cpp\""), std::string::npos);
  for (auto Write : {htmlReport, junitReport, checkstyleReport})
    EXPECT_TRUE(json::isUTF8(Write(A, Places)));
  EXPECT_EQ(StringRef(htmlReport(A, Places)).count("<script>"), 1u) << "the page's own";
}

TEST_F(Reports, NamesDoNotEndCommandsOrCells) {
  add(1, "a\n::error::b | c").Where.File = "new\n::error::x | y,line=7.cpp";
  EXPECT_EQ(githubReport(A, Places), "::warning file=new%0A%3A%3Aerror%3A%3Ax | y%2Cline=7.cpp,line=1,endLine=1,col=3,endColumn=4,"
                                     "title=nettune-short-write::a%0A::error::b | c%0Aguide: https://example.org/GUIDE.md#ignored-send-result\n");
  llvm::SmallString<128> File;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("summary", "md", File));
  setenv("GITHUB_STEP_SUMMARY", File.c_str(), 1);
  EXPECT_FALSE(static_cast<bool>(writeStepSummary(A, Places)));
  unsetenv("GITHUB_STEP_SUMMARY");
  const std::string Text = (*llvm::MemoryBuffer::getFile(File))->getBuffer().str();
  llvm::sys::fs::remove(File);
  const StringRef Row = StringRef(Text).rsplit("|---|\n").second;
  EXPECT_EQ(Row.count('\n'), 1u) << Row.str();
  EXPECT_EQ(Row.count('|'), 4u) << Row.str();
}

TEST_F(Reports, EmptyReportsAreWhole) {
  for (auto Write : {jsonReport, sarifReport, gitlabReport, rdjsonReport})
    EXPECT_TRUE(static_cast<bool>(json::parse(Write(A, Places))));
  EXPECT_EQ(githubReport(A, Places), "");
  EXPECT_NE(junitReport(A, Places).find("tests=\"1\" failures=\"0\""), std::string::npos) << "Jenkins fails on a report without tests";
}

} // namespace
