//===- frame_reader.h - messages out of a stream of bytes -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_FRAME_READER_H
#define NETTUNE_BENCH_MESSAGING_FRAME_READER_H

#include "messaging.h"

#include <array>
#include <span>

namespace messaging::detail {

/// The 4-byte big-endian length that precedes each message.
inline constexpr std::size_t header_size = 4;
using frame_header = std::array<std::uint8_t, header_size>;

frame_header encode_header(std::uint32_t length);

/// Cuts a stream into messages, however its bytes arrive.
///
/// A length is believed only as bytes arrive: a peer that announces 100 MB and
/// sends 10 bytes makes the reader allocate 64 KB.
class frame_reader {
public:
  explicit frame_reader(std::size_t max_message_size) : max_message_size(max_message_size) {}

  enum class outcome {
    need_more, ///< all of the input is taken, and no message is whole
    message,   ///< one is; the input may hold more
    too_large, ///< its length exceeds the limit; the stream is of no more use
  };
  /// Takes bytes from the front of \p input until a message is whole.
  outcome next(std::span<const std::uint8_t> &input, payload &message);

  /// True between the first byte of a message and its last.
  bool inside_message() const { return header_bytes != 0; }

private:
  bool take_header(std::span<const std::uint8_t> &input);
  void take_body(std::span<const std::uint8_t> &input);

  std::size_t max_message_size;
  std::size_t header_bytes = 0; ///< of the current message, taken so far
  frame_header header{};
  std::size_t length = 0; ///< of the current message, once its header is whole
  payload body;
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_FRAME_READER_H
