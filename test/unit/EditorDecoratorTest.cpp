//===- EditorDecoratorTest.cpp - what stands between clangd and the editor -===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decorator.h"

#include <gtest/gtest.h>
#include <llvm/Support/raw_ostream.h>

using namespace nettune::editor;
namespace json = llvm::json;
using clang::clangd::Transport;

namespace {

std::string text(const json::Value &V) {
  std::string Text;
  llvm::raw_string_ostream(Text) << V;
  return Text;
}

std::string text(llvm::Expected<json::Value> &R) {
  return R ? text(*R) : "error: " + llvm::toString(R.takeError());
}

json::Value parsed(llvm::StringRef Text) {
  auto V = json::parse(Text);
  EXPECT_TRUE(static_cast<bool>(V)) << Text.str();
  return V ? std::move(*V) : json::Value(nullptr);
}

using Log = std::vector<std::string>;

/// What the editor sees.
class Editor : public Transport {
public:
  explicit Editor(Log &Seen) : Seen(Seen) {}
  void notify(llvm::StringRef Method, json::Value Params) override { Seen.push_back((Method + " " + text(Params)).str()); }
  void call(llvm::StringRef Method, json::Value Params, json::Value ID) override {
    Seen.push_back((Method + " " + text(ID) + " " + text(Params)).str());
  }
  void reply(json::Value ID, llvm::Expected<json::Value> Result) override { Seen.push_back(text(ID) + " -> " + text(Result)); }
  llvm::Error loop(MessageHandler &) override { return llvm::Error::success(); }

private:
  Log &Seen;
};

/// What clangd sees.
class Server : public Transport::MessageHandler {
public:
  bool onNotify(llvm::StringRef Method, json::Value Params) override {
    Seen.push_back((Method + " " + text(Params)).str());
    return Method != "exit";
  }
  bool onCall(llvm::StringRef Method, json::Value Params, json::Value ID) override {
    Seen.push_back((Method + " " + text(ID) + " " + text(Params)).str());
    Ids.push_back(std::move(ID));
    return true;
  }
  bool onReply(json::Value ID, llvm::Expected<json::Value> Result) override {
    Seen.push_back(text(ID) + " -> " + text(Result));
    return true;
  }
  Log Seen;
  std::vector<json::Value> Ids;
};

class EditorDecorator : public testing::Test {
protected:
  void SetUp() override { llvm::cantFail(D.loop(Clangd)); }

  void initialize(llvm::StringRef Params = R"({"capabilities": {"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}})") {
    D.onCall("initialize", parsed(Params), 0);
    D.reply(0, parsed("{}"));
    Shown.clear();
    Clangd.Seen.clear();
    Clangd.Ids.clear();
  }
  Log takeShown() { return std::exchange(Shown, {}); }
  Log takeSeen() { return std::exchange(Clangd.Seen, {}); }

  Log Shown;
  Server Clangd;
  Indexes Known{"/nowhere"};
  Settings Given{nullptr};
  Decorator D{std::make_unique<Editor>(Shown), Known, Given, [](llvm::StringRef Link) { return Link.str(); }};
};

/// IDs of the editor are given back as they came, whatever they are.
TEST_F(EditorDecorator, IdsOfAllKinds) {
  for (llvm::StringRef Id : {"1", "\"1\"", "null", "-7", "9007199254740993", "18446744073709551615", "1.5", "\"\"", "\"nettune-symbol-1\"", "\"\\ud83d\\ude00\""})
    for (llvm::StringRef Method : {"textDocument/hover", "textDocument/codeAction", "textDocument/unknown"}) {
      D.onCall(Method, parsed(R"({"textDocument": {"uri": "file:///a.cpp"}, "position": {"line": 0, "character": 0}})"), parsed(Id));
      std::vector<json::Value> Asked = std::exchange(Clangd.Ids, {});
      EXPECT_EQ(text(Asked.back()), text(parsed(Id))) << Method.str();
      for (json::Value &Each : Asked)
        D.reply(Each, json::Value("answer"));
      EXPECT_EQ(takeShown(), Log{text(parsed(Id)) + " -> \"answer\""}) << Method.str();
    }
}

/// The number 1 and the text "1" are two requests.
TEST_F(EditorDecorator, IdsThatLookAlike) {
  initialize();
  for (json::Value Id : {json::Value(1), json::Value("1")})
    D.onCall("textDocument/hover", json::Object(), Id);
  std::vector<json::Value> Asked = std::exchange(Clangd.Ids, {});
  ASSERT_EQ(Asked.size(), 4u);
  for (json::Value &Each : Asked)
    EXPECT_EQ(llvm::count(Asked, Each), 1) << text(Each);
  D.reply("1", json::Value("second"));
  EXPECT_TRUE(takeShown().empty()); // its symbol is still to come
  D.reply(1, json::Value("first"));
  for (json::Value &Each : Asked)
    if (Each.getAsObject())
      D.reply(Each, llvm::createStringError("no symbol"));
  EXPECT_EQ(takeShown(), (Log{"1 -> \"first\"", "\"1\" -> \"second\""}));
}

TEST_F(EditorDecorator, HoverErrorsArePassedOn) {
  initialize();
  D.onCall("textDocument/hover", nullptr, 5);
  std::vector<json::Value> Asked = std::exchange(Clangd.Ids, {});
  ASSERT_EQ(Asked.size(), 2u);
  D.reply(5, llvm::createStringError("cancelled"));
  EXPECT_EQ(takeShown(), Log{"5 -> error: cancelled"});
  D.reply(Asked[0], json::Value(json::Array())); // comes late, and is nobody's
  D.reply(Asked[0], json::Value(json::Array()));
  EXPECT_TRUE(takeShown().empty());
}

TEST_F(EditorDecorator, WhatItDoesNotKnowGoesThrough) {
  for (llvm::StringRef Params : {"null", "[]", "[1, {\"a\": null}]", "{\"textDocument\": 3}", "\"text\"", "{\"textDocument\": {\"uri\": 4}}"})
    for (llvm::StringRef Method : {"$/setTrace", "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "workspace/didChangeConfiguration",
                                   "workspace/didChangeWatchedFiles", "", "exit"}) {
      EXPECT_EQ(D.onNotify(Method, parsed(Params)), Method != "exit");
      EXPECT_EQ(takeSeen(), Log{(Method + " " + text(parsed(Params))).str()});
      D.notify(Method, parsed(Params));
      EXPECT_EQ(takeShown(), Log{(Method + " " + text(parsed(Params))).str()});
      D.call(Method, parsed(Params), 1);
      EXPECT_EQ(takeShown(), Log{(Method + " 1 " + text(parsed(Params))).str()});
    }
  D.onReply("theirs", parsed("{\"applied\": true}"));
  EXPECT_EQ(takeSeen(), Log{"\"theirs\" -> {\"applied\":true}"});
  D.onReply(nullptr, llvm::createStringError("no"));
  EXPECT_EQ(takeSeen(), Log{"null -> error: no"});
}

TEST_F(EditorDecorator, CallsWithoutParameters) {
  for (llvm::StringRef Method : {"initialize", "textDocument/codeAction", "shutdown", "textDocument/hover"}) {
    D.onCall(Method, nullptr, 1);
    EXPECT_EQ(takeSeen().back(), (Method + " 1 null").str());
    for (json::Value &Each : std::exchange(Clangd.Ids, {}))
      D.reply(Each, llvm::createStringError("invalid"));
    EXPECT_EQ(takeShown(), Log{"1 -> error: invalid"});
  }
  for (llvm::StringRef Params : {"null", "{}", R"({"position": {"line": -1}})", R"({"position": {"line": 4294967296}})", R"({"position": {"line": "x"}})"}) {
    D.onCall("nettune/explain", parsed(Params), 2);
    EXPECT_EQ(takeShown(), Log{"2 -> null"});
  }
}

/// Results that are none of ours, or of another form, stay as they are.
TEST_F(EditorDecorator, CodeActionsOfOthersStay) {
  initialize();
  json::Value Params = parsed(R"({"textDocument": {"uri": "file:///a.cpp"}, "context": {"diagnostics": [
    {"code": "nettune-short-write", "range": {"start": {"line": 1, "character": 4}}}, {"code": 7}, {"code": "other"}, null]}})");
  for (auto [Result, Count] : {std::pair<llvm::StringRef, int>(R"([{"title": "Fix", "data": {"x": [1]}}])", 2), {"[]", 1}, {"null", 1}, {R"({"changes": {}})", -1}, {"3", -1}}) {
    D.onCall("textDocument/codeAction", Params, 1);
    D.reply(1, parsed(Result));
    std::string Got = takeShown().at(0);
    ASSERT_EQ(Got.rfind("1 -> ", 0), 0u);
    json::Value V = parsed(llvm::StringRef(Got).drop_front(5));
    if (Count < 0) {
      EXPECT_EQ(V, parsed(Result));
    } else {
      EXPECT_EQ(int(V.getAsArray()->size()), Count);
      if (Count == 2)
        EXPECT_EQ((*V.getAsArray())[0], (*parsed(Result).getAsArray())[0]);
    }
  }
  initialize("{}"); // an editor that takes commands only
  D.onCall("textDocument/codeAction", Params, 1);
  D.reply(1, parsed("[]"));
  EXPECT_EQ(takeShown(), Log{"1 -> []"});
}

/// A change of settings is clangd's message, too; open files are built anew if options are other ones.
TEST_F(EditorDecorator, SettingsInMidSession) {
  initialize();
  D.onNotify("textDocument/didOpen", parsed(R"({"textDocument": {"uri": "file:///a.cpp", "version": 3, "text": ""}})"));
  D.onNotify("textDocument/didChange", parsed(R"({"textDocument": {"uri": "file:///never_opened.cpp", "version": 1}, "contentChanges": [{"text": "x"}]})"));
  takeSeen();
  json::Value Settings = parsed(R"({"settings": {"compilationDatabaseChanges": {}, "nettune": {"targetCores": 4, "workload": "mixed"}}})");
  D.onNotify("workspace/didChangeConfiguration", Settings);
  Log Seen = takeSeen();
  ASSERT_EQ(Seen.size(), 2u);
  EXPECT_EQ(Seen[0], "workspace/didChangeConfiguration " + text(Settings));
  EXPECT_NE(Seen[1].find("textDocument/didChange"), std::string::npos);
  EXPECT_NE(Seen[1].find("file:///a.cpp"), std::string::npos);
  EXPECT_EQ(Given.options().at("nettune.TargetCores"), "4");
  D.onNotify("workspace/didChangeConfiguration", Settings); // the same
  EXPECT_EQ(takeSeen().size(), 1u);
  D.onNotify("workspace/didChangeConfiguration", parsed(R"({"settings": {"other": 1}})"));
  EXPECT_EQ(takeSeen().size(), 1u);
  EXPECT_EQ(Given.options().size(), 2u);
  EXPECT_TRUE(takeShown().empty());
  D.onNotify("workspace/didChangeConfiguration", parsed(R"({"settings": {"nettune": {"targetCores": "many"}}})"));
  Log Told = takeShown();
  ASSERT_EQ(Told.size(), 1u);
  EXPECT_NE(Told[0].find("setting 'targetCores': option 'nettune.TargetCores' is 'many'; it takes a number of at least 1"), std::string::npos) << Told[0];
  EXPECT_TRUE(Given.options().empty());
  D.onNotify("workspace/didChangeConfiguration", parsed(R"({"settings": {"nettune": {"targetCores": "many"}}})"));
  EXPECT_TRUE(takeShown().empty()); // told once
}

/// Columns are those that clangd and the editor have agreed on.
TEST_F(EditorDecorator, ColumnsOfTheSession) {
  for (auto [Answer, Column] : {std::pair<llvm::StringRef, int>(R"({"capabilities": {"positionEncoding": "utf-8"}})", 4),
                                {R"({"capabilities": {}, "offsetEncoding": "utf-32"})", 1},
                                {R"({"capabilities": {}})", 2}, {R"({"capabilities": {"positionEncoding": 7}})", 2}}) {
    Log Seen;
    Server S;
    Decorator Each(std::make_unique<Editor>(Seen), Known, Given, [](llvm::StringRef Link) { return Link.str(); });
    llvm::cantFail(Each.loop(S));
    Each.onCall("initialize", parsed(R"({"capabilities": {"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}})"), "i");
    Each.reply("i", parsed(Answer));
    Each.onNotify("textDocument/didOpen", parsed("{\"textDocument\": {\"uri\": \"u\", \"text\": \"\xF0\x9D\x84\x9E\\nf();\"}}"));
    // From behind the clef to the next line: what is left is "", and "    f();" below.
    json::Object Start{{"line", 0}, {"character", Column}};
    Each.onNotify("textDocument/didChange",
                  json::Object{{"textDocument", json::Object{{"uri", "u"}}},
                               {"contentChanges", json::Array{json::Object{{"text", "\n    "}, {"range", json::Object{{"start", std::move(Start)}, {"end", json::Object{{"line", 1}, {"character", 0}}}}}}}}});
    Each.onCall("textDocument/codeAction", parsed(R"({"textDocument": {"uri": "u"}, "context": {"diagnostics": [{"code": "nettune-x", "range": {"start": {"line": 1}}}]}})"), 2);
    Each.reply(2, json::Value(json::Array()));
    EXPECT_NE(Seen.back().find("\"newText\":\"    // NOLINTNEXTLINE(nettune-x): reason\\n\""), std::string::npos) << Answer.str() << Seen.back();
  }
}

TEST(EditorSettings, EnvironmentBelowTheEditor) {
  Settings S("nettune.TargetCores=3 nettune.MaxPathNotes=2 nettune.Wrong=1 nettune.Workload=fast");
  EXPECT_EQ(S.options(), (clang::tidy::nettune::OptionValues{{"nettune.TargetCores", "3"}, {"nettune.MaxPathNotes", "2"}}));
  std::vector<std::string> Errors = S.takeErrors();
  ASSERT_EQ(Errors.size(), 2u);
  EXPECT_EQ(Errors[0].rfind("NETTUNE_CHECK_OPTIONS: no option 'nettune.Wrong'; nettune has nettune.", 0), 0u) << Errors[0];
  EXPECT_EQ(Errors[1].rfind("NETTUNE_CHECK_OPTIONS: option 'nettune.Workload' is 'fast'; it takes one of ", 0), 0u) << Errors[1];
  EXPECT_TRUE(S.takeErrors().empty());
  EXPECT_TRUE(S.take(*parsed(R"({"targetCores": 5, "workload": "", "guideUrl": null, "else": {}})").getAsObject()));
  EXPECT_FALSE(S.take(*parsed(R"({"targetCores": 5})").getAsObject()));
  EXPECT_EQ(S.options().at("nettune.TargetCores"), "5");
  EXPECT_EQ(S.options().size(), 2u);
  EXPECT_TRUE(S.take(*parsed(R"({"targetCores": 0})").getAsObject()));
  EXPECT_EQ(S.options().at("nettune.TargetCores"), "3");
  for (llvm::StringRef Wrong : {R"({"targetCores": -1})", R"({"targetCores": 1.5})", R"({"targetCores": [8]})", R"({"workload": {}})", R"({"workload": true})"}) {
    S.take(*parsed(Wrong).getAsObject());
    EXPECT_EQ(S.takeErrors().size(), 1u) << Wrong.str();
  }
  EXPECT_EQ(S.options().at("nettune.TargetCores"), "3");
  EXPECT_TRUE(Settings(nullptr).options().empty());
}

} // namespace
