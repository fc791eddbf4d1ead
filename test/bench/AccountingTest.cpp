//===- AccountingTest.cpp - no message is lost unseen -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Waiting.h"

#include "messaging.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <thread>

using namespace messaging;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t client_count = 4;

/// All of them together; BENCH_MESSAGES sets another number.
std::uint64_t message_count() {
  const char *given = std::getenv("BENCH_MESSAGES");
  const std::uint64_t wanted = given ? std::strtoull(given, nullptr, 10) : 40000;
  return wanted / client_count * client_count;
}

payload numbered(std::uint64_t number) {
  payload message(sizeof number + number % 200);
  std::memcpy(message.data(), &number, sizeof number);
  return message;
}

std::uint64_t number_of(const payload &message) {
  std::uint64_t number = 0;
  EXPECT_GE(message.size(), sizeof number);
  std::memcpy(&number, message.data(), std::min(sizeof number, message.size()));
  EXPECT_EQ(message.size(), sizeof number + number % 200);
  return number;
}

/// What the server did with the messages that it was given.
struct counts {
  std::atomic<std::uint64_t> received{0}, answered{0}, rejected{0};

  void answer(messaging_server &server, session_id id, payload &&message) {
    ++(server.send(id, std::move(message)) ? answered : rejected);
  }
};

/// A client that sends its numbers in order, and counts what comes back.
class sender {
public:
  sender() {
    client.set_max_pending_messages(64);
    client.set_message_handler([this](const payload &message) {
      const std::uint64_t number = number_of(message);
      ordered = ordered && number > last;
      last = number;
      ++answers;
    });
  }

  void send(std::uint16_t port, std::uint64_t count) {
    ASSERT_TRUE(client.connect("127.0.0.1", port));
    for (std::uint64_t number = 1; number <= count;) {
      const send_result sent = client.send(numbered(number));
      if (sent)
        ++number;
      else
        ASSERT_TRUE(sent.error() == error_code::would_block && client.wait_writable(60s));
    }
  }

  std::atomic<std::uint64_t> answers{0};
  std::atomic<bool> ordered{true};

private:
  std::uint64_t last = 0; ///< the loop's own
  messaging_client client{"sender"};
};

/// All that was sent is received, and answered or rejected; all answers arrive.
void expect_every_message(messaging_server &server, const counts &done, bool in_order) {
  ASSERT_TRUE(server.start(0));
  const std::uint64_t all = message_count();
  std::vector<sender> senders(client_count);
  std::vector<std::thread> threads;
  for (sender &each : senders)
    threads.emplace_back([&] { each.send(server.port(), all / client_count); });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_TRUE(eventually([&] { return done.answered + done.rejected == all; }, 300s));
  EXPECT_EQ(done.received, all);
  const auto arrived = [&] {
    std::uint64_t sum = 0;
    for (const sender &each : senders)
      sum += each.answers;
    return sum;
  };
  EXPECT_TRUE(eventually([&] { return arrived() == done.answered; }, 300s))
      << arrived() << " of " << done.answered;
  for (const sender &each : senders)
    EXPECT_TRUE(each.ordered || !in_order);
  std::cout << all << " messages: " << done.answered << " answered, " << done.rejected
            << " rejected\n";
}

TEST(Accounting, EveryMessageIsAnsweredWhileThereIsRoom) {
  counts done;
  messaging_server server("roomy");
  server.set_thread_count(2);
  server.set_max_pending_messages(message_count());
  server.set_max_pending_bytes(std::size_t{1} << 30);
  server.set_message_handler([&](session_id id, payload message) {
    ++done.received;
    done.answer(server, id, std::move(message));
  });
  expect_every_message(server, done, true);
  EXPECT_EQ(done.rejected, 0u);
}

TEST(Accounting, WhatAFullQueueRefusesIsCounted) {
  counts done;
  messaging_server server("narrow");
  server.set_thread_count(2);
  server.set_io_threads(2);
  server.set_max_pending_messages(3);
  server.set_message_handler([&](session_id id, payload message) {
    ++done.received;
    done.answer(server, id, std::move(message));
  });
  expect_every_message(server, done, true);
  EXPECT_GT(done.rejected, 0u);
  EXPECT_GT(done.answered, 0u);
}

TEST(Accounting, WorkersAnswerOrTheirQueueRefuses) {
  counts done;
  messaging_server server("workers");
  server.set_thread_count(2);
  thread_pool workers(3, 100);
  server.set_message_handler([&](session_id id, payload message) {
    ++done.received;
    const result queued = workers.enqueue([&, id, message = std::move(message)]() mutable {
      done.answer(server, id, std::move(message));
    });
    if (!queued)
      ++done.rejected;
  });
  expect_every_message(server, done, false);
  EXPECT_GT(done.answered, 0u);
  server.stop();
  server.wait(); // before the workers end: handlers use them
}

} // namespace
