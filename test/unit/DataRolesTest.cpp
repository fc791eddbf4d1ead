//===- DataRolesTest.cpp - sends, payloads, settings, threads ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackText.h"

#include <algorithm>

using namespace nettune::model;

namespace {

using Kinds = std::vector<Parameter>;

/// A pack of one entry about `f`; \p Keys starts in line 3, column 1.
std::string entry(std::string_view Role, std::string_view Keys) {
  return pack("\"" + std::string(Role) + "\": [{\n" + std::string(Keys) +
              "\n\"functions\": [\"f\"], \"source\": \"s\"}]");
}

Entry only(std::string_view Text) {
  Pack P = packOf(Text);
  EXPECT_EQ(P.Entries.size(), 1u);
  return P.Entries.empty() ? Entry() : P.Entries[0];
}

std::string send(std::string_view Keys) {
  return entry("sends", "\"kind\": \"stream\", \"loses\": \"l\", " + std::string(Keys) + ",");
}

} // namespace

TEST(DataRoles, Parameters) {
  const Entry H = only(entry("handlers", R"("parameters": ["session", "payload", "size"],)"));
  EXPECT_EQ(H.Parameters, (Kinds{Parameter::Session, Parameter::Payload, Parameter::Size}));
  EXPECT_EQ(H.Argument, AllCallables);
  const Entry O = only(entry("handlerOverrides", R"("parameters": ["error", "other", "error"],)"));
  EXPECT_EQ(O.Parameters, (Kinds{Parameter::Error, Parameter::Other, Parameter::Error}));
  EXPECT_TRUE(only(entry("handlers", "")).Parameters.empty());
  expectErrors({
      {entry("handlers", R"("parameters": [],)"),
       "p.json:3:15: error: 'parameters' is empty (at /handlers/0/parameters)"},
      {entry("handlers", R"("parameters": "error",)"),
       "p.json:3:15: error: 'parameters' must be an array, not a string (at "
       "/handlers/0/parameters)"},
      {entry("handlers", R"("parameters": ["error", "data"],)"),
       "p.json:3:25: error: unknown parameter 'data'; one of: session, payload, size, error, "
       "other (at /handlers/0/parameters/1)"},
      {pack(R"("handlerCoroutines": [{"types": ["t"], "parameters": ["size"], "source": "s"}])"),
       "p.json:2:40: error: unknown key 'parameters' in 'handlerCoroutines'; one of: types, "
       "thread, only, unless, source (at /handlerCoroutines/0/parameters)"},
  });
}

TEST(DataRoles, Sends) {
  Entry S =
      only(entry("sends", R"("kind": "datagram", "reports": "bytes", "loses": "it is lost",)"));
  EXPECT_EQ(S.R, Role::Sends);
  EXPECT_TRUE(S.Datagram);
  EXPECT_FALSE(S.Partial);
  EXPECT_EQ(S.Reports, SendReport::Bytes);
  EXPECT_EQ(S.Loses, "it is lost");
  S = only(send(R"("reports": "errorCode", "argument": -1, "partial": true)"));
  EXPECT_FALSE(S.Datagram);
  EXPECT_TRUE(S.Partial);
  EXPECT_EQ(S.Reports, SendReport::ErrorCode);
  EXPECT_EQ(S.Argument, -1);
  S = only(send(R"("reports": "completion")"));
  EXPECT_EQ(S.Reports, SendReport::Completion);
  EXPECT_EQ(S.Argument, AllCallables);
  EXPECT_EQ(only(send(R"("reports": "completion", "argument": 2)")).Argument, 2);
  EXPECT_EQ(only(send(R"("argument": "callables", "reports": "completion")")).Argument,
            AllCallables);
  EXPECT_EQ(only(send(R"("reports": "status")")).Reports, SendReport::Status);
}

TEST(DataRoles, SendsMissingKeys) {
  expectErrors({
      {entry("sends", R"("reports": "status", "loses": "l",)"),
       "p.json:2:11: error: 'kind' is missing (at /sends/0)"},
      {entry("sends", R"("kind": "stream", "loses": "l",)"),
       "p.json:2:11: error: 'reports' is missing (at /sends/0)"},
      {entry("sends", R"("kind": "stream", "reports": "status",)"),
       "p.json:2:11: error: 'loses' is missing (at /sends/0)"},
      {pack(R"("sends": [{"kind": "stream", "reports": "status", "loses": "l", "source": "s"}])"),
       "p.json:2:11: error: 'functions' is missing (at /sends/0)"},
      {send(R"("reports": "errorCode")"),
       "p.json:2:11: error: 'argument' is missing: the index of the error code (at /sends/0)"},
  });
}

TEST(DataRoles, SendsErrors) {
  expectErrors({
      {entry("sends", R"("kind": "tcp",)"),
       "p.json:3:9: error: unknown kind 'tcp'; one of: stream, datagram (at /sends/0/kind)"},
      {entry("sends", R"("reports": "error_code",)"),
       "p.json:3:12: error: unknown reports 'error_code'; one of: status, bytes, errorCode, "
       "completion (at /sends/0/reports)"},
      {entry("sends", R"("loses": " ",)"),
       "p.json:3:10: error: 'loses' is empty (at /sends/0/loses)"},
      {entry("sends", R"("partial": false,)"),
       "p.json:3:12: error: 'partial' must be true; for the opposite leave it out (at "
       "/sends/0/partial)"},
      {entry("sends", R"("partial": 1,)"),
       "p.json:3:12: error: 'partial' must be a boolean, not an integer (at /sends/0/partial)"},
      {entry("sends", R"("fields": ["C::f"],)"),
       "p.json:3:1: error: unknown key 'fields' in 'sends'; one of: functions, kind, reports, "
       "loses, argument, partial, only, unless, source (at /sends/0/fields)"},
      {send(R"("reports": "errorCode", "argument": "callables")"),
       "p.json:3:69: error: 'argument' must be the index of the error code (at "
       "/sends/0/argument)"},
      {send(R"("reports": "status", "argument": 0)"),
       "p.json:3:54: error: 'argument' is for 'errorCode' and 'completion'; a status or a count "
       "of bytes is the result (at /sends/0/argument)"},
      {send(R"("argument": 0, "reports": "bytes")"),
       "p.json:3:33: error: 'argument' is for 'errorCode' and 'completion'; a status or a count "
       "of bytes is the result (at /sends/0/argument)"},
  });
}

TEST(DataRoles, Payloads) {
  EXPECT_EQ(only(entry("payloads", "")).Argument, ResultIsPayload);
  EXPECT_EQ(only(entry("payloads", R"("argument": 1,)")).Argument, 1);
  EXPECT_EQ(only(entry("payloads", R"("argument": -32,)")).Argument, -32);
  expectErrors({
      {entry("payloads", R"("argument": "callables",)"),
       "p.json:3:13: error: 'argument' must be an integer, not a string (at "
       "/payloads/0/argument)"},
      {entry("payloads", R"("argument": 32,)"),
       "p.json:3:13: error: 'argument' must be between -32 and 31 (at /payloads/0/argument)"},
      {entry("payloads", R"("kind": "stream",)"),
       "p.json:3:1: error: unknown key 'kind' in 'payloads'; one of: functions, argument, only, "
       "unless, source (at /payloads/0/kind)"},
  });
}

TEST(DataRoles, Settings) {
  Entry S = only(entry("settings", R"("key": "max_message_size", "unit": "bytes",)"));
  EXPECT_EQ(S.Key, "max_message_size");
  EXPECT_EQ(S.Counts, Unit::Bytes);
  EXPECT_EQ(S.Argument, 0);
  S = only(pack(R"("settings": [{"fields": ["C::f"], "key": "connection_timeout",
    "unit": "seconds", "source": "s"}])"));
  EXPECT_EQ(S.Fields, List{"C::f"});
  EXPECT_EQ(S.Counts, Unit::Seconds);
  S = only(entry("settings", R"("key": "zero_copy", "unit": "flag", "argument": 3,)"));
  EXPECT_EQ(S.Counts, Unit::Flag);
  EXPECT_EQ(S.Argument, 3);
  expectErrors({
      {entry("settings", R"("unit": "bytes",)"),
       "p.json:2:14: error: 'key' is missing (at /settings/0)"},
      {entry("settings", R"("key": "zero_copy",)"),
       "p.json:2:14: error: 'unit' is missing (at /settings/0)"},
      {entry("settings", R"("unit": "kilobytes",)"),
       "p.json:3:9: error: unknown unit 'kilobytes'; one of: bytes, count, milliseconds, seconds, "
       "flag (at /settings/0/unit)"},
      {entry("settings", R"("key": "buffer",)"),
       "p.json:3:8: error: unknown key 'buffer'; one of: receive_buffer_size, send_buffer_size, "
       "socket_receive_buffer, socket_send_buffer, max_message_size, thread_count, io_threads, "
       "max_connections, max_pending_messages, connection_timeout, keep_alive_timeout, "
       "tcp_nodelay, zero_copy, listen_backlog (at /settings/0/key)"},
      {entry("settings", R"("argument": "callables",)"),
       "p.json:3:13: error: 'argument' must be an integer, not a string (at "
       "/settings/0/argument)"},
      {pack(R"("settings": [{"key": "zero_copy", "unit": "flag", "source": "s"}])"),
       "p.json:2:14: error: 'functions' is missing (at /settings/0)"},
  });
}

TEST(DataRoles, Threads) {
  Entry T = only(entry("threads", R"("pool": "loop",)"));
  EXPECT_EQ(T.Runs, Pool::Loop);
  EXPECT_EQ(T.Argument, 0);
  EXPECT_FALSE(T.Each);
  EXPECT_EQ(only(entry("threads", R"("pool": "compute", "argument": 2,)")).Argument, 2);
  EXPECT_EQ(only(entry("threads", R"("pool": "blocking",)")).Runs, Pool::Blocking);
  EXPECT_TRUE(only(entry("threads", R"("each": true,)")).Each);
  const std::string Each = "'each' says that a call makes one thread: it takes no ";
  expectErrors({
      {entry("threads", ""), "p.json:2:13: error: 'pool' is missing; or 'each', if a call makes "
                             "one thread (at /threads/0)"},
      {entry("threads", R"("pool": "io",)"),
       "p.json:3:9: error: unknown pool 'io'; one of: loop, compute, blocking (at "
       "/threads/0/pool)"},
      {entry("threads", R"("each": false,)"),
       "p.json:3:9: error: 'each' must be true; for the opposite leave it out (at "
       "/threads/0/each)"},
      {entry("threads", R"("each": true, "argument": 1,)"),
       "p.json:3:15: error: " + Each + "'argument' (at /threads/0/argument)"},
      {entry("threads", R"("pool": "loop", "each": true,)"),
       "p.json:3:1: error: " + Each + "'pool' (at /threads/0/pool)"},
      {entry("threads", R"("each": true, "fields": ["C::f"],)"),
       "p.json:3:15: error: " + Each + "'fields' (at /threads/0/fields)"},
  });
}

TEST(DataRoles, FirstOfAFunctionThatAppliesDecides) {
  // The same function with and without a condition: two entries, in this order.
  const Pack P = packOf(pack(R"("sends": [
    {"functions": ["f"], "kind": "stream", "reports": "errorCode", "argument": -1, "loses": "l",
     "only": [{"argument": -1, "type": ["std::error_code"]}], "source": "s"},
    {"functions": ["f"], "kind": "stream", "reports": "bytes", "loses": "l", "source": "s"}])"));
  ApiModel Model;
  Model.add(P);
  const std::vector<const Entry *> Found = Model.function("f");
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0]->Reports, SendReport::ErrorCode);
  EXPECT_EQ(Found[1]->Reports, SendReport::Bytes);
}

TEST(DataRoles, SettingKeysAreUnique) {
  std::vector<std::string_view> Keys(settingKeys().begin(), settingKeys().end());
  std::ranges::sort(Keys);
  EXPECT_EQ(std::ranges::adjacent_find(Keys), Keys.end());
}
