//===- PoolsTest.cpp - thread pool, buffer pool, configuration --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Waiting.h"

#include "configuration.h"
#include "cpu_count.h"
#include "messaging.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>

using namespace messaging;
using namespace std::chrono_literals;

namespace {

TEST(ThreadPool, IsBounded) {
  std::promise<void> go;
  std::shared_future<void> gate = go.get_future().share();
  std::atomic<int> begun{0}, done{0};
  const auto work = [&, gate] {
    ++begun;
    gate.wait();
    ++done;
  };
  {
    thread_pool pool(2, 3);
    for (int i = 0; i < 2; ++i)
      EXPECT_TRUE(pool.enqueue(work));
    EXPECT_TRUE(eventually([&] { return begun == 2; }));
    for (int i = 0; i < 3; ++i)
      EXPECT_TRUE(pool.enqueue(work));
    EXPECT_EQ(pool.enqueue(work).error(), error_code::would_block);
    go.set_value();
  } // finishes what is queued
  EXPECT_EQ(done, 5);
}

TEST(ThreadPool, TakesMoveOnlyWork) {
  std::promise<int> answer;
  auto future = answer.get_future();
  thread_pool pool(1, 1);
  EXPECT_TRUE(pool.enqueue([answer = std::move(answer)]() mutable { answer.set_value(7); }));
  EXPECT_EQ(future.get(), 7);
  EXPECT_THROW(thread_pool(0, 1), std::invalid_argument);
}

TEST(ThreadPool, WithoutAQueueTakesWhatAThreadIsFreeFor) {
  std::atomic<int> done{0};
  thread_pool pool(1, 0);
  EXPECT_TRUE(eventually([&] { return static_cast<bool>(pool.enqueue([&] { ++done; })); }));
  EXPECT_TRUE(eventually([&] { return done == 1; }));
}

TEST(BufferPool, GivesTheSameMemoryAgain) {
  buffer_pool pool(1);
  const std::uint8_t *first = nullptr;
  {
    const pooled_buffer buffer = pool.acquire(1000);
    first = buffer->data();
    EXPECT_EQ(buffer->size(), 1000u);
  }
  pooled_buffer again = pool.acquire(10);
  EXPECT_EQ(again->data(), first);
  EXPECT_EQ(again->size(), 10u);
  pooled_buffer second = pool.acquire(1000);
  EXPECT_NE(second->data(), first);
  const std::uint8_t *const kept = second->data();
  again = std::move(second); // what it held before goes back
  EXPECT_EQ(again->data(), kept);
  const payload taken = std::move(*again);
  EXPECT_EQ(taken.data(), kept);
  EXPECT_EQ(pool.acquire(1)->data(), first);
}

TEST(Database, AnswersAfterARoundTrip) {
  database slow(20ms);
  const auto begin = std::chrono::steady_clock::now();
  const auto rows = slow.query(payload{'q'});
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 20ms);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows.bytes(), payload{'q'});
}

TEST(CpuCount, ReadsAQuota) {
  EXPECT_EQ(cpus_of_quota("max 100000\n"), 0u);
  EXPECT_EQ(cpus_of_quota("-1\n 100000\n"), 0u);
  EXPECT_EQ(cpus_of_quota(""), 0u);
  EXPECT_EQ(cpus_of_quota("50000 100000"), 1u);
  EXPECT_EQ(cpus_of_quota("100000 100000"), 1u);
  EXPECT_EQ(cpus_of_quota("150000 100000"), 2u);
  EXPECT_GE(usable_cpus(), 1u);
}

std::string error_of(const std::string &text) {
  try {
    parse_configuration(text, "f.json", {{"server", server_keys()}});
  } catch (const configuration_error &error) {
    return error.what();
  }
  return "none";
}

TEST(Configuration, SaysWhereAMistakeIs) {
  EXPECT_EQ(error_of("{\n  \"server\": {\"tcp_nodelay\": 1}\n}"),
            "f.json:2:29: 'tcp_nodelay' must be a boolean");
  EXPECT_EQ(error_of("{\n  \"server\": {\n    \"thread_count\": 0\n  }\n}"),
            "f.json:3:21: 'thread_count' must be 1 to 10000, not 0");
  EXPECT_EQ(error_of(R"({"server": {"send_buffer_size": "8 KB"}})").substr(0, 50),
            "f.json:1:33: 'send_buffer_size' must be an integer");
  EXPECT_EQ(error_of(R"({"server": {"send_buffer_size": 1.5}})").substr(0, 50),
            "f.json:1:33: 'send_buffer_size' must be an integer");
  EXPECT_EQ(error_of("{\n\"sever\": {}}"), "f.json:2:1: unknown key 'sever'");
  EXPECT_EQ(error_of(R"({"server": {"recieve_buffer_size": 1}})").substr(0, 58),
            "f.json:1:13: unknown key 'recieve_buffer_size' in 'server'");
  EXPECT_EQ(error_of(R"({"server": []})"), "f.json:1:12: 'server' must be an object");
  EXPECT_EQ(error_of("[]").substr(0, 12), "f.json:1:1: ");
  EXPECT_EQ(error_of("{").substr(0, 9), "f.json:1:");
  EXPECT_EQ(error_of(R"({"server": {"io_threads": 1, "io_threads": 2}})").substr(0, 9),
            "f.json:1:");
}

TEST(Configuration, NamesAFileThatIsNotThere) {
  EXPECT_THROW(read_configuration("/no/such/file.json", {}), configuration_error);
}

TEST(Configuration, ReachesTheServer) {
  messaging_server server("s");
  const auto groups = parse_configuration(
      R"({"description": "d", "server": {"io_threads": 3, "thread_count": 3, "tcp_nodelay": true}})",
      "f", {{"server", server_keys()}});
  configure(server, groups.at("server"));
  EXPECT_TRUE(server.start(0)); // 3 loops need 3 threads: both have arrived
  messaging_server other("s");
  configure(other, {{"io_threads", 3}, {"thread_count", 2}});
  EXPECT_THROW((void)other.start(0), std::logic_error);
}

} // namespace
