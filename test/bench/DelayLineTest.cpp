//===- DelayLineTest.cpp - packets that are under way -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "wan/delay_line.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using wan::delay_line;
using wan::packet;

namespace {

const wan::clock::time_point start = wan::clock::time_point{} + 1h;

wan::path way(std::chrono::nanoseconds delay, double bytes_per_second = 0) {
  wan::path made;
  made.delay = delay;
  made.bytes_per_second = bytes_per_second;
  return made;
}

packet sized(std::size_t bytes, std::uint8_t mark = 0) { return packet(bytes, mark); }

TEST(DelayLine, ArrivesAfterTheDelayAndNotBefore) {
  delay_line line(way(25ms));
  EXPECT_FALSE(line.next());
  ASSERT_TRUE(line.push(sized(100, 7), start));
  EXPECT_EQ(line.next(), start + 25ms);
  EXPECT_FALSE(line.pop(start + 25ms - 1ns));
  EXPECT_EQ(line.pop(start + 25ms), sized(100, 7));
  EXPECT_FALSE(line.pop(start + 1h));
}

TEST(DelayLine, KeepsTheOrder) {
  delay_line line(way(1ms));
  for (std::uint8_t mark = 0; mark < 3; ++mark)
    ASSERT_TRUE(line.push(sized(10, mark), start));
  for (std::uint8_t mark = 0; mark < 3; ++mark)
    EXPECT_EQ(line.pop(start + 1ms), sized(10, mark));
}

TEST(DelayLine, LeavesAtTheRate) {
  delay_line line(way(10ms, 1e6)); // 1000 bytes: 1 ms
  ASSERT_TRUE(line.push(sized(1000), start));
  ASSERT_TRUE(line.push(sized(1000), start));
  EXPECT_EQ(line.next(), start + 11ms);
  EXPECT_TRUE(line.pop(start + 11ms));
  EXPECT_EQ(line.next(), start + 12ms);
  // What comes later does not profit from time in which nothing waited.
  EXPECT_TRUE(line.pop(start + 12ms));
  ASSERT_TRUE(line.push(sized(1000), start + 1s));
  EXPECT_EQ(line.next(), start + 1s + 11ms);
}

TEST(DelayLine, ItsQueueIsBounded) {
  wan::path narrow = way(0ms, 1e6);
  narrow.queue_bytes = 3000;
  delay_line line(narrow);
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(line.push(sized(1000), start)) << i;
  EXPECT_FALSE(line.push(sized(1000), start));
  EXPECT_TRUE(line.push(sized(1000), start + 1ms)); // one has left
  EXPECT_FALSE(line.push(sized(1000), start + 1ms));
}

TEST(DelayLine, WhatTravelsIsNotInTheQueue) {
  wan::path far = way(1s, 1e6);
  far.queue_bytes = 2000;
  delay_line line(far);
  for (int i = 0; i < 100; ++i)
    EXPECT_TRUE(line.push(sized(1000), start + i * 1ms)) << i;
}

TEST(DelayLine, DropsEachSoManyth) {
  wan::path lossy = way(0ms);
  lossy.drop_every = 3;
  delay_line line(lossy);
  int arrived = 0;
  for (int i = 0; i < 9; ++i)
    arrived += line.push(sized(10), start);
  EXPECT_EQ(arrived, 6);
}

} // namespace
