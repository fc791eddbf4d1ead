//===- http_reader.cpp - answers of a HTTP/1.1 server -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "http_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace load {

namespace {

constexpr std::size_t longest_head = 65536;

std::string lower(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return all;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  return from == std::string_view::npos
             ? ""
             : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

template <typename Number> bool parse(std::string_view text, int base, Number &value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

} // namespace

bool http_reader::read(std::span<const std::uint8_t> bytes, std::vector<answer> &found) {
  while (!bytes.empty()) {
    if (at == state::body || at == state::chunk) {
      const std::size_t taken =
          static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
      bytes = bytes.subspan(taken);
      left -= taken;
      if (left == 0 && at == state::body)
        finish(found);
      else if (left == 0)
        at = state::chunk_end;
      continue;
    }
    const auto end = std::find(bytes.begin(), bytes.end(), '\n');
    line.append(bytes.begin(), end);
    head += static_cast<std::size_t>(end - bytes.begin());
    if (head > longest_head)
      return false;
    if (end == bytes.end())
      return true;
    bytes = bytes.subspan(static_cast<std::size_t>(end - bytes.begin()) + 1);
    if (line.ends_with('\r'))
      line.pop_back();
    const std::string whole = std::exchange(line, {});
    if (!take_line(whole, found))
      return false;
  }
  return true;
}

bool http_reader::take_line(std::string_view whole, std::vector<answer> &found) {
  switch (at) {
  case state::head:
    return whole.empty() && status != 0 ? end_of_head(found) : take_head_line(whole);
  case state::chunk_size:
    return take_chunk_size(whole);
  case state::chunk_end:
    at = state::chunk_size;
    return whole.empty();
  case state::trailer:
    if (whole.empty())
      finish(found);
    return true;
  case state::body:
  case state::chunk:
    break;
  }
  return false;
}

bool http_reader::take_head_line(std::string_view whole) {
  if (status == 0) // HTTP/1.1 200 OK
    return whole.starts_with("HTTP/1.") && whole.size() >= 12 && whole[8] == ' ' &&
           parse(whole.substr(9, 3), 10, status) && status >= 100 && (last = whole[7] == '0', true);
  const auto colon = whole.find(':');
  if (colon == std::string_view::npos)
    return false;
  const std::string name = lower(whole.substr(0, colon)),
                    value = lower(trimmed(whole.substr(colon + 1)));
  if (name == "content-length")
    return has_length = parse(value, 10, left);
  if (name == "transfer-encoding")
    chunked = value.ends_with("chunked");
  if (name == "connection")
    last = value == "close" || (last && value != "keep-alive");
  return true;
}

bool http_reader::end_of_head(std::vector<answer> &found) {
  if (status < 200) { // an interim answer: the real one follows
    status = 0;
    return true;
  }
  const bool no_body = status == 204 || status == 304;
  if (no_body || (!chunked && has_length && left == 0))
    finish(found);
  else if (chunked)
    at = state::chunk_size;
  else if (has_length)
    at = state::body;
  else
    return false;
  return true;
}

bool http_reader::take_chunk_size(std::string_view whole) {
  if (!parse(trimmed(whole.substr(0, whole.find(';'))), 16, left))
    return false;
  at = left == 0 ? state::trailer : state::chunk;
  return true;
}

void http_reader::finish(std::vector<answer> &found) {
  found.push_back({std::nullopt, status >= 400, last});
  at = state::head;
  head = 0;
  left = 0;
  status = 0;
  has_length = chunked = last = false;
}

} // namespace load
