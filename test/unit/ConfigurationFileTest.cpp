//===- ConfigurationFileTest.cpp - what is said of a configuration --------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ConfigurationFile.h"

#include <gtest/gtest.h>

using namespace nettune::model;

namespace {

std::string said(std::string_view Text, const std::string &For = "", std::int64_t Cores = 8,
                 std::int64_t Gibibytes = 16) {
  const Reference &R = builtInReference();
  std::string All;
  for (const ConfigurationFinding &F :
       checkConfiguration(Text, R, {R.workload(For), Cores, Gibibytes << 30}))
    All += std::to_string(F.Line) + ":" + std::to_string(F.Column) + " " + F.Rule + " #" +
           F.Section + "\n";
  return All;
}

std::string error(std::string_view Text) {
  ModelError Error;
  return parseReference(Text, "r.json", Error) ? "" : Error.str();
}

} // namespace

TEST(ConfigurationFile, WhatIsRightIsSilent) {
  EXPECT_EQ(said("{}"), "");
  EXPECT_EQ(said(R"({"description": "mine", "server": {}, "load": {}})"), "");
  EXPECT_EQ(said(R"({"server": {"receive_buffer_size": 1, "tcp_nodelay": false}})"), "");
}

TEST(ConfigurationFile, LimitsAreInclusive) {
  EXPECT_EQ(said(R"({"server": {"thread_count": 16}})"), "");
  EXPECT_EQ(said(R"({"server": {"thread_count": 17}})"),
            "1:13 thread-count #thread-oversubscription\n");
  EXPECT_EQ(said(R"({"server": {"max_message_size": 4294967295, "max_pending_bytes": 4294967295,
                                "max_connections": 1}})"),
            "");
  EXPECT_EQ(said(R"({"server": {"max_message_size": 4294967296}})"), "1:33 range #settings\n");
  EXPECT_EQ(said(R"({"load": {"payload": 8188}})"), "");
  EXPECT_EQ(said(R"({"load": {"payload": 8189}})"), "1:11 read-buffer #small-receive-buffer\n");
}

TEST(ConfigurationFile, AWorkloadOfItsOwnIsHeldToTheCores) {
  EXPECT_EQ(said(R"({"server": {"thread_count": 8, "tcp_nodelay": true}})", "low_latency"), "");
  EXPECT_EQ(said(R"({"server": {"thread_count": 9, "tcp_nodelay": true}})", "low_latency"),
            "1:13 thread-count #thread-oversubscription\n");
}

TEST(ConfigurationFile, SeveralMistakesAreSeveralFindings) {
  EXPECT_EQ(said(R"({"server": {"tcp_nodelay": 1, "sockets": 3, "zero_copy": true}, "more": {}})"),
            "1:28 type #nagle\n1:31 unknown-key #settings\n1:65 unknown-key #settings\n");
}

TEST(ConfigurationFile, AWrongValueIsNotJudgedTwice) {
  // Neither the reads of 10 KB nor the workload's wish: the range is what is wrong.
  EXPECT_EQ(said(R"({"server": {"receive_buffer_size": 0, "send_buffer_size": 16384},
                     "load": {"payload": 10240}})",
                 "high_throughput"),
            "1:36 range #small-receive-buffer\n");
}

TEST(ConfigurationFile, DefaultsThatDoNotSuitStandAtTheBegin) {
  EXPECT_EQ(said("\n{}", "high_throughput"),
            "1:1 workload #high-throughput\n1:1 workload #high-throughput\n");
}

TEST(ConfigurationFile, IdleConnectionsMayReadInPieces) {
  EXPECT_EQ(said(R"({"server": {"receive_buffer_size": 2048, "max_pending_bytes": 65536,
                                "max_message_size": 65536}, "load": {"payload": 4096}})",
                 "high_connections"),
            "");
}

TEST(ConfigurationFile, MemoryIsWhatTheSmallerOfBothLimitsAllows) {
  EXPECT_EQ(said(R"({"server": {"max_connections": 100000}})"), "1:13 memory #high-connections\n");
  EXPECT_EQ(said(R"({"server": {"max_connections": 100000, "max_message_size": 1024,
                                "max_pending_messages": 16}})"),
            "");
  EXPECT_EQ(said(R"({"server": {"max_connections": 100000}})", "", 8, 128), "");
}

TEST(ConfigurationFile, NearNamesAreFound) {
  const Reference &R = builtInReference();
  const auto Text = [&](std::string_view Json) {
    const auto Found = checkConfiguration(Json, R, {nullptr, 8, std::int64_t{16} << 30});
    return Found.size() == 1 ? Found[0].Text : std::to_string(Found.size()) + " findings";
  };
  EXPECT_EQ(Text(R"({"server": {"connection_timeout": 5}})"),
            "'connection_timeout' is no key of 'server'; write 'connection_timeout_ms'");
  EXPECT_EQ(Text(R"({"server": {"colour": 5}})"),
            "'colour' is no key of 'server'; docs/PERFORMANCE_REFERENCE.md lists those that there "
            "are");
  EXPECT_EQ(Text(R"({"server": {"so_sndbuf": 5}})"),
            "'so_sndbuf' is the kernel's SO_SNDBUF, which is best left to it; remove it, or write "
            "'send_buffer_size'");
  EXPECT_EQ(Text("[]"), "the file holds an array; write an object with the groups 'server' and "
                        "'load'");
}

TEST(Reference, TheBuiltInOneIsWhole) {
  const Reference &R = builtInReference();
  EXPECT_EQ(R.Server.size(), 12u);
  EXPECT_EQ(R.Sockets.size(), 3u);
  EXPECT_EQ(R.Workloads.size(), 6u);
  EXPECT_EQ(R.Cores, 8);
  EXPECT_EQ(R.MemoryBytes, std::int64_t{16} << 30);
  ASSERT_NE(R.workload("mixed"), nullptr);
  EXPECT_EQ(R.workload("fast"), nullptr);
  EXPECT_TRUE(R.workload("high_connections")->onlyLimits("receive_buffer_size"));
  EXPECT_FALSE(R.workload("mixed")->onlyLimits("receive_buffer_size"));
  EXPECT_FALSE(R.workload("default")->onlyLimits("receive_buffer_size"));
}

TEST(Reference, MistakesHaveTheirPlace) {
  EXPECT_EQ(error("{"), "r.json:1:2: error: " + error("{").substr(19));
  EXPECT_EQ(error("[]"), "r.json:1:1: error: the value must be an object, not an array");
  EXPECT_EQ(error("{}"), "r.json:1:1: error: no 'machine'");
  constexpr char Machine[] = R"({"machine": {"cores": 1, "memory_gib": 1}, "thresholds": )";
  EXPECT_EQ(error(Machine + std::string("[]}")),
            "r.json:1:58: error: no threshold 'ample_read_buffer' (at /thresholds)");
  EXPECT_EQ(error(Machine + std::string(R"([{"key": "b", "value": 1}]})")),
            "r.json:1:59: error: no threshold is 'b' (at /thresholds/0)");
  constexpr char Begin[] = R"({"machine": {"cores": 1, "memory_gib": 1}, "load": [], "sockets": [],
 "thresholds": [{"key": "ample_read_buffer", "value": 1}, {"key": "loop_threads_per_core", "value": 1},
  {"key": "threads_per_core", "value": 1}, {"key": "least_zero_copy", "value": 1}],
 "server": [{"key": "a", "unit": "bytes", "default": 1, "least": 1, "most": 2, "section": "s"}],
 "workloads": )";
  EXPECT_EQ(error(Begin + std::string(R"([{"name": "w", "section": "s", "wants": []}]})")), "");
  EXPECT_EQ(
      error(
          Begin +
          std::string(
              R"([{"name": "w", "section": "s", "wants": [{"key": "b", "least": 1, "why": "x"}]}]})")),
      "r.json:5:15: error: 'w' wants 'b', which is no setting of the server (at /workloads)");
  EXPECT_EQ(error(Begin +
                  std::string(
                      R"([{"name": "w", "section": "s", "wants": [{"key": "a", "why": "x"}]}]})")),
            "r.json:5:56: error: wants nothing (at /workloads/0/wants/0)");
}
