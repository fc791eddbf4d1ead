//===- ServerTest.cpp - the server against peers of all kinds ---*- C++ -*-===//
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
#include <random>

using namespace messaging;
using namespace std::chrono_literals;

namespace {

/// An echo server that counts; closes a session that does not take its answers.
struct echo {
  messaging_server server{"echo"};
  std::atomic<int> connected{0}, disconnected{0}, messages{0}, refused{0};
  std::mutex mutex;
  std::vector<error_code> errors;

  echo() {
    server.set_thread_count(2);
    server.set_connect_handler([this](session_id) { ++connected; });
    server.set_disconnect_handler([this](session_id) { ++disconnected; });
    server.set_error_handler([this](session_id, error_code error) {
      const std::lock_guard lock(mutex);
      errors.push_back(error);
    });
    server.set_message_handler([this](session_id id, payload data) {
      ++messages;
      if (server.send(id, std::move(data)))
        return;
      ++refused;
      server.close(id);
    });
  }
  ~echo() { stop(); }
  void start() { ASSERT_TRUE(server.start(0)); }
  void stop() {
    server.stop();
    server.wait();
    EXPECT_EQ(connected, disconnected);
  }
  std::vector<error_code> seen() {
    const std::lock_guard lock(mutex);
    return errors;
  }
};

bool round_trip(const raw_peer &peer, std::string_view message) {
  peer.send_all(framed(message));
  return peer.receive(message.size() + 4) == framed(message);
}

TEST(Server, EchoesOneByteAtATime) {
  echo e;
  e.start();
  const raw_peer peer(e.server.port());
  const std::string all = framed("hello") + framed("") + framed("world");
  for (const char byte : all)
    peer.send_all({&byte, 1});
  EXPECT_EQ(peer.receive(all.size()), all);
}

TEST(Server, KeepsTheOrderOfManyMessagesWithTinyBuffers) {
  echo e;
  e.server.set_receive_buffer_size(7);
  e.server.set_send_buffer_size(1);
  e.server.set_max_pending_messages(100000);
  e.server.set_io_threads(2);
  e.start();
  const raw_peer peer(e.server.port());
  std::string all;
  for (int i = 0; i < 2000; ++i)
    all += framed(std::to_string(i) + std::string(static_cast<std::size_t>(i) % 50, 'x'));
  std::thread sender([&] { peer.send_all(all); });
  const std::string answers = peer.receive(all.size());
  sender.join();
  EXPECT_EQ(answers, all);
}

TEST(Server, ClosesOnAnOversizeLength) {
  echo e;
  e.server.set_max_message_size(1000);
  e.start();
  const raw_peer peer(e.server.port()), other(e.server.port());
  peer.send_all(std::string("\x05\xf5\xe1\x00", 4)); // 100 MB
  EXPECT_TRUE(peer.is_closed_by_peer());
  EXPECT_TRUE(eventually([&] { return e.disconnected == 1; }));
  EXPECT_EQ(e.seen(), std::vector{error_code::too_large});
  EXPECT_TRUE(round_trip(other, std::string(1000, 'x')));
}

TEST(Server, SurvivesRandomBytes) {
  echo e;
  e.start();
  std::mt19937 random(7);
  for (int i = 0; i < 50; ++i) {
    const raw_peer peer(e.server.port());
    std::string noise(random() % 3000, '\0');
    for (char &byte : noise)
      byte = static_cast<char>(random());
    try {
      peer.send_all(noise);
    } catch (const std::runtime_error &) { // closed on an impossible length already
    }
    if (i % 2)
      peer.reset_at_close();
  }
  EXPECT_TRUE(eventually([&] { return e.disconnected == 50; }));
  EXPECT_TRUE(round_trip(raw_peer(e.server.port()), "still here"));
}

TEST(Server, AnswersAPeerThatHasEndedItsDirection) {
  echo e;
  e.start();
  const raw_peer peer(e.server.port());
  peer.send_all(framed("last") + framed("words"));
  peer.end_sending();
  EXPECT_EQ(peer.receive(100), framed("last") + framed("words"));
  EXPECT_TRUE(eventually([&] { return e.disconnected == 1; }));
  EXPECT_TRUE(e.seen().empty());
}

TEST(Server, ReportsAnEndInMidMessage) {
  echo e;
  e.start();
  {
    const raw_peer peer(e.server.port());
    peer.send_all(framed("whole") + framed("half").substr(0, 6));
    EXPECT_EQ(peer.receive(9), framed("whole"));
  }
  EXPECT_TRUE(eventually([&] { return e.disconnected == 1; }));
  EXPECT_EQ(e.seen(), std::vector{error_code::failed});
}

TEST(Server, BoundsWhatAPeerThatNeverReadsCosts) {
  echo e;
  e.server.set_max_pending_messages(10);
  e.start();
  const raw_peer peer(e.server.port(), 4096);
  const std::string message = framed(std::string(60000, 'x'));
  try {
    for (int i = 0; i < 2000; ++i)
      peer.send_all(message);
    ADD_FAILURE() << "120 MB were taken from a peer that reads nothing";
  } catch (const std::runtime_error &) {
  }
  EXPECT_TRUE(eventually([&] { return e.disconnected == 1; }));
  EXPECT_GE(e.refused, 1);
}

TEST(Server, ClosesSilentSessionsAndKeepsBusyOnes) {
  echo e;
  e.server.set_connection_timeout(100ms);
  e.server.set_keep_alive_timeout(300ms);
  e.start();
  const raw_peer silent(e.server.port()), once(e.server.port()), busy(e.server.port());
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(round_trip(once, "one"));
  EXPECT_TRUE(round_trip(busy, "first"));
  EXPECT_TRUE(silent.is_closed_by_peer());
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(round_trip(busy, "again"));
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_TRUE(once.is_closed_by_peer());
  EXPECT_TRUE(round_trip(busy, "still"));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 300ms);
  EXPECT_EQ(e.seen(), (std::vector{error_code::timed_out, error_code::timed_out}));
}

TEST(Server, ClosesConnectionsBeyondTheLimit) {
  echo e;
  e.server.set_max_connections(2);
  e.start();
  const raw_peer first(e.server.port());
  auto second = std::make_unique<raw_peer>(e.server.port());
  EXPECT_TRUE(round_trip(first, "1"));
  EXPECT_TRUE(round_trip(*second, "2"));
  EXPECT_TRUE(raw_peer(e.server.port()).is_closed_by_peer());
  second.reset();
  EXPECT_TRUE(eventually([&] { return e.disconnected == 1; }));
  EXPECT_TRUE(round_trip(raw_peer(e.server.port()), "3"));
}

TEST(Server, PausesAndResumesOneSession) {
  echo e;
  std::atomic<std::uint64_t> paused{0};
  e.server.set_message_handler([&](session_id id, const payload &) {
    ++e.messages;
    paused = static_cast<std::uint64_t>(id);
    e.server.pause_receive(id);
  });
  e.start();
  const raw_peer peer(e.server.port());
  peer.send_all(framed("a") + framed("b") + framed("c")); // all in one read
  EXPECT_TRUE(eventually([&] { return e.messages == 1; }));
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(e.messages, 1);
  e.server.resume_receive(session_id{paused.load()});
  EXPECT_TRUE(eventually([&] { return e.messages == 2; }));
  e.server.resume_receive(session_id{12345}); // unknown: ignored
}

TEST(Server, StopsInMidStreamAndSendsWhatItAccepted) {
  for (int round = 0; round < 5; ++round) {
    echo e;
    e.server.set_max_pending_messages(1000000);
    e.server.set_max_pending_bytes(100000000);
    e.start();
    const raw_peer peer(e.server.port());
    std::atomic<bool> enough{false};
    std::thread sender([&] {
      try {
        while (!enough)
          peer.send_all(framed(std::string(100, 'x')));
      } catch (const std::runtime_error &) {
      }
    });
    std::thread receiver([&] { // whole messages only, as many as the server has accepted
      const std::string answers = peer.receive_all();
      EXPECT_EQ(answers.size(), 104u * static_cast<std::size_t>(e.messages - e.refused));
    });
    std::this_thread::sleep_for(20ms);
    e.server.stop();
    std::this_thread::sleep_for(50ms);
    enough = true;
    sender.join();
    peer.end_sending();
    receiver.join();
    e.stop();
  }
}

TEST(Server, SaysThatThePortIsTaken) {
  echo first, second;
  first.start();
  EXPECT_EQ(second.server.start(first.server.port()).error(), error_code::refused);
}

TEST(Server, TreatsWrongSettingsAsMistakes) {
  echo e;
  EXPECT_THROW(e.server.set_receive_buffer_size(0), std::invalid_argument);
  EXPECT_THROW(e.server.set_thread_count(0), std::invalid_argument);
  EXPECT_THROW(e.server.set_connection_timeout(0ms), std::invalid_argument);
  EXPECT_THROW(e.server.run(), std::logic_error);
  e.server.set_io_threads(3);
  EXPECT_THROW((void)e.server.start(0), std::logic_error); // 2 threads for 3 loops
  e.server.set_io_threads(1);
  e.start();
  EXPECT_THROW(e.server.set_tcp_nodelay(true), std::logic_error);
  EXPECT_THROW((void)e.server.start(0), std::logic_error);
}

TEST(Server, LetsTheCallerServeUntilItIsStopped) {
  echo e;
  e.start();
  std::thread server([&] { e.server.run(); });
  EXPECT_TRUE(round_trip(raw_peer(e.server.port()), "x"));
  e.server.stop();
  server.join();
}

TEST(Server, NeverGivesALateAnswerToTheNextSession) {
  std::atomic<std::uint64_t> gone{0};
  messaging_server server("late");
  server.set_disconnect_handler([&](session_id id) { gone = static_cast<std::uint64_t>(id); });
  ASSERT_TRUE(server.start(0));
  { const raw_peer first(server.port()); }
  EXPECT_TRUE(eventually([&] { return gone != 0; }));
  const raw_peer second(server.port());
  EXPECT_EQ(server.send(session_id{gone.load()}, payload(1)).error(), error_code::closed);
}

} // namespace
