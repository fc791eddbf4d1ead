//===- frame_reader.cpp - messages out of a stream of bytes -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "frame_reader.h"

#include <algorithm>

namespace messaging::detail {

namespace {
/// What is allocated for a message of which no more has arrived.
constexpr std::size_t trusted_length = 65536;
} // namespace

frame_header encode_header(std::uint32_t length) {
  return {static_cast<std::uint8_t>(length >> 24), static_cast<std::uint8_t>(length >> 16),
          static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
}

bool frame_reader::take_header(std::span<const std::uint8_t> &input) {
  const std::size_t taken = std::min(header_size - header_bytes, input.size());
  std::copy_n(input.begin(), taken, header.begin() + static_cast<std::ptrdiff_t>(header_bytes));
  header_bytes += taken;
  input = input.subspan(taken);
  if (header_bytes < header_size)
    return false;
  length = std::size_t{header[0]} << 24 | std::size_t{header[1]} << 16 |
           std::size_t{header[2]} << 8 | header[3];
  return true;
}

void frame_reader::take_body(std::span<const std::uint8_t> &input) {
  const std::size_t taken = std::min(length - body.size(), input.size());
  if (body.capacity() < body.size() + taken) {
    const std::size_t doubled = std::max(trusted_length, 2 * body.capacity());
    body.reserve(std::max(std::min(length, doubled), body.size() + taken));
  }
  body.insert(body.end(), input.begin(), input.begin() + static_cast<std::ptrdiff_t>(taken));
  input = input.subspan(taken);
}

frame_reader::outcome frame_reader::next(std::span<const std::uint8_t> &input, payload &message) {
  if (header_bytes < header_size && !take_header(input))
    return outcome::need_more;
  if (length > max_message_size)
    return outcome::too_large;
  take_body(input);
  if (body.size() < length)
    return outcome::need_more;
  message = std::move(body);
  body = payload();
  header_bytes = 0;
  return outcome::message;
}

} // namespace messaging::detail
