//===- JsonTree.h - JSON with the place of every token ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A small tree of a JSON text that knows where each key and value starts, so
// that an error about the contents can name line and column. Strict: no
// comments, no duplicate keys, at most 64 levels.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_JSONTREE_H
#define NETTUNE_MODEL_JSONTREE_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nettune::model {

struct JsonNode {
  enum class Kind { Null, Boolean, Integer, Number, String, Array, Object };
  Kind K = Kind::Null;
  bool Boolean = false;
  /// Byte offset of the value's first character and of its key's quote.
  std::uint32_t Offset = 0, KeyOffset = 0;
  /// For Kind::Integer. Numbers with a fraction, an exponent or more than 64
  /// bits are Kind::Number, whose value nobody needs.
  std::int64_t Integer = 0;
  std::string String;
  /// Set for members of an object.
  std::string Key;
  /// Elements of an array, members of an object, in the order of the text.
  std::vector<JsonNode> Children;

  /// The member with this key, or null.
  const JsonNode *member(std::string_view Key) const;
};

/// "an object", to complete "must be ...".
std::string_view kindName(JsonNode::Kind K);

struct JsonError {
  std::size_t Offset = 0;
  /// JSON pointer (RFC 6901) of the innermost value around the error.
  std::string Pointer;
  std::string Message;
};

/// Parses \p Text (UTF-8, less than 4 GiB). On an error gives nothing and sets
/// \p Error.
std::optional<JsonNode> parseJson(std::string_view Text, JsonError &Error);

/// The JSON pointer of \p Node, which is \p Root or below it.
std::string pointerTo(const JsonNode &Root, const JsonNode &Node);

/// \p Text in single quotes, on one line and of bounded length, for messages.
std::string inQuotes(std::string_view Text);

/// Lines and columns of a text.
class LineTable {
public:
  explicit LineTable(std::string_view Text);

  struct Place {
    unsigned Line, Column; ///< from 1; the column counts bytes, as clang does
  };
  Place place(std::size_t Offset) const;

private:
  std::vector<std::size_t> LineStarts;
};

} // namespace nettune::model

#endif // NETTUNE_MODEL_JSONTREE_H
