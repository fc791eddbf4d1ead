//===- EditorMessagesTest.cpp - what nettune-clangd adds to messages ------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Messages.h"

#include <gtest/gtest.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

using namespace nettune::editor;
namespace json = llvm::json;

namespace {

json::Value parsed(llvm::StringRef Text) {
  auto V = json::parse(Text);
  EXPECT_TRUE(static_cast<bool>(V));
  return V ? std::move(*V) : json::Value(nullptr);
}

std::string asUrl(llvm::StringRef Link) { return ("url:" + Link).str(); }

constexpr llvm::StringLiteral Published = R"({"uri": "file:///a.cpp", "diagnostics": [
  {"code": "nettune-short-write", "source": "clang-tidy", "message": "m", "codeDescription": {"href": "https://clang.llvm.org/x"},
   "relatedInformation": [{"message": "It is sent here"}, {"message": "Guide: g.md#short-write"}]},
  {"code": "bugprone-use-after-move", "source": "clang-tidy", "codeDescription": {"href": "https://clang.llvm.org/y"}}]})";

TEST(EditorDiagnostics, LinkToTheGuide) {
  json::Value V = parsed(Published);
  decorateDiagnostics(V, /*ShowsLinks=*/true, asUrl);
  const json::Array &All = *V.getAsObject()->getArray("diagnostics");
  const json::Object &Ours = *All[0].getAsObject(), &Other = *All[1].getAsObject();
  EXPECT_EQ(*Ours.getString("source"), "nettune");
  EXPECT_EQ(*Ours.getObject("codeDescription")->getString("href"), "url:g.md#short-write");
  EXPECT_EQ(Ours.getArray("relatedInformation")->size(), 1u);
  EXPECT_EQ(*Other.getString("source"), "clang-tidy");
  EXPECT_EQ(*Other.getObject("codeDescription")->getString("href"), "https://clang.llvm.org/y");
}

TEST(EditorDiagnostics, KeepTheNoteWhereLinksAreNotShown) {
  json::Value V = parsed(Published);
  decorateDiagnostics(V, /*ShowsLinks=*/false, asUrl);
  const json::Object &Ours = *(*V.getAsObject()->getArray("diagnostics"))[0].getAsObject();
  EXPECT_EQ(Ours.getArray("relatedInformation")->size(), 2u);
  EXPECT_EQ(*Ours.getObject("codeDescription")->getString("href"), "url:g.md#short-write");
}

TEST(EditorDiagnostics, FindTheLinkInTheText) {
  json::Value V = parsed(R"({"diagnostics": [
    {"code": "nettune-short-write", "message": "m\n\na.cpp:1:2: note: guide: g.md#s\nmore", "codeDescription": {"href": "x"}},
    {"code": "nettune-short-write", "message": "a misguide: no", "codeDescription": {"href": "x"}},
    {"code": "nettune-short-write", "message": "m\n\na.cpp:1:2: note: guide: /my docs/g.html#s\r\nmore"}]})");
  decorateDiagnostics(V, true, asUrl);
  const json::Array &All = *V.getAsObject()->getArray("diagnostics");
  EXPECT_EQ(*All[0].getAsObject()->getObject("codeDescription")->getString("href"), "url:g.md#s");
  EXPECT_EQ(All[1].getAsObject()->get("codeDescription"), nullptr);
  EXPECT_EQ(*All[2].getAsObject()->getObject("codeDescription")->getString("href"), "url:/my docs/g.html#s");
}

TEST(EditorDiagnostics, LeaveOtherFormsAlone) {
  for (llvm::StringRef Text : {"null", "[]", "{}", R"({"diagnostics": [1, {}, {"code": 3}]})"}) {
    json::Value V = parsed(Text), Before = V;
    decorateDiagnostics(V, true, asUrl);
    EXPECT_EQ(V, Before);
  }
}

TEST(GuideUrl, MakesFilesOfPaths) {
  EXPECT_EQ(guideUrl("https://h/g.html#a", "/x"), "https://h/g.html#a");
  EXPECT_EQ(guideUrl("/usr/share/a b/g.html#a", "/x"), "file:///usr/share/a%20b/g.html#a");
  EXPECT_EQ(guideUrl("docs/none.md#a", "/nowhere"), "docs/none.md#a");
}

/// Where the program's directory is one of a system, of another prefix, or of a build.
TEST(GuideUrl, OfARepositoryIsTheOneBesideTheProgram) {
  llvm::SmallString<128> Home;
  ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("nettune-guide", Home));
  llvm::sys::fs::real_path(Home, Home);
  auto Make = [&](llvm::StringRef File) {
    std::string Path = (Home + "/" + File).str();
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Path));
    std::error_code EC;
    llvm::raw_fd_ostream(Path, EC) << "guide";
    return uriOf(Path) + "#a";
  };
  std::string Bin = (Home + "/usr/bin").str(), Link = "docs/PERFORMANCE_TUNING.md#a";
  llvm::sys::fs::create_directories(Bin);
  EXPECT_EQ(guideUrl(Link, Bin), Link);
  // Of other people: the guide is not installed, and two levels above the program there are documents.
  std::string Source = Make("docs/PERFORMANCE_TUNING.md"), Built = Make("build/html/PERFORMANCE_TUNING.html");
  EXPECT_EQ(guideUrl(Link, Bin), Link);
  Make("checks/Checks.def");
  EXPECT_EQ(guideUrl(Link, Bin), Built);
  llvm::sys::fs::remove((Home + "/build/html/PERFORMANCE_TUNING.html").str());
  EXPECT_EQ(guideUrl(Link, Bin), Source);
  std::string Installed = Make("usr/share/doc/nettune/html/PERFORMANCE_TUNING.html");
  EXPECT_EQ(guideUrl(Link, Bin), Installed);
  llvm::sys::fs::remove_directories(Home);
}

TEST(FileUris, GoBothWays) {
  EXPECT_EQ(pathOf("file:///a%20b/%C3%A9.cpp"), "/a b/\xC3\xA9.cpp");
  EXPECT_EQ(uriOf("/a b/\xC3\xA9.cpp"), "file:///a%20b/%C3%A9.cpp");
  EXPECT_EQ(pathOf("untitled:one"), "");
}

TEST(EditorDocuments, FollowChangesInUtf16) {
  Documents Open;
  Open.onNotify("textDocument/didOpen", parsed(R"({"textDocument": {"uri": "u", "version": 1, "text": "a\n  b\n"}})"));
  EXPECT_EQ(Open.indentation("u", 1), "  ");
  Open.onNotify("textDocument/didChange", parsed(R"({"textDocument": {"uri": "u", "version": 2}, "contentChanges": [
    {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "text": "\t\t𝄞é"},
    {"range": {"start": {"line": 0, "character": 4}, "end": {"line": 1, "character": 0}}, "text": "\n"}]})"));
  EXPECT_EQ(Open.indentation("u", 0), "\t\t");
  EXPECT_EQ(Open.indentation("u", 1), "  ");
  EXPECT_EQ(Open.all().at(0).Version, 2);
  Open.onNotify("textDocument/didClose", parsed(R"({"textDocument": {"uri": "u"}})"));
  EXPECT_TRUE(Open.all().empty());
}

/// A line that no text has is no other line, whatever number it is.
TEST(EditorDocuments, SurviveNumbersOfNoPosition) {
  for (llvm::StringRef Line : {"4294967296", "-1", "9223372036854775807", "1e300", "\"1\"", "null"}) {
    Documents Open;
    Open.onNotify("textDocument/didOpen", parsed(R"({"textDocument": {"uri": "u", "text": "  a\n"}})"));
    Open.onNotify("textDocument/didChange", parsed((R"({"textDocument": {"uri": "u"}, "contentChanges": [null, {"range": {"start": {"line": )" + Line +
                                                    R"(}}, "text": "\tz"}, {"text": 3}]})").str()));
    bool IsBeyond = !Line.starts_with("-") && Line != "\"1\"" && Line != "null" && Line != "1e300";
    EXPECT_EQ(Open.indentation("u", 0), IsBeyond ? "  " : "\t") << Line.str();
  }
}

TEST(Offsets, StopAtTheEnds) {
  EXPECT_EQ(offsetOf("ab\nc", 0, 9), 2u);
  EXPECT_EQ(offsetOf("ab\nc", 7, 0), 4u);
  EXPECT_EQ(offsetOf("\xF0\x9D\x84\x9Ex", 0, 2), 4u);
  EXPECT_EQ(offsetOf("\xF0", 0, 2), 1u);
  EXPECT_EQ(offsetOf("\xF0\x9D\x84\x9Ex", 0, 4, ColumnUnit::Utf8), 4u);
  EXPECT_EQ(offsetOf("\xF0\x9D\x84\x9Ex", 0, 1, ColumnUnit::Utf32), 4u);
}

TEST(Suppressions, StandAboveTheLine) {
  Documents Open;
  Open.onNotify("textDocument/didOpen", parsed(R"({"textDocument": {"uri": "u", "text": "f() {\n    send();\n}"}})"));
  json::Value Result = json::Array();
  json::Value Params = parsed(R"({"textDocument": {"uri": "u"}, "context": {"diagnostics": [
    {"code": "nettune-ignored-send-result", "range": {"start": {"line": 1, "character": 4}}}, {"code": "other"}]}})");
  addSuppressions(Result, Params, Open);
  ASSERT_EQ(Result.getAsArray()->size(), 1u);
  const json::Object &Action = *(*Result.getAsArray())[0].getAsObject();
  const json::Object &Edit = *(*Action.getObject("edit")->getObject("changes")->getArray("u"))[0].getAsObject();
  EXPECT_EQ(*Edit.getString("newText"), "    // NOLINTNEXTLINE(nettune-ignored-send-result): reason\n");
  EXPECT_EQ(*Edit.getObject("range")->getObject("start")->getInteger("line"), 1);
  Params.getAsObject()->getObject("context")->insert({"only", json::Array{"refactor"}});
  Result = json::Array();
  addSuppressions(Result, Params, Open);
  EXPECT_TRUE(Result.getAsArray()->empty());
}

TEST(Hover, SaysWhereItIsRegistered) {
  LoopReason Why{"'f'", "the handler given to 'asio::post'", {{"'f' runs on the event loop: given to 'asio::post' here", "/s/server.cpp", 41, 3}}};
  json::Value Result = parsed(R"({"contents": {"kind": "markdown", "value": "### f"}})");
  addHover(Result, Why, /*Markdown=*/false);
  EXPECT_EQ(*Result.getAsObject()->getObject("contents")->getString("value"),
            "### f\n\n---\n**Runs on the event loop**: called from the handler given to 'asio::post', registered at server.cpp:41");
  for (bool Markdown : {true, false}) {
    Result = nullptr;
    addHover(Result, Why, Markdown);
    const json::Object &Made = *Result.getAsObject()->getObject("contents");
    EXPECT_EQ(*Made.getString("kind"), Markdown ? "markdown" : "plaintext");
    EXPECT_EQ(Made.getString("value")->contains("**"), Markdown);
  }
  for (llvm::StringRef Text : {R"({"contents": "old"})", R"({"contents": ["older"]})", R"({"contents": {"kind": "markdown"}})", R"({"contents": {"value": 3}})", "[]", "3"}) {
    json::Value Other = parsed(Text), Before = Other;
    addHover(Other, Why, true);
    EXPECT_EQ(Other, Before);
  }
  EXPECT_EQ(explanation(Why).getAsObject()->getArray("steps")->size(), 1u);
}

} // namespace
