//===- protocol.h - requests, and answers in a stream -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_PROTOCOL_H
#define NETTUNE_BENCH_LOAD_PROTOCOL_H

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace load {

enum class mode : std::uint8_t {
  messaging, ///< messages with a 4-byte big-endian length before them, sent back
  echo,      ///< the same bytes come back, without any framing
  http,      ///< HTTP/1.1 GET, one request at a time on a connection
};

/// What a request looks like.
struct request_form {
  mode kind = mode::messaging;
  std::size_t payload = 64; ///< bytes of a message, least_payload or more; not for http
  std::string host, target = "/";
  std::uint8_t mark = 0; ///< byte 8 of the payload, for servers that treat some differently
};

/// A payload begins with its number (8 bytes) and its mark (1).
inline constexpr std::size_t least_payload = 9;

/// Appends the request with this number.
void append_request(const request_form &form, std::uint64_t number, std::vector<std::uint8_t> &out);

struct answer {
  /// Which request it answers; none: the oldest of the connection (http).
  std::optional<std::uint64_t> number;
  bool error = false; ///< a HTTP status of 400 or more
  bool last = false;  ///< the server will close the connection
};

/// Finds the answers in the stream of one connection.
class answer_reader {
public:
  virtual ~answer_reader() = default;
  /// Appends the answers that are whole now. False: the bytes are no answer to
  /// any request of this form, and the stream is of no more use.
  virtual bool read(std::span<const std::uint8_t> bytes, std::vector<answer> &found) = 0;
};

std::unique_ptr<answer_reader> make_answer_reader(const request_form &form);

} // namespace load

#endif // NETTUNE_BENCH_LOAD_PROTOCOL_H
