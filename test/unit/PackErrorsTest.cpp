//===- PackErrorsTest.cpp - what a pack may not say --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackText.h"

using namespace nettune::model;

TEST(PackErrors, PackKeys) {
  const std::string Roles = "library, version, namespaces, handlers, handlerOverrides, "
                            "handlerCoroutines, contexts, loops, handoffs, transparent, blocking, "
                            "nonblocking, affinity, guards, nonblockingResults, accepts, sends, payloads, settings, threads";
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

TEST(PackErrors, EntryKeys) {
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

TEST(PackErrors, UnknownWords) {
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
       "p.json:3:19: error: unknown fd 'blocking'; one of: nonblocking, file (at "
       "/blocking/0/unless/0/fd)"},
  });
}

TEST(PackErrors, Ranges) {
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

TEST(PackErrors, Conditions) {
  const std::string Known =
      "anyBit, equals, zero, literal, oneFd, type, opened, receiver, arguments, macro, fd, guard, field";
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
      {condition("{\"field\": {\"name\": \"flags\", \"anyBit\": 1}}"),
       "p.json:3:12: error: 'field' needs 'argument', the index of an argument (at /blocking/0/unless/0)"},
      {condition("{\"argument\": 1, \"field\": {\"name\": \"flags\"}}"),
       "p.json:3:37: error: 'field' needs 'name' and 'anyBit' (at /blocking/0/unless/0/field)"},
      {condition("{\"argument\": 1, \"field\": {\"bit\": 1}}"),
       "p.json:3:38: error: unknown key 'bit'; one of: name, anyBit (at /blocking/0/unless/0/field/bit)"},
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

TEST(PackErrors, Names) {
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

TEST(PackErrors, NameTwice) {
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
