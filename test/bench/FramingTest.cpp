//===- FramingTest.cpp - messages out of streams, and into writes -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RawPeer.h"

#include "frame_reader.h"
#include "send_queue.h"
#include "write_batch.h"

#include <gtest/gtest.h>

#include <random>

using namespace messaging;
using namespace messaging::detail;

namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

payload payload_of(std::string_view text) { return {text.begin(), text.end()}; }

/// The messages that a reader finds in the pieces of a stream.
struct found {
  std::vector<std::string> messages;
  bool too_large = false, inside = false;
};

found read_pieces(std::string_view stream, std::size_t max,
                  const std::function<std::size_t()> &size) {
  frame_reader reader(max);
  found all;
  while (!stream.empty() && !all.too_large) {
    const std::string_view piece = stream.substr(0, size());
    stream.remove_prefix(piece.size());
    auto input = bytes_of(piece);
    for (payload message;;) {
      const auto outcome = reader.next(input, message);
      all.too_large = outcome == frame_reader::outcome::too_large;
      if (outcome != frame_reader::outcome::message)
        break;
      all.messages.emplace_back(message.begin(), message.end());
    }
  }
  all.inside = reader.inside_message();
  return all;
}

TEST(FrameReader, FindsTheSameMessagesHoweverTheBytesArrive) {
  std::mt19937 random(1);
  std::string stream;
  std::vector<std::string> sent;
  for (int i = 0; i < 200; ++i) {
    sent.emplace_back(random() % (i % 20 == 0 ? 100000 : 300), static_cast<char>('a' + i % 26));
    stream += framed(sent.back());
  }
  EXPECT_EQ(read_pieces(stream, 100000, [] { return 1; }).messages, sent);
  EXPECT_EQ(read_pieces(stream, 100000, [&] { return stream.size(); }).messages, sent);
  EXPECT_EQ(read_pieces(stream, 100000, [&] { return 1 + random() % 5000; }).messages, sent);
}

TEST(FrameReader, TakesEmptyMessagesAndThoseOfTheLimit) {
  const std::string stream = framed("") + framed("12345") + framed("");
  EXPECT_EQ(read_pieces(stream, 5, [] { return 3; }).messages,
            (std::vector<std::string>{"", "12345", ""}));
}

TEST(FrameReader, RefusesByTheLengthAlone) {
  const found all = read_pieces(framed("ok") + framed("123456").substr(0, 4), 5, [] { return 1; });
  EXPECT_EQ(all.messages, std::vector<std::string>{"ok"});
  EXPECT_TRUE(all.too_large);
}

TEST(FrameReader, KnowsWhetherAMessageHasBegun) {
  EXPECT_FALSE(read_pieces(framed("ab"), 5, [] { return 9; }).inside);
  EXPECT_TRUE(read_pieces(framed("ab") + std::string(1, '\0'), 5, [] { return 9; }).inside);
  EXPECT_TRUE(read_pieces(framed("ab").substr(0, 5), 5, [] { return 9; }).inside);
}

TEST(FrameReader, DoesNotAllocateWhatIsOnlyAnnounced) {
  frame_reader reader(1 << 30);
  const std::string start = std::string("\x3f\xff\xff\xff", 4) + "x";
  auto input = bytes_of(start);
  payload message;
  // A GiB is announced: with the sanitizers' limits, and under ulimit -v, it would fail.
  EXPECT_EQ(reader.next(input, message), frame_reader::outcome::need_more);
  EXPECT_TRUE(input.empty());
}

TEST(WriteBatch, LaysOutSmallAndLargeMessagesInOrder) {
  const std::vector<std::string> sent = {
      "a", "", std::string(1024, 'b'), std::string(1025, 'c'), std::string(70000, 'd'), "e"};
  write_batch batch;
  for (int round = 0; round < 2; ++round) { // the second one in used memory
    std::string expected, laid_out;
    for (const std::string &message : sent) {
      batch.messages.push_back(payload_of(message));
      expected += framed(message);
    }
    batch.gather();
    for (const asio::const_buffer &piece : batch.buffers())
      laid_out.append(static_cast<const char *>(piece.data()), piece.size());
    EXPECT_EQ(laid_out, expected);
    EXPECT_EQ(batch.buffers().size(),
              5u); // small ones together, two large, each with what is before
    EXPECT_EQ(batch.payload_bytes(), 1u + 1024 + 1025 + 70000 + 1);
    EXPECT_EQ(batch.largest(), 70000u);
    batch.clear();
  }
}

connection_settings limits(std::size_t messages, std::size_t bytes) {
  connection_settings settings;
  settings.max_pending_messages = messages;
  settings.max_pending_bytes = bytes;
  settings.send_buffer_size = 20;
  return settings;
}

error_code push(send_queue &queue, std::size_t size) {
  return queue.push(payload(size)).accepted.error();
}

TEST(SendQueue, IsBoundedByMessagesAndByBytes) {
  send_queue by_count(limits(2, 1000)), by_bytes(limits(100, 30));
  EXPECT_EQ(push(by_count, 1), error_code::none);
  EXPECT_EQ(push(by_count, 1), error_code::none);
  EXPECT_EQ(push(by_count, 1), error_code::would_block);
  EXPECT_EQ(push(by_bytes, 10), error_code::none);
  EXPECT_EQ(push(by_bytes, 21), error_code::would_block);
  EXPECT_EQ(push(by_bytes, 20), error_code::none);
}

TEST(SendQueue, TakesAnyMessageWhenEmptyAndRefusesTooLargeOnes) {
  send_queue queue(limits(2, 30));
  EXPECT_EQ(push(queue, 1048577), error_code::too_large);
  EXPECT_EQ(push(queue, 1048576), error_code::none);
  EXPECT_EQ(push(queue, 0), error_code::would_block);
}

TEST(SendQueue, LeavesARefusedMessageUnchanged) {
  send_queue queue(limits(1, 1000));
  EXPECT_EQ(push(queue, 1), error_code::none);
  payload message(5, 'x');
  EXPECT_FALSE(queue.push(std::move(message)).accepted);
  EXPECT_EQ(message, payload(5, 'x'));
}

TEST(SendQueue, GivesBatchesOfAboutTheBufferSize) {
  send_queue queue(limits(100, 1000));
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(queue.push(payload(6)).first, i == 0);
  EXPECT_EQ(push(queue, 50), error_code::none);
  std::vector<std::size_t> sizes;
  for (std::vector<payload> batch;; batch.clear()) {
    queue.pop_batch(batch);
    if (batch.empty())
      break;
    sizes.push_back(batch.size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2, 1, 1})); // 10 bytes each on the wire, then 54
  EXPECT_TRUE(queue.push(payload(1)).first);                // the writer had stopped
}

TEST(SendQueue, CountsWhatIsBeingWrittenAndTellsOfRoomOnce) {
  send_queue queue(limits(4, 1000));
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(push(queue, 1), error_code::none);
  std::vector<payload> batch;
  queue.pop_batch(batch);
  EXPECT_EQ(push(queue, 1), error_code::would_block);
  EXPECT_FALSE(queue.ask_for_room());
  EXPECT_FALSE(queue.written(1, 1)); // three of four: not yet
  EXPECT_TRUE(queue.written(1, 1));
  EXPECT_FALSE(queue.written(1, 1)); // nobody was refused since
  EXPECT_TRUE(queue.ask_for_room());
}

TEST(SendQueue, AcceptsNothingOnceClosed) {
  send_queue queue(limits(4, 1000));
  EXPECT_EQ(push(queue, 1), error_code::none);
  queue.close();
  EXPECT_EQ(push(queue, 1), error_code::closed);
  EXPECT_FALSE(queue.empty());
  std::vector<payload> batch;
  queue.pop_batch(batch);
  EXPECT_EQ(batch.size(), 1u);
}

// wait_writable() would return at once, send() fail again, and so on.
TEST(SendQueue, HasNoRoomForWhoWasRefusedUntilItIsHalfEmpty) {
  send_queue queue(limits(100, 1000));
  EXPECT_EQ(push(queue, 900), error_code::none);
  EXPECT_EQ(push(queue, 500), error_code::would_block);
  EXPECT_FALSE(queue.ask_for_room());
  EXPECT_TRUE(queue.written(1, 900));
  EXPECT_TRUE(queue.ask_for_room());
}

} // namespace
