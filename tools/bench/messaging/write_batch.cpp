//===- write_batch.cpp - several messages as one write ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "write_batch.h"

#include "frame_reader.h"

#include <algorithm>

namespace messaging::detail {

namespace {
/// Below it a copy costs less than one more entry in the kernel's list of buffers.
constexpr std::size_t copy_limit = 1024;
} // namespace

void write_batch::gather() {
  std::size_t needed = 0;
  for (const payload &message : messages) {
    needed += header_size + (message.size() <= copy_limit ? message.size() : 0);
    total += message.size();
    most = std::max(most, message.size());
  }
  copied.reserve(needed); // and so the pointers into it stay good
  std::size_t run = 0;    // where the bytes that no piece covers yet begin
  for (const payload &message : messages) {
    const frame_header header = encode_header(static_cast<std::uint32_t>(message.size()));
    copied.insert(copied.end(), header.begin(), header.end());
    if (message.size() <= copy_limit) {
      copied.insert(copied.end(), message.begin(), message.end());
      continue;
    }
    pieces.emplace_back(copied.data() + run, copied.size() - run);
    pieces.emplace_back(message.data(), message.size());
    run = copied.size();
  }
  if (run < copied.size())
    pieces.emplace_back(copied.data() + run, copied.size() - run);
}

void write_batch::clear() {
  messages.clear();
  copied.clear();
  pieces.clear();
  total = most = 0;
}

} // namespace messaging::detail
