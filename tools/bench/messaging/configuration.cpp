//===- configuration.cpp - settings from a JSON file ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "configuration.h"

#include "model/JsonTree.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>

namespace messaging {

using nettune::model::JsonError;
using nettune::model::JsonNode;
using nettune::model::LineTable;

namespace {

constexpr std::int64_t gigabyte = std::int64_t{1} << 30;
constexpr std::int64_t day_ms = 24 * 60 * 60 * 1000;

struct setting {
  setting_key key;
  std::function<void(messaging_server &, std::int64_t)> apply;
};

template <typename Value> auto calling(void (messaging_server::*setter)(Value)) {
  return [setter](messaging_server &server, std::int64_t value) {
    (server.*setter)(static_cast<Value>(value));
  };
}

const std::vector<setting> &settings() {
  using s = messaging_server;
  static const std::vector<setting> all = {
      {{"receive_buffer_size", 1, gigabyte}, calling(&s::set_receive_buffer_size)},
      {{"send_buffer_size", 1, gigabyte}, calling(&s::set_send_buffer_size)},
      {{"max_message_size", 1, 4 * gigabyte - 1}, calling(&s::set_max_message_size)},
      {{"max_pending_messages", 1, gigabyte}, calling(&s::set_max_pending_messages)},
      {{"max_pending_bytes", 1, 64 * gigabyte}, calling(&s::set_max_pending_bytes)},
      {{"thread_count", 1, 10000}, calling(&s::set_thread_count)},
      {{"io_threads", 1, 10000}, calling(&s::set_io_threads)},
      {{"tcp_nodelay", 0, 1, true}, calling(&s::set_tcp_nodelay)},
      {{"zero_copy", 0, 1, true}, calling(&s::enable_zero_copy)},
      {{"max_connections", 1, gigabyte}, calling(&s::set_max_connections)},
      {{"connection_timeout_ms", 1, day_ms}, calling(&s::set_connection_timeout)},
      {{"keep_alive_timeout_ms", 1, day_ms}, calling(&s::set_keep_alive_timeout)},
  };
  return all;
}

/// Reads a parsed file, and knows where everything in it stands.
class reader {
public:
  reader(const std::string &text, const std::string &file) : file(file), lines(text) {}

  [[noreturn]] void fail(std::size_t offset, const std::string &what) const {
    const LineTable::Place at = lines.place(offset);
    throw configuration_error(file + ":" + std::to_string(at.Line) + ":" +
                              std::to_string(at.Column) + ": " + what);
  }

  void must_be(const JsonNode &node, JsonNode::Kind kind, const std::string &name) const {
    if (node.K != kind)
      fail(node.Offset, name + " must be " + std::string(nettune::model::kindName(kind)));
  }

  setting_values group(const JsonNode &node, const std::vector<setting_key> &keys) const {
    must_be(node, JsonNode::Kind::Object, "'" + node.Key + "'");
    setting_values values;
    for (const JsonNode &member : node.Children) {
      const setting_key *known = nullptr;
      for (const setting_key &key : keys)
        if (key.name == member.Key)
          known = &key;
      if (!known)
        fail(member.KeyOffset,
             "unknown key '" + member.Key + "' in '" + node.Key + "'; known are " + list(keys));
      values[member.Key] = value(member, *known);
    }
    return values;
  }

private:
  std::int64_t value(const JsonNode &node, const setting_key &key) const {
    const std::string name = "'" + key.name + "'";
    if (key.boolean) {
      must_be(node, JsonNode::Kind::Boolean, name);
      return node.Boolean;
    }
    must_be(node, JsonNode::Kind::Integer, name);
    if (node.Integer < key.least || node.Integer > key.most)
      fail(node.Offset, name + " must be " + std::to_string(key.least) + " to " +
                            std::to_string(key.most) + ", not " + std::to_string(node.Integer));
    return node.Integer;
  }

  static std::string list(const std::vector<setting_key> &keys) {
    std::string names;
    for (const setting_key &key : keys)
      names += (names.empty() ? "" : ", ") + key.name;
    return names;
  }

  const std::string &file;
  const LineTable lines;
};

} // namespace

const std::vector<setting_key> &server_keys() {
  static const std::vector<setting_key> keys = [] {
    std::vector<setting_key> all;
    for (const setting &known : settings())
      all.push_back(known.key);
    return all;
  }();
  return keys;
}

std::map<std::string, setting_values>
parse_configuration(const std::string &text, const std::string &file,
                    const std::map<std::string, std::vector<setting_key>> &known) {
  const reader at(text, file);
  JsonError error;
  const auto root = nettune::model::parseJson(text, error);
  if (!root)
    at.fail(error.Offset, error.Message);
  at.must_be(*root, JsonNode::Kind::Object, "the configuration");
  std::map<std::string, setting_values> groups;
  for (const JsonNode &member : root->Children) {
    if (member.Key == "description") {
      at.must_be(member, JsonNode::Kind::String, "'description'");
      continue;
    }
    const auto keys = known.find(member.Key);
    if (keys == known.end())
      at.fail(member.KeyOffset, "unknown key '" + member.Key + "'");
    groups[member.Key] = at.group(member, keys->second);
  }
  return groups;
}

std::map<std::string, setting_values>
read_configuration(const std::string &file,
                   const std::map<std::string, std::vector<setting_key>> &known) {
  std::ifstream input(file, std::ios::binary);
  if (!input)
    throw configuration_error(file + ": " + std::strerror(errno));
  const std::string text{std::istreambuf_iterator<char>(input), {}};
  if (input.bad())
    throw configuration_error(file + ": cannot be read");
  return parse_configuration(text, file, known);
}

void configure(messaging_server &server, const setting_values &values) {
  for (const setting &known : settings())
    if (const auto given = values.find(known.key.name); given != values.end())
      known.apply(server, given->second);
}

} // namespace messaging
