//===- protocol.cpp - requests, and answers in a stream ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "protocol.h"

#include "frame_reader.h"
#include "http_reader.h"

#include <algorithm>

namespace load {

namespace {

constexpr std::size_t number_bytes = 8;

/// What stands behind number and mark: not all equal, so that a shifted answer shows.
std::uint8_t filler(std::size_t position) {
  return static_cast<std::uint8_t>(position * 31 + position / 256);
}

/// The number, if this is the payload of a request of this form.
std::optional<std::uint64_t> number_of(const request_form &form,
                                       std::span<const std::uint8_t> payload) {
  if (payload.size() != form.payload || payload[number_bytes] != form.mark)
    return std::nullopt;
  for (std::size_t i = least_payload; i < payload.size(); ++i)
    if (payload[i] != filler(i))
      return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i)
    number |= std::uint64_t{payload[i]} << (8 * i);
  return number;
}

class message_reader final : public answer_reader {
public:
  explicit message_reader(const request_form &form) : form(form), frames(form.payload) {}

  bool read(std::span<const std::uint8_t> bytes, std::vector<answer> &found) override {
    for (;;) {
      switch (frames.next(bytes, message)) {
      case messaging::detail::frame_reader::outcome::need_more:
        return true;
      case messaging::detail::frame_reader::outcome::too_large:
        return false;
      case messaging::detail::frame_reader::outcome::message:
        const auto number = number_of(form, message);
        if (!number)
          return false;
        found.push_back({number});
      }
    }
  }

private:
  const request_form form;
  messaging::detail::frame_reader frames;
  messaging::payload message;
};

class echo_reader final : public answer_reader {
public:
  explicit echo_reader(const request_form &form) : form(form) {}

  bool read(std::span<const std::uint8_t> bytes, std::vector<answer> &found) override {
    while (!bytes.empty()) {
      const std::size_t taken = std::min(bytes.size(), form.payload - partial.size());
      partial.insert(partial.end(), bytes.begin(),
                     bytes.begin() + static_cast<std::ptrdiff_t>(taken));
      bytes = bytes.subspan(taken);
      if (partial.size() < form.payload)
        return true;
      const auto number = number_of(form, partial);
      if (!number)
        return false;
      found.push_back({number});
      partial.clear();
    }
    return true;
  }

private:
  const request_form form;
  std::vector<std::uint8_t> partial;
};

void append_payload(const request_form &form, std::uint64_t number,
                    std::vector<std::uint8_t> &out) {
  const std::size_t start = out.size();
  out.resize(start + form.payload);
  std::uint8_t *const payload = out.data() + start;
  for (std::size_t i = 0; i < number_bytes; ++i)
    payload[i] = static_cast<std::uint8_t>(number >> (8 * i));
  payload[number_bytes] = form.mark;
  for (std::size_t i = least_payload; i < form.payload; ++i)
    payload[i] = filler(i);
}

} // namespace

void append_request(const request_form &form, std::uint64_t number,
                    std::vector<std::uint8_t> &out) {
  if (form.kind == mode::http) {
    const std::string text = "GET " + form.target + " HTTP/1.1\r\nHost: " + form.host + "\r\n\r\n";
    out.insert(out.end(), text.begin(), text.end());
    return;
  }
  if (form.kind == mode::messaging) {
    const auto header = messaging::detail::encode_header(static_cast<std::uint32_t>(form.payload));
    out.insert(out.end(), header.begin(), header.end());
  }
  append_payload(form, number, out);
}

std::unique_ptr<answer_reader> make_answer_reader(const request_form &form) {
  switch (form.kind) {
  case mode::messaging:
    return std::make_unique<message_reader>(form);
  case mode::echo:
    return std::make_unique<echo_reader>(form);
  case mode::http:
    break;
  }
  return std::make_unique<http_reader>();
}

} // namespace load
