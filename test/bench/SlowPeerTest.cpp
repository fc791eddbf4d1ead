//===- SlowPeerTest.cpp - peers that read late or never ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RawPeer.h"
#include "Waiting.h"

#include "messaging.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <sys/resource.h>

using namespace messaging;
using namespace std::chrono_literals;

namespace {

/// A server that answers each message with many, and counts.
struct flood {
  messaging_server server{"flood"};
  std::atomic<int> disconnected{0}, accepted{0};
  std::atomic<error_code> error{error_code::none};
  bool pause = false;

  explicit flood(int answers, std::size_t size) {
    server.set_max_pending_messages(100000);
    server.set_max_pending_bytes(std::size_t{1} << 30);
    server.set_disconnect_handler([this](session_id) { ++disconnected; });
    server.set_error_handler([this](session_id, error_code e) { error = e; });
    server.set_message_handler([this, answers, size](session_id id, const payload &asked) {
      for (int i = 0; i < answers; ++i)
        accepted += static_cast<bool>(server.send(id, payload(size, asked.at(0))));
      if (pause)
        server.pause_receive(id);
    });
  }
};

std::string answers(int count, std::size_t size, char byte) {
  std::string all;
  for (int i = 0; i < count; ++i)
    all += framed(std::string(size, byte));
  return all;
}

TEST(SlowPeer, GetsAllAfterItHasEndedItsDirection) {
  flood f(400, 50000);
  ASSERT_TRUE(f.server.start(0));
  const raw_peer peer(f.server.port(), 4096);
  peer.send_all(framed("x"));
  peer.end_sending();
  const std::string wanted = answers(400, 50000, 'x');
  std::string got;
  for (int part = 0; part < 6; ++part) { // longer than a server lingers for a peer that stands still
    std::this_thread::sleep_for(500ms);
    got += peer.receive(wanted.size() / 6);
  }
  got += peer.receive_all();
  EXPECT_TRUE(got == wanted) << got.size() << " of " << wanted.size();
  EXPECT_TRUE(eventually([&] { return f.disconnected == 1; }));
  EXPECT_EQ(f.error, error_code::none);
}

TEST(SlowPeer, IsReportedWhenItNeverTakesItsLastWords) {
  flood f(400, 50000);
  ASSERT_TRUE(f.server.start(0));
  const raw_peer peer(f.server.port(), 4096);
  peer.send_all(framed("x"));
  EXPECT_TRUE(eventually([&] { return f.accepted == 400; }));
  f.server.stop();
  f.server.wait();
  EXPECT_EQ(f.disconnected, 1);
  EXPECT_EQ(f.error, error_code::timed_out); // not dropped in silence
}

TEST(SlowPeer, IsClosedAlthoughTheServerHasPausedIt) {
  flood f(400, 50000);
  f.pause = true;
  f.server.set_keep_alive_timeout(300ms);
  ASSERT_TRUE(f.server.start(0));
  const raw_peer peer(f.server.port(), 4096);
  peer.send_all(framed("x"));
  EXPECT_TRUE(eventually([&] { return f.disconnected == 1; }));
  EXPECT_EQ(f.error, error_code::timed_out);
}

TEST(SlowPeer, IsKeptWhileItIsPausedAndOwedNothing) {
  flood f(1, 10);
  f.pause = true;
  f.server.set_keep_alive_timeout(50ms);
  ASSERT_TRUE(f.server.start(0));
  const raw_peer peer(f.server.port());
  peer.send_all(framed("x"));
  EXPECT_EQ(peer.receive(14), answers(1, 10, 'x'));
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(f.disconnected, 0);
}

/// The kernel may send from the buffers long after the server has handed them
/// over: they must not be reused before.
TEST(SlowPeer, GetsWhatWasSentWithoutACopy) {
  flood f(20, 60000);
  f.server.enable_zero_copy(true);
  f.server.set_send_buffer_size(10 << 20);
  ASSERT_TRUE(f.server.start(0));
  const raw_peer peer(f.server.port(), 65536);
  peer.send_all(framed("x"));
  peer.end_sending();
  EXPECT_TRUE(eventually([&] { return f.accepted == 20; }));
  std::this_thread::sleep_for(100ms);
  const raw_peer other(f.server.port()); // takes the memory, if it is free
  other.send_all(framed("y"));
  EXPECT_TRUE(other.receive(20 * 60004) == answers(20, 60000, 'y'));
  EXPECT_EQ(f.disconnected, 0);
  EXPECT_TRUE(peer.receive_all() == answers(20, 60000, 'x'));
  EXPECT_TRUE(eventually([&] { return f.disconnected == 1; }));
}

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

TEST(Descriptors, WhenTheyRunOutTheServerWaitsWithoutSpinning) {
  flood f(1, 10);
  ASSERT_TRUE(f.server.start(0));
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  std::vector<std::unique_ptr<raw_peer>> peers;
  peers.push_back(std::make_unique<raw_peer>(f.server.port()));
  peers[0]->send_all(framed("x"));
  EXPECT_EQ(peers[0]->receive(14), answers(1, 10, 'x'));
  const int next = dup(0); // the lowest that is free
  close(next);
  // Descriptors for one peer of ours, and none for the server's end of it.
  const rlimit few{static_cast<rlim_t>(next) + 1, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  peers.push_back(std::make_unique<raw_peer>(f.server.port()));
  peers[1]->send_all(framed("y"));
  const double begin = processor_seconds();
  std::this_thread::sleep_for(1s);
  EXPECT_LT(processor_seconds() - begin, 0.5);
  peers[0]->send_all(framed("z")); // the others are served
  EXPECT_EQ(peers[0]->receive(14), answers(1, 10, 'z'));
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(peers[1]->receive(14), answers(1, 10, 'y'));
}

} // namespace
