//===- http_reader.h - answers of a HTTP/1.1 server -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Source: RFC 9112, sections 4 (status line), 6.3 (length of the body) and 7.1
// (chunked).
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_HTTP_READER_H
#define NETTUNE_BENCH_LOAD_HTTP_READER_H

#include "protocol.h"

#include <string_view>

namespace load {

/// Bodies are skipped. An answer whose length is told by nothing but the end of
/// the connection cannot be followed by another and is refused.
class http_reader final : public answer_reader {
public:
  bool read(std::span<const std::uint8_t> bytes, std::vector<answer> &found) override;

private:
  enum class state : std::uint8_t { head, body, chunk_size, chunk, chunk_end, trailer };

  bool take_line(std::string_view line, std::vector<answer> &found);
  bool take_head_line(std::string_view line);
  bool end_of_head(std::vector<answer> &found);
  bool take_chunk_size(std::string_view line);
  void finish(std::vector<answer> &found);

  state at = state::head;
  std::string line;       ///< what of the current line has arrived
  std::size_t head = 0;   ///< bytes of lines in this answer
  std::uint64_t left = 0; ///< of the body or chunk
  int status = 0;         ///< 0: before the status line
  bool has_length = false, chunked = false, last = false;
};

} // namespace load

#endif // NETTUNE_BENCH_LOAD_HTTP_READER_H
