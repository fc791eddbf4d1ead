//===- ModelLoaderTest.cpp - what a pack may say ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackText.h"

#include "model/EmbeddedPacks.h"

#include <fstream>
#include <iterator>

using namespace nettune::model;

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

TEST(ModelLoader, ContextOfHandlers) {
  const Pack P = packOf(pack(R"("handlers": [{"functions": ["f"], "context": -2, "source": "s"},
    {"functions": ["g"], "context": "object", "source": "s"}, {"functions": ["h"], "source": "s"}],
    "affinity": [{"functions": ["C::move"], "source": "s"}])"));
  ASSERT_EQ(P.Entries.size(), 4u);
  EXPECT_EQ(P.Entries[0].Context, -2);
  EXPECT_EQ(P.Entries[1].Context, ObjectIsContext);
  EXPECT_EQ(P.Entries[2].Context, NoContext);
  EXPECT_EQ(P.Entries[3].R, Role::Affinity);
  expectErrors({
      {pack("\"handlers\": [{\"context\": \"receiver\"}]"),
       "p.json:2:26: error: 'context' must be an integer or \"object\" (at /handlers/0/context)"},
      {pack("\"handlers\": [{\"context\": 32}]"),
       "p.json:2:26: error: 'context' must be between -32 and 31 (at /handlers/0/context)"},
  });
}

TEST(ModelLoader, NonblockingMaySayWhoseDescriptorsTheyAre) {
  ApiModel Model;
  Model.add(packOf(pack(R"("nonblocking": [{"functions": ["f"], "library": "posix", "source": "s"},
    {"functions": ["g"], "source": "s"}])")));
  EXPECT_EQ(Model.function("f").front()->Library, "posix");
  EXPECT_NE(Model.function("g").front()->Library, "posix");
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
  EXPECT_EQ(onlyCondition(R"({"fd": "file"})").K, Condition::Kind::FileFd);
  C = onlyCondition(R"({"argument": 2, "field": {"name": "ai_flags", "anyBit": 4}})");
  EXPECT_EQ(C.K, Condition::Kind::FieldBit);
  EXPECT_EQ(C.Argument, 2);
  EXPECT_EQ(C.Names, List{"ai_flags"});
  EXPECT_EQ(C.Numbers, std::vector<std::int64_t>{4});
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
      "library",    "version",  "namespaces", "functions", "fields",  "types",        "argument",
      "thread",     "reach",    "category",   "grade",     "instead", "source",       "only",
      "unless",     "always",   "usually",    "rarely",    "loop",    "worker",       "caller",
      "anyBit",     "equals",   "zero",       "literal",   "type",    "receiver",     "arguments",
      "min",        "max",      "macro",      "fd",        "guard",   "nonblocking",  "callables",
      "parameters", "session",  "payload",    "size",      "error",   "other",        "kind",
      "stream",     "datagram", "reports",    "status",    "bytes",   "errorCode",    "completion",
      "partial",    "loses",    "key",        "unit",      "count",   "milliseconds", "seconds",
      "flag",       "pool",     "loop",       "compute",   "each",
      "context",    "object",   "field",      "name",      "file"};
  Words.insert(Words.end(), settingKeys().begin(), settingKeys().end());
  for (int R = 0; R <= static_cast<int>(Role::Threads); ++R)
    Words.emplace_back(roleName(static_cast<Role>(R)));
  for (int C = 0; C <= static_cast<int>(Category::Lock); ++C)
    Words.emplace_back(categoryName(static_cast<Category>(C)));
  for (const std::string &Word : Words)
    EXPECT_NE(Schema.find('"' + Word + '"'), std::string::npos) << Word;
}
