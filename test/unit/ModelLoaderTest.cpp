//===- ModelLoaderTest.cpp - what a pack may say ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ModelLoader.h"
#include "model/EmbeddedPacks.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

using namespace nettune::model;

namespace {

using List = std::vector<std::string>;

/// The error's text; "" when the pack is accepted.
std::string errorOf(std::string_view Text) {
  ModelError Error;
  return parsePack(Text, "p.json", Error) ? "" : Error.str();
}

Pack packOf(std::string_view Text) {
  ModelError Error;
  std::optional<Pack> P = parsePack(Text, "p.json", Error);
  EXPECT_TRUE(P) << Error.str();
  return P ? *P : Pack();
}

std::string pack(std::string_view Rest) {
  return "{\"library\": \"lib\",\n" + std::string(Rest) + "}";
}

/// A pack of one blocking entry; \p Keys starts in line 3, column 1.
std::string blocking(std::string_view Keys) {
  return pack("\"blocking\": [{\n" + std::string(Keys) +
              "\n\"functions\": [\"f\"], \"category\": \"wait\", \"grade\": \"always\", "
              "\"source\": \"s\"}]");
}

/// The same with one condition, which starts in line 3, column 12.
std::string condition(std::string_view Condition) {
  return blocking("\"unless\": [" + std::string(Condition) + "],");
}

/// A pack of one guard of that name, written in line 2, column 28.
std::string named(std::string_view Name) {
  return pack("\"guards\": [{\"functions\": [\"" + std::string(Name) + "\"], \"source\": \"s\"}]");
}

Condition onlyCondition(std::string_view Json) {
  const Pack P = packOf(condition(Json));
  EXPECT_EQ(P.Entries.size(), 1u);
  EXPECT_EQ(P.Entries[0].Unless.size(), 1u);
  return P.Entries[0].Unless[0];
}

struct Case {
  std::string Text, Error;
};

void expectErrors(const std::vector<Case> &Cases) {
  for (const Case &C : Cases)
    EXPECT_EQ(errorOf(C.Text), C.Error) << C.Text;
}

} // namespace

TEST(ModelLoader, ReadsAnEntryWhole) {
  const Pack P = packOf(R"({
  "library": "asio",
  "version": "1.22",
  "blocking": [
    {
      "functions": ["$::socket::receive", "getaddrinfo", "*::db::query"],
      "category": "socket",
      "grade": "usually",
      "instead": "use async_receive",
      "only": [{ "guard": true }],
      "unless": [{ "fd": "nonblocking" }, { "argument": -1, "zero": true }],
      "source": "asio/socket.hpp"
    }
  ],
  "handlers": [
    { "fields": ["$::C::callback"], "argument": -2, "thread": "worker", "source": "s" }
  ],
  "namespaces": ["asio", "boost::asio"]
})");
  EXPECT_EQ(P.Library, "asio");
  EXPECT_EQ(P.Namespaces, (List{"asio", "boost::asio"}));
  ASSERT_EQ(P.Entries.size(), 2u);
  const Entry &B = P.Entries[0];
  EXPECT_EQ(B.R, Role::Blocking);
  EXPECT_EQ(B.Functions, (List{"asio::socket::receive", "boost::asio::socket::receive",
                               "getaddrinfo", "*::db::query"}));
  EXPECT_EQ(B.Waits, Category::Socket);
  EXPECT_EQ(B.G, Grade::Usually);
  EXPECT_EQ(B.Instead, "use async_receive");
  EXPECT_EQ(B.Source, "asio/socket.hpp");
  EXPECT_EQ(B.Place, "p.json:5");
  ASSERT_EQ(B.Only.size(), 1u);
  EXPECT_EQ(B.Only[0].K, Condition::Kind::Guarded);
  ASSERT_EQ(B.Unless.size(), 2u);
  EXPECT_EQ(B.Unless[1].Argument, -1);
  const Entry &H = P.Entries[1];
  EXPECT_EQ(H.R, Role::Handlers);
  EXPECT_EQ(H.Fields, (List{"asio::C::callback", "boost::asio::C::callback"}));
  EXPECT_EQ(H.Argument, -2);
  EXPECT_EQ(H.RunsOn, Thread::Worker);
}

TEST(ModelLoader, Defaults) {
  const Pack P = packOf(pack(R"("handlers": [{"functions": ["f"], "source": "s"}],
    "loops": [{"functions": ["g"], "source": "s"}, {"functions": ["h"], "reach": 8, "source": "s"}],
    "blocking": [{"functions": ["f"], "category": "dns", "grade": "rarely", "source": "s"}])"));
  ASSERT_EQ(P.Entries.size(), 4u);
  EXPECT_EQ(P.Entries[0].Argument, AllCallables);
  EXPECT_EQ(P.Entries[0].RunsOn, Thread::Loop);
  EXPECT_EQ(P.Entries[1].Reach, 3u);
  EXPECT_EQ(P.Entries[2].Reach, 8u);
  EXPECT_EQ(P.Entries[3].Instead, "hand it to a worker pool");
  EXPECT_EQ(P.Entries[3].G, Grade::Rarely);
}

TEST(ModelLoader, EachCondition) {
  Condition C = onlyCondition(R"({"argument": 3, "anyBit": 64})");
  EXPECT_EQ(C.K, Condition::Kind::AnyBit);
  EXPECT_EQ(C.Argument, 3);
  EXPECT_EQ(C.Numbers, std::vector<std::int64_t>{64});
  C = onlyCondition(R"({"equals": [-1, 9223372036854775807], "argument": 1})");
  EXPECT_EQ(C.K, Condition::Kind::Equals);
  EXPECT_EQ(C.Numbers, (std::vector<std::int64_t>{-1, 9223372036854775807}));
  EXPECT_EQ(onlyCondition(R"({"argument": 0, "zero": true})").K, Condition::Kind::Zero);
  C = onlyCondition(R"({"argument": 0, "literal": ["/dev/null", ""]})");
  EXPECT_EQ(C.K, Condition::Kind::Literal);
  EXPECT_EQ(C.Names, (List{"/dev/null", ""}));
  C = onlyCondition(R"({"argument": 0, "type": ["a::pool", "*::pool"]})");
  EXPECT_EQ(C.K, Condition::Kind::Type);
  EXPECT_EQ(C.Names, (List{"a::pool", "*::pool"}));
  EXPECT_EQ(onlyCondition(R"({"receiver": ["a"]})").K, Condition::Kind::Receiver);
  C = onlyCondition(R"({"arguments": {"min": 1, "max": 2}})");
  EXPECT_EQ(C.K, Condition::Kind::ArgumentCount);
  EXPECT_EQ(C.Numbers, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(onlyCondition(R"({"arguments": {"max": 2}})").Numbers[0], 0);
  C = onlyCondition(R"({"macro": ["LOG"]})");
  EXPECT_EQ(C.K, Condition::Kind::Macro);
  EXPECT_EQ(C.Names, List{"LOG"});
  EXPECT_EQ(onlyCondition(R"({"fd": "nonblocking"})").K, Condition::Kind::NonblockingFd);
  EXPECT_EQ(onlyCondition(R"({"guard": true})").K, Condition::Kind::Guarded);
}

TEST(ModelLoader, DollarInConditionsIsReplaced) {
  const Pack P = packOf(R"({"library": "l", "namespaces": ["a", "b::c"], "guards": [
    {"functions": ["$::f"], "only": [{"argument": 0, "type": ["$::pool"]}], "source": "s"}]})");
  ASSERT_EQ(P.Entries.size(), 1u);
  EXPECT_EQ(P.Entries[0].Only[0].Names, (List{"a::pool", "b::c::pool"}));
}

TEST(ModelLoader, NotJson) {
  expectErrors({
      {"", "p.json:1:1: error: the file is empty"},
      {" \n\t", "p.json:1:1: error: the file is empty"},
      {"{\"library\": \"x\"\n", "p.json:2:1: error: syntax error while parsing object - "
                                "unexpected end of input; expected '}'"},
      {pack("\"loops\": [{\"functions\": [\"f\" \"g\"]}]"),
       "p.json:2:30: error: syntax error while parsing array - unexpected string literal; "
       "expected ']' (at /loops/0/functions)"},
      {"{// no\n}", "p.json:1:2: error: syntax error while parsing object key - invalid literal; "
                    "expected string literal"},
      {"{\"library\": \"a\nb\"}",
       "p.json:1:15: error: syntax error while parsing value - invalid string: control character "
       "U+000A (LF) must be escaped to \\u000A or \\n"},
      {"{\n\"library\": \"a\xFF\"}", "p.json:2:14: error: syntax error while parsing value - "
                                     "invalid string: ill-formed UTF-8 byte"},
      {"{\"library\": 1e999}", "p.json:1:13: error: the number '1e999' is too large"},
      {std::string("{}\0{}", 5), "p.json:1:3: error: a NUL character: this is not JSON text"},
      {"{\"a\": 1\n  false}", "p.json:2:3: error: syntax error while parsing object - unexpected "
                              "false literal; expected '}'"},
      {"{\"a\":\n 12 34}", "p.json:2:5: error: syntax error while parsing object - unexpected "
                           "number literal; expected '}'"},
      {"{}\n{}", "p.json:2:1: error: syntax error while parsing value - unexpected '{'; "
                 "expected end of input"},
  });
}

TEST(ModelLoader, NestingIsBounded) {
  const std::string Deep(100000, '[');
  EXPECT_EQ(errorOf(std::string(64, '[')).find("nested"), std::string::npos);
  const std::string Error = errorOf(Deep);
  EXPECT_TRUE(Error.starts_with("p.json:1:65: error: nested deeper than 64 levels (at /0/0/"))
      << Error;
}

TEST(ModelLoader, ByteOrderMarkIsAccepted) {
  EXPECT_EQ(errorOf("\xEF\xBB\xBF" + named("f")), "");
  EXPECT_EQ(errorOf("\xEF\xBB\xBF[]"),
            "p.json:1:1: error: the value must be an object, not an array");
}

TEST(ModelLoader, DuplicateKeys) {
  expectErrors({
      {pack("\"library\": \"m\""),
       "p.json:2:1: error: the key 'library' stands twice in this object (at /library)"},
      {blocking("\"grade\": \"always\","),
       "p.json:4:41: error: the key 'grade' stands twice in this object (at /blocking/0/grade)"},
      // The same key in another spelling.
      {pack("\"libr\\u0061ry\": \"m\""),
       "p.json:2:1: error: the key 'library' stands twice in this object (at /library)"},
  });
}

TEST(ModelLoader, PackKeys) {
  const std::string Roles = "library, version, namespaces, handlers, handlerOverrides, "
                            "handlerCoroutines, loops, handoffs, transparent, blocking, "
                            "nonblocking, guards, accepts";
  expectErrors({
      {"[]", "p.json:1:1: error: the value must be an object, not an array"},
      {"{}", "p.json:1:1: error: 'library' is missing"},
      {"{\"library\": \"x\"}", "p.json:1:1: error: the pack says nothing: it has no role"},
      {"{\"library\": \"\"}", "p.json:1:13: error: 'library' is empty (at /library)"},
      {"{\"library\": 7}",
       "p.json:1:13: error: 'library' must be a string, not an integer (at /library)"},
      {pack("\"version\": \"1\\n2\""),
       "p.json:2:12: error: 'version' holds a control character (at /version)"},
      {pack(" \"block/ing~\": []"),
       "p.json:2:2: error: unknown role or key 'block/ing~'; one of: " + Roles +
           " (at /block~1ing~0)"},
      {pack("\"guards\": {}"),
       "p.json:2:11: error: 'guards' must be an array, not an object (at /guards)"},
      {pack("\"guards\": []"), "p.json:2:11: error: 'guards' is empty (at /guards)"},
      {pack("\"guards\": [ 1]"),
       "p.json:2:13: error: the value must be an object, not an integer (at /guards/0)"},
      {pack("\"namespaces\": []"), "p.json:2:15: error: 'namespaces' is empty (at /namespaces)"},
      {pack("\"namespaces\": [\"a::\"]"),
       "p.json:2:16: error: 'a::' is not a namespace's name (at /namespaces/0)"},
      {pack("\"namespaces\": [\"a\", \"a\"]"),
       "p.json:2:21: error: the namespace 'a' stands twice (at /namespaces/1)"},
      {pack("\"namespaces\": [1,1,1,1,1,1,1,1,1]"),
       "p.json:2:15: error: more than 8 namespaces (at /namespaces)"},
  });
}

TEST(ModelLoader, EntryKeys) {
  expectErrors({
      {blocking("  \"reach\": 3,"),
       "p.json:3:3: error: unknown key 'reach' in 'blocking'; one of: functions, category, "
       "grade, instead, only, unless, source (at /blocking/0/reach)"},
      {pack("\"guards\": [{\"source\": \"s\"}]"),
       "p.json:2:12: error: 'functions' is missing (at /guards/0)"},
      {pack("\"handlerCoroutines\": [{\"source\": \"s\"}]"),
       "p.json:2:23: error: 'types' is missing (at /handlerCoroutines/0)"},
      {pack("\"blocking\": [{\"functions\": [\"f\"], \"grade\": \"always\", \"source\": \"s\"}]"),
       "p.json:2:14: error: 'category' is missing (at /blocking/0)"},
      {pack("\"blocking\": [{\"functions\": [\"f\"], \"category\": \"dns\", \"source\": \"s\"}]"),
       "p.json:2:14: error: 'grade' is missing (at /blocking/0)"},
      {pack("\"guards\": [{\"functions\": [\"f\"]}]"),
       "p.json:2:12: error: 'source' is missing: the header, manual page or document that the "
       "entry was written from (at /guards/0)"},
      {pack("\"guards\": [{\"functions\": [\"f\"], \"source\": \" \"}]"),
       "p.json:2:43: error: 'source' is empty (at /guards/0/source)"},
      {pack("\"guards\": [{\"functions\": []}]"),
       "p.json:2:26: error: 'functions' is empty (at /guards/0/functions)"},
      {pack("\"guards\": [{\"functions\": \"f\"}]"),
       "p.json:2:26: error: 'functions' must be an array, not a string (at /guards/0/functions)"},
      {pack("\"guards\": [{\"functions\": [\"f\", null]}]"),
       "p.json:2:32: error: the value must be a string, not null (at /guards/0/functions/1)"},
      {blocking("\"instead\": true,"),
       "p.json:3:12: error: 'instead' must be a string, not a boolean (at /blocking/0/instead)"},
      {blocking("\"only\": [],"), "p.json:3:9: error: 'only' is empty (at /blocking/0/only)"},
  });
}

TEST(ModelLoader, UnknownWords) {
  expectErrors({
      {pack("\"blocking\": [{\"grade\": \"often\"}]"),
       "p.json:2:24: error: unknown grade 'often'; one of: always, usually, rarely (at "
       "/blocking/0/grade)"},
      {pack("\"blocking\": [{\"category\": \"network\"}]"),
       "p.json:2:27: error: unknown category 'network'; one of: sleep, wait, join, dns, socket, "
       "file, process, database, http, rpc, console, lock (at /blocking/0/category)"},
      {pack("\"handlers\": [{\"thread\": \"pool\"}]"),
       "p.json:2:25: error: unknown thread 'pool'; one of: loop, worker, caller (at "
       "/handlers/0/thread)"},
      {condition("{\"fd\": \"blocking\"}"),
       "p.json:3:19: error: unknown fd 'blocking'; one of: nonblocking (at "
       "/blocking/0/unless/0/fd)"},
  });
}

TEST(ModelLoader, Ranges) {
  expectErrors({
      {pack("\"handlers\": [{\"argument\": 32}]"),
       "p.json:2:27: error: 'argument' must be between -32 and 31 (at /handlers/0/argument)"},
      {pack("\"handlers\": [{\"argument\": -33}]"),
       "p.json:2:27: error: 'argument' must be between -32 and 31 (at /handlers/0/argument)"},
      {pack("\"handlers\": [{\"argument\": \"all\"}]"),
       "p.json:2:27: error: 'argument' must be an integer or \"callables\" (at "
       "/handlers/0/argument)"},
      {pack("\"handlers\": [{\"argument\": 1.0}]"),
       "p.json:2:27: error: 'argument' must be an integer or \"callables\" (at "
       "/handlers/0/argument)"},
      {pack("\"loops\": [{\"reach\": 0}]"),
       "p.json:2:21: error: 'reach' must be between 1 and 8 (at /loops/0/reach)"},
      {pack("\"loops\": [{\"reach\": 9}]"),
       "p.json:2:21: error: 'reach' must be between 1 and 8 (at /loops/0/reach)"},
      {condition("{\"argument\": 0, \"anyBit\": 0}"),
       "p.json:3:38: error: 'anyBit' must be between 1 and 9223372036854775807 (at "
       "/blocking/0/unless/0/anyBit)"},
      {condition("{\"argument\": 99, \"zero\": true}"),
       "p.json:3:25: error: 'argument' must be between -32 and 31 (at "
       "/blocking/0/unless/0/argument)"},
      {condition("{\"arguments\": {\"min\": 3, \"max\": 2}}"),
       "p.json:3:26: error: 'min' is greater than 'max' (at /blocking/0/unless/0/arguments)"},
  });
}

TEST(ModelLoader, Conditions) {
  const std::string Known =
      "anyBit, equals, zero, literal, type, receiver, arguments, macro, fd, guard";
  expectErrors({
      {condition("{}"),
       "p.json:3:12: error: no condition; one of: " + Known + " (at /blocking/0/unless/0)"},
      {condition("{\"argument\": 1}"),
       "p.json:3:12: error: no condition; one of: " + Known + " (at /blocking/0/unless/0)"},
      {condition("{\"timeout\": 1}"), "p.json:3:13: error: unknown condition 'timeout'; one of: " +
                                          Known + " (at /blocking/0/unless/0/timeout)"},
      {condition("{\"guard\": true, \"fd\": \"nonblocking\"}"),
       "p.json:3:28: error: a second condition, 'fd' after 'guard'; give each its own object (at "
       "/blocking/0/unless/0/fd)"},
      {condition("{\"zero\": true}"), "p.json:3:12: error: 'zero' needs 'argument', the index of "
                                      "an argument (at /blocking/0/unless/0)"},
      {condition("{\"argument\": 1, \"macro\": [\"A\"]}"),
       "p.json:3:13: error: 'macro' takes no 'argument' (at /blocking/0/unless/0/argument)"},
      {condition("{\"guard\": false}"),
       "p.json:3:22: error: 'guard' must be true; for the opposite use the other of 'only' and "
       "'unless' (at /blocking/0/unless/0/guard)"},
      {condition("{\"argument\": 1, \"equals\": 4}"),
       "p.json:3:38: error: 'equals' must be an array, not an integer (at "
       "/blocking/0/unless/0/equals)"},
      {condition("{\"argument\": 1, \"equals\": [\"4\"]}"),
       "p.json:3:39: error: the value must be an integer, not a string (at "
       "/blocking/0/unless/0/equals/0)"},
      {condition("{\"argument\": 1, \"literal\": []}"),
       "p.json:3:39: error: 'literal' is empty (at /blocking/0/unless/0/literal)"},
      {condition("{\"macro\": [\"LOG(\"]}"),
       "p.json:3:23: error: 'LOG(' is not a macro's name (at /blocking/0/unless/0/macro/0)"},
      {condition("{\"arguments\": {\"least\": 1}}"),
       "p.json:3:27: error: unknown key 'least'; one of: min, max (at "
       "/blocking/0/unless/0/arguments/least)"},
      {condition("{\"arguments\": {}}"), "p.json:3:26: error: 'arguments' needs 'min' or 'max' "
                                         "(at /blocking/0/unless/0/arguments)"},
      {condition("\"guard\""), "p.json:3:12: error: the value must be an object, not a string (at "
                               "/blocking/0/unless/0)"},
  });
}

TEST(ModelLoader, Names) {
  for (const char *Good :
       {"f", "a::f", "a::C::C", "a::C::~C", "a::operator<<", "C::operator()", "C::operator bool",
        "C::operator std::string", "*::C::f", "a::operators", "n\u00e4me::f"})
    EXPECT_EQ(errorOf(named(Good)), "") << Good;
  const std::string Place = "p.json:2:27: error: ";
  const std::string At = " (at /guards/0/functions/0)";
  for (const std::string Bad :
       {"::f", "a::", "a:f", "a::b<int>::f", "f()", "a f", "a::*::f", "a::$::f", "$f", "*", "$",
        "*::", "1f", "~C::f", "*::~", "a:::f", " f"})
    EXPECT_EQ(errorOf(named(Bad)),
              Place + "'" + Bad + "' is not a qualified name without template arguments" + At);
  EXPECT_EQ(errorOf(named("")), Place + "empty name" + At);
  EXPECT_EQ(errorOf(named("*::send")),
            Place + "'*::send' would match too much; '*::' needs a class or namespace" + At);
  EXPECT_EQ(errorOf(named("$::f")),
            Place + "'$::f' has a '$', but the pack has no 'namespaces'" + At);
  EXPECT_EQ(errorOf(pack("\"handlers\": [{\"fields\": [\"callback\"]}]")),
            "p.json:2:26: error: 'callback' is not a field's name, 'Class::field' (at "
            "/handlers/0/fields/0)");
}

TEST(ModelLoader, NameTwice) {
  const std::string First = R"("guards": [{"functions": ["a::f", "g"], "source": "s",
    "only": [{"guard": true}, {"argument": 0, "equals": [1, 2]}]},
)";
  const auto second = [&](std::string_view Functions, std::string_view Conditions) {
    return "{\"library\": \"l\", \"namespaces\": [\"a\"],\n" + First +
           "{\"functions\": " + std::string(Functions) + ", " + std::string(Conditions) +
           " \"source\": \"s\"}]}";
  };
  const std::string Same = R"("only": [{"equals": [2, 1], "argument": 0}, {"guard": true}],)";
  EXPECT_EQ(errorOf(second("[\"h\", \"$::f\"]", Same)),
            "p.json:4:21: error: 'a::f' stands twice in 'guards' with the same conditions; first "
            "in line 2 (at /guards/1/functions/1)");
  EXPECT_EQ(errorOf(second("[\"h\", \"h\"]", "")),
            "p.json:4:21: error: 'h' stands twice in 'guards' with the same conditions; first in "
            "line 4 (at /guards/1/functions/1)");
  EXPECT_EQ(errorOf(second("[\"g\"]", "")), "");
  EXPECT_EQ(errorOf(second("[\"g\"]", R"("only": [{"guard": true}],)")), "");
  EXPECT_EQ(errorOf(second("[\"g\"]", R"("unless": [{"guard": true},
    {"argument": 0, "equals": [1, 2]}],)")),
            "");
  EXPECT_EQ(errorOf(pack(R"("guards": [{"functions": ["f"], "source": "s"}],
    "accepts": [{"functions": ["f"], "source": "s"}])")),
            "");
}

TEST(ModelLoader, ErrorsStayShortAndOnOneLine) {
  const std::string Error = errorOf(named(std::string(3000, 'x') + "\\n("));
  EXPECT_LT(Error.size(), 300u);
  EXPECT_LT(errorOf(pack("\"a\": " + std::string(3000, '1') + "e999")).size(), 300u);
  const std::string Key = errorOf(pack("\"a\\nb\": 1"));
  EXPECT_EQ(Key.find('\n'), std::string::npos);
  EXPECT_TRUE(Key.ends_with("(at /a?b)")) << Key;
}

TEST(ModelLoader, LargeInputsTakeNoQuadraticTime) {
  std::string Keys = "{";
  for (int I = 0; I < 200000; ++I)
    Keys += "\"k" + std::to_string(I) + "\":\n0,";
  EXPECT_TRUE(errorOf(Keys + "\"library\":0}").starts_with("p.json:1:2: error: unknown role"));
}

TEST(ModelLoader, ShippedPacksLoad) {
  ASSERT_FALSE(embeddedPacks().empty());
  for (const EmbeddedPack &Shipped : embeddedPacks()) {
    ModelError Error;
    const std::optional<Pack> P = parsePack(Shipped.Text, Shipped.Name, Error);
    ASSERT_TRUE(P) << Error.str();
    EXPECT_FALSE(P->Entries.empty()) << Shipped.Name;
  }
}

TEST(ModelLoader, SchemaKnowsEachWord) {
  std::ifstream File(NETTUNE_SOURCE_DIR "/checks/model/schema.json");
  const std::string Schema{std::istreambuf_iterator<char>(File), {}};
  ASSERT_FALSE(Schema.empty());
  std::vector<std::string> Words = {
      "library", "version", "namespaces", "functions", "fields",  "types",       "argument",
      "thread",  "reach",   "category",   "grade",     "instead", "source",      "only",
      "unless",  "always",  "usually",    "rarely",    "loop",    "worker",      "caller",
      "anyBit",  "equals",  "zero",       "literal",   "type",    "receiver",    "arguments",
      "min",     "max",     "macro",      "fd",        "guard",   "nonblocking", "callables"};
  for (int R = 0; R <= static_cast<int>(Role::Accepts); ++R)
    Words.emplace_back(roleName(static_cast<Role>(R)));
  for (int C = 0; C <= static_cast<int>(Category::Lock); ++C)
    Words.emplace_back(categoryName(static_cast<Category>(C)));
  for (const std::string &Word : Words)
    EXPECT_NE(Schema.find('"' + Word + '"'), std::string::npos) << Word;
}
