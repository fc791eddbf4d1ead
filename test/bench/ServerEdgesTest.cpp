//===- ServerEdgesTest.cpp - shortage, stop, and peers that wait -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RawPeer.h"
#include "Waiting.h"

#include "messaging.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>

#include <atomic>
#include <thread>

using namespace messaging;
using namespace std::chrono_literals;

namespace {

void echo_on(messaging_server &server) {
  server.set_message_handler([&](session_id id, payload data) {
    if (!server.send(id, std::move(data)))
      server.close(id);
  });
}

/// This process may open so many more descriptors.
class descriptor_limit {
public:
  explicit descriptor_limit(rlim_t more) {
    getrlimit(RLIMIT_NOFILE, &before);
    const int lowest_free = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(lowest_free);
    rlimit low = before;
    low.rlim_cur = static_cast<rlim_t>(lowest_free) + more;
    setrlimit(RLIMIT_NOFILE, &low);
  }
  ~descriptor_limit() { setrlimit(RLIMIT_NOFILE, &before); }
  descriptor_limit(const descriptor_limit &) = delete;
  descriptor_limit &operator=(const descriptor_limit &) = delete;

private:
  rlimit before{};
};

TEST(ServerEdges, OutOfDescriptorsItStops) {
  messaging_server server("short");
  echo_on(server);
  ASSERT_TRUE(server.start(0));
  const descriptor_limit one(1);
  const raw_peer peer(server.port());
  std::this_thread::sleep_for(150ms);
  server.stop();
  server.wait();
}

TEST(ServerEdges, EachDisconnectHasItsConnectWhenItStopsWhilePeersComeAndGo) {
  for (int round = 0; round < 100; ++round) {
    std::atomic<int> connected{0}, disconnected{0};
    messaging_server server("stopping");
    server.set_thread_count(3);
    server.set_io_threads(3);
    server.set_connect_handler([&](session_id) { ++connected; });
    server.set_disconnect_handler([&](session_id) { ++disconnected; });
    ASSERT_TRUE(server.start(0));
    std::thread peers([&] {
      try {
        for (int i = 0; i < 200; ++i)
          raw_peer(server.port()).reset_at_close();
      } catch (const std::runtime_error &) { // it has stopped
      }
    });
    eventually([&] { return connected > round % 20; });
    server.stop();
    peers.join();
    server.wait();
    ASSERT_EQ(connected, disconnected) << "round " << round;
  }
}

// The kernel still reads the memory of what it has not sent, and that memory is
// free to be used again: better a reset than other data in its place.
TEST(ServerEdges, WhatWasSentWithoutCopyingIsNotSentAfterTheClose) {
  std::atomic<bool> closed{false};
  messaging_server server("zero copy");
  server.enable_zero_copy(true);
  server.set_max_message_size(8 << 20);
  server.set_message_handler([&](session_id id, const payload &) {
    EXPECT_TRUE(server.send(id, payload(8 << 20, 'x')));
    server.close(id);
  });
  server.set_disconnect_handler([&](session_id) { closed = true; });
  ASSERT_TRUE(server.start(0));
  const raw_peer peer(server.port(), 4096);
  peer.send_all(framed("all of it"));
  EXPECT_TRUE(eventually([&] { return closed.load(); }));
  EXPECT_TRUE(peer.ends_with_reset());
}

TEST(ServerEdges, AHalfClosedPeerGetsAllThatIsSentWithoutCopying) {
  std::atomic<int> closed{0};
  std::atomic<error_code> why{error_code::none};
  messaging_server server("zero copy");
  server.enable_zero_copy(true);
  server.set_max_pending_bytes(16 << 20);
  echo_on(server);
  server.set_error_handler([&](session_id, error_code error) { why = error; });
  server.set_disconnect_handler([&](session_id) { ++closed; });
  ASSERT_TRUE(server.start(0));
  std::string all;
  for (int i = 0; i < 30; ++i)
    all += framed(std::string(100000, static_cast<char>('a' + i % 26)));
  for (int round = 1; round <= 20; ++round) {
    const raw_peer peer(server.port());
    std::thread sender([&] {
      peer.send_all(all);
      peer.end_sending();
    });
    EXPECT_EQ(peer.receive_all(), all);
    sender.join();
    EXPECT_TRUE(eventually([&] { return closed == round; }));
  }
  EXPECT_EQ(why.load(), error_code::none);
}

TEST(ServerEdgesDeathTest, AnExceptionThatLeavesAHandlerEndsTheProgram) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        messaging_server server("throwing");
        server.set_message_handler(
            [](session_id, const payload &) { throw std::runtime_error("by a handler"); });
        if (!server.start(0))
          std::_Exit(3);
        std::thread peer([&] { raw_peer(server.port()).send_all(framed("x")); });
        try {
          server.run();
        } catch (const std::runtime_error &) {
          std::_Exit(4); // as if it could go on: its session would be dead for ever
        }
      },
      "by a handler");
}

} // namespace
