//===- stream_fuzzer.cpp - no bytes break the readers of streams -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libFuzzer target. The first byte tells in pieces of which size the rest
// arrives; that must make no difference to what the reference server's frame
// reader and the load's readers of answers find in it.
//
//===----------------------------------------------------------------------===//

#include "frame_reader.h"
#include "load/http_reader.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr std::size_t max_message = 10000;
using bytes = std::span<const std::uint8_t>;

void require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

struct frames {
  std::vector<messaging::payload> messages;
  bool refused = false;
  bool operator==(const frames &) const = default;
};

frames frames_of(bytes stream, std::size_t piece) {
  messaging::detail::frame_reader reader(max_message);
  frames all;
  while (!stream.empty() && !all.refused) {
    bytes input = stream.first(std::min(piece, stream.size()));
    stream = stream.subspan(input.size());
    for (messaging::payload message;;) {
      const auto outcome = reader.next(input, message);
      all.refused = outcome == messaging::detail::frame_reader::outcome::too_large;
      if (outcome != messaging::detail::frame_reader::outcome::message)
        break;
      require(message.size() <= max_message, "a message is within the limit");
      all.messages.push_back(std::move(message));
    }
  }
  return all;
}

/// How many answers, and whether the stream was refused.
std::pair<std::size_t, bool> answers_in(bytes stream, std::size_t piece) {
  load::http_reader reader;
  std::vector<load::answer> found;
  while (!stream.empty()) {
    const bytes input = stream.first(std::min(piece, stream.size()));
    stream = stream.subspan(input.size());
    if (!reader.read(input, found))
      return {found.size(), true};
  }
  return {found.size(), false};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::size_t piece = std::size_t{1} + data[0];
  const bytes stream(data + 1, size - 1);
  require(frames_of(stream, piece) == frames_of(stream, size),
          "pieces make no difference to frames");
  require(answers_in(stream, piece) == answers_in(stream, size),
          "pieces make no difference to HTTP");
  return 0;
}
