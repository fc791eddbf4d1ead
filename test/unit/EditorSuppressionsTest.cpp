//===- EditorSuppressionsTest.cpp - comments that keep diagnostics back ---===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Suppressions.h"

#include <gtest/gtest.h>

using namespace nettune::editor;
namespace json = llvm::json;

namespace {

/// The text after it, or what it was if there is no way.
std::string suppressed(std::string Text, unsigned Line) {
  if (auto New = suppression(Text, Line, "nettune-x"))
    Text.insert(New->At, New->Text);
  return Text;
}

TEST(Suppressions, StandAboveTheLine) {
  EXPECT_EQ(suppressed("f() {\n\t  send();\n}", 1), "f() {\n\t  // NOLINTNEXTLINE(nettune-x): reason\n\t  send();\n}");
  EXPECT_EQ(suppressed("send();", 0), "// NOLINTNEXTLINE(nettune-x): reason\nsend();");
  EXPECT_EQ(suppressed("/* two\n */ send();\n", 1), "/* two\n // NOLINTNEXTLINE(nettune-x): reason\n */ send();\n");
}

TEST(Suppressions, BreakLinesAsTheFileDoes) {
  EXPECT_EQ(suppressed("a();\r\n  send();\r\n", 1), "a();\r\n  // NOLINTNEXTLINE(nettune-x): reason\r\n  send();\r\n");
  EXPECT_EQ(suppressed("f(R\"(\r\n)\", send());\r\n", 1), "f(R\"(\r\n)\", send()); // NOLINT(nettune-x): reason\r\n");
}

TEST(Suppressions, NeverStandInAString) {
  EXPECT_EQ(suppressed("f(R\"x(\n)\" )x\", send());\n", 1), "f(R\"x(\n)\" )x\", send()); // NOLINT(nettune-x): reason\n");
  EXPECT_EQ(suppressed("f(\"a\\\nb\", send());\n", 1), "f(\"a\\\nb\", send()); // NOLINT(nettune-x): reason\n");
  constexpr const char *Both = "f(R\"(\n)\", send(), R\"(\n)\");\n";
  EXPECT_EQ(suppressed(Both, 1), Both);
  // Quotes that begin no string.
  EXPECT_EQ(suppressed("int n = 1'000; // it's\nsend();\n", 1), "int n = 1'000; // it's\n// NOLINTNEXTLINE(nettune-x): reason\nsend();\n");
  EXPECT_EQ(suppressed("auto s = R\"(\n)\";\nsend();\n", 2), "auto s = R\"(\n)\";\n// NOLINTNEXTLINE(nettune-x): reason\nsend();\n");
}

TEST(Suppressions, LeaveADirectiveWhole) {
  EXPECT_EQ(suppressed("#define S \\\n  send()\n", 1), "#define S \\\n  send() // NOLINT(nettune-x): reason\n");
  constexpr const char *Middle = "#define S \\\n  send() \\\n  ;\n";
  EXPECT_EQ(suppressed(Middle, 1), Middle);
}

TEST(Suppressions, JoinTheOneThatIsThere) {
  EXPECT_EQ(suppressed("// NOLINTNEXTLINE(a): why\nsend();\n", 1), "// NOLINTNEXTLINE(a, nettune-x): why\nsend();\n");
  EXPECT_EQ(suppressed("g(); // NOLINTNEXTLINE(a,b)\nsend();\n", 1), "g(); // NOLINTNEXTLINE(a,b, nettune-x)\nsend();\n");
  EXPECT_EQ(suppressed("// NOLINTNEXTLINE()\nsend();\n", 1), "// NOLINTNEXTLINE(nettune-x)\nsend();\n");
  // None of them is one for this line.
  for (const char *Above : {"// NOLINT(a)", "g(\"// NOLINTNEXTLINE(a)\");", "// NOLINTNEXTLINE(a"})
    EXPECT_EQ(suppressed(std::string(Above) + "\nsend();\n", 1), std::string(Above) + "\n// NOLINTNEXTLINE(nettune-x): reason\nsend();\n");
}

json::Value parsed(llvm::StringRef Text) {
  auto V = json::parse(Text);
  EXPECT_TRUE(static_cast<bool>(V));
  return V ? std::move(*V) : json::Value(nullptr);
}

TEST(SuppressionActions, AreOneForACheckInALine) {
  Documents Open;
  Open.onNotify("textDocument/didOpen", parsed(R"({"textDocument": {"uri": "u", "text": "f() {\n    send(); send();\n}"}})"));
  json::Value Result = json::Array();
  json::Value Params = parsed(R"({"textDocument": {"uri": "u"}, "context": {"diagnostics": [
    {"code": "nettune-ignored-send-result", "range": {"start": {"line": 1, "character": 4}}},
    {"code": "nettune-ignored-send-result", "range": {"start": {"line": 1, "character": 12}}},
    {"code": "other", "range": {"start": {"line": 1, "character": 4}}}, {"code": "nettune-x"}, 3]}})");
  addSuppressions(Result, Params, Open);
  ASSERT_EQ(Result.getAsArray()->size(), 1u);
  const json::Object &Action = *(*Result.getAsArray())[0].getAsObject();
  EXPECT_EQ(Action.getArray("diagnostics")->size(), 2u);
  const json::Object &Edit = *(*Action.getObject("edit")->getObject("changes")->getArray("u"))[0].getAsObject();
  EXPECT_EQ(*Edit.getString("newText"), "    // NOLINTNEXTLINE(nettune-ignored-send-result): reason\n");
  EXPECT_EQ(*Edit.getObject("range")->getObject("start")->getInteger("line"), 1);
  Params.getAsObject()->getObject("context")->insert({"only", json::Array{"refactor"}});
  Result = json::Array();
  addSuppressions(Result, Params, Open);
  EXPECT_TRUE(Result.getAsArray()->empty());
}

} // namespace
