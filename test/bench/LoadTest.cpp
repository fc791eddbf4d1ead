//===- LoadTest.cpp - histogram, schedule, requests and answers -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "load/descriptors.h"
#include "load/histogram.h"
#include "load/protocol.h"
#include "load/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string_view>

using namespace load;

namespace {

//===--- Histogram --------------------------------------------------------===//

TEST(Histogram, IsWithinItsErrorAtAllMagnitudes) {
  std::mt19937_64 random(3);
  std::vector<std::uint64_t> values;
  histogram h;
  for (int i = 0; i < 50000; ++i) {
    const double exponent = std::uniform_real_distribution<double>(0, 41)(random);
    values.push_back(static_cast<std::uint64_t>(std::exp2(exponent)));
    h.record(values.back());
  }
  std::sort(values.begin(), values.end());
  for (const double share : {0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * 50000));
    const std::uint64_t exact = values[rank == 0 ? 0 : rank - 1], said = h.percentile(share);
    EXPECT_GE(said, exact) << share;
    EXPECT_LE(static_cast<double>(said), static_cast<double>(exact) * (1 + 1.0 / 128)) << share;
  }
  EXPECT_EQ(h.min(), values.front());
  EXPECT_EQ(h.max(), values.back());
}

TEST(Histogram, IsExactForSmallValuesAndAtTheEdgesOfBuckets) {
  for (const std::uint64_t value :
       {0ull, 1ull, 127ull, 128ull, 255ull, 256ull, 257ull, (1ull << 42) - 1}) {
    histogram h;
    h.record(value);
    EXPECT_EQ(h.percentile(0.5), value);
    h.record(0);
    h.record(histogram::largest);
    EXPECT_GE(h.percentile(0.5), value);
    EXPECT_LE(h.percentile(0.5), value + value / 128);
  }
}

TEST(Histogram, CountsWhatIsTooLargeAsTheLargest) {
  histogram h;
  h.record(~std::uint64_t{0});
  EXPECT_EQ(h.max(), histogram::largest);
  EXPECT_EQ(h.count(), 1u);
}

TEST(Histogram, MergesAndListsItsBuckets) {
  histogram a, b, both;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    (i % 3 ? a : b).record(i * i);
    both.record(i * i);
  }
  a.merge(b);
  EXPECT_EQ(a.buckets(), both.buckets());
  EXPECT_EQ(a.min(), 0u);
  EXPECT_EQ(a.max(), 999u * 999);
  EXPECT_DOUBLE_EQ(a.mean(), both.mean());
  std::uint64_t total = 0;
  for (const auto &[value, count] : a.buckets())
    total += count;
  EXPECT_EQ(total, 1000u);
  EXPECT_EQ(histogram().percentile(0.5), 0u);
}

//===--- Schedule ---------------------------------------------------------===//

double mean_gap_us(arrivals kind, double rate, double &deviation) {
  const schedule::clock::time_point start{};
  schedule times(kind, rate, start);
  constexpr int count = 20000;
  double last = 0, sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    times.advance();
    const double at = std::chrono::duration<double, std::micro>(times.due() - start).count();
    sum += at - last;
    squares += (at - last) * (at - last);
    last = at;
  }
  deviation = std::sqrt(squares / count - sum / count * (sum / count));
  return sum / count;
}

TEST(Schedule, KeepsTheRate) {
  double deviation = 0;
  EXPECT_NEAR(mean_gap_us(arrivals::fixed, 1000, deviation), 1000, 0.01);
  EXPECT_NEAR(deviation, 0, 1);
  EXPECT_NEAR(mean_gap_us(arrivals::poisson, 1000, deviation), 1000, 25); // 3.5 standard errors
  EXPECT_NEAR(deviation, 1000, 50);                                       // exponential gaps
}

//===--- Protocols --------------------------------------------------------===//

std::vector<std::uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

/// Reads a stream in pieces of one size; -1 answers: refused.
int answers_in(answer_reader &reader, std::span<const std::uint8_t> stream, std::size_t piece,
               std::vector<answer> &found) {
  for (; !stream.empty(); stream = stream.subspan(std::min(piece, stream.size())))
    if (!reader.read(stream.first(std::min(piece, stream.size())), found))
      return -1;
  return static_cast<int>(found.size());
}

TEST(Protocol, RecognizesItsOwnRequestsSentBack) {
  for (const mode kind : {mode::messaging, mode::echo}) {
    for (const std::size_t payload : {std::size_t{9}, std::size_t{64}, std::size_t{5000}}) {
      const request_form form{kind, payload, "", "/", 1};
      std::vector<std::uint8_t> stream;
      for (const std::uint64_t number : {7ull, 8ull, 1ull << 40})
        append_request(form, number, stream);
      for (const std::size_t piece : {std::size_t{1}, std::size_t{13}, stream.size()}) {
        std::vector<answer> found;
        EXPECT_EQ(answers_in(*make_answer_reader(form), stream, piece, found), 3);
        EXPECT_EQ(found[0].number, 7u);
        EXPECT_EQ(found[2].number, 1ull << 40);
      }
    }
  }
}

TEST(Protocol, RefusesWhatIsShiftedOrChanged) {
  for (const mode kind : {mode::messaging, mode::echo}) {
    const request_form form{kind, 64, "", "/", 0};
    std::vector<std::uint8_t> stream, changed;
    append_request(form, 1, stream);
    append_request(form, 2, stream);
    changed = stream;
    changed[60] ^= 1;
    stream.erase(stream.begin() + 20);
    std::vector<answer> found;
    EXPECT_EQ(answers_in(*make_answer_reader(form), stream, 1000, found), -1);
    EXPECT_EQ(answers_in(*make_answer_reader(form), changed, 1000, found), -1);
  }
}

std::vector<answer> http(std::string_view text, int expected) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, text.size()}) {
    std::vector<answer> found;
    EXPECT_EQ(answers_in(*make_answer_reader({mode::http}), bytes(text), piece, found), expected)
        << text;
    if (piece == text.size())
      return found;
  }
  return {};
}

TEST(Protocol, ReadsHttpAnswers) {
  http("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 204 No Content\r\n\r\n", 2);
  http("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
       "chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
       1);
  http("HTTP/1.1 200 OK\ncontent-length:0\n\n", 1);
  http("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 1);
  EXPECT_TRUE(http("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", 1)[0].error);
  EXPECT_TRUE(http("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 1)[0].last);
  EXPECT_TRUE(http("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 1)[0].last);
  EXPECT_FALSE(
      http("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", 1)[0].last);
}

TEST(Protocol, RefusesWhatIsNotHttp) {
  http("SSH-2.0-OpenSSH_9.2\r\n", -1);
  http("HTTP/1.1 abc\r\n\r\n", -1);
  http("HTTP/1.1 200 OK\r\n\r\n", -1); // no length
  http("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", -1);
  http("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", -1);
  http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", -1);
  http(std::string(70000, 'x'), -1);
}

TEST(Descriptors, NamesTheCommandThatRaisesTheLimit) {
  EXPECT_EQ(allow_descriptors(1), std::nullopt);
  const auto missing = allow_descriptors(2000000000);
  ASSERT_TRUE(missing);
  EXPECT_NE(missing->find("prlimit --pid $$ --nofile=2000000064:2000000064"), std::string::npos)
      << *missing;
}

} // namespace
