//===- ValueReader.h - the values of a pack ---------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The kinds of values that a pack is made of: texts, numbers, one of some
// words, qualified names. What ModelLoader.cpp reads roles and entries with.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_VALUEREADER_H
#define NETTUNE_MODEL_VALUEREADER_H

#include "JsonTree.h"
#include "ModelLoader.h"

#include <span>
#include <utility>

namespace nettune::model {

using AllowedNames = std::span<const std::string_view>;

/// "a, b, c"
std::string joined(AllowedNames Names);
bool isIdentifier(std::string_view Name);

/// The first value that is not as it must be sets the error; the functions then
/// return false, and so does everything above them.
class ValueReader {
protected:
  /// What a name stands for; decides how many components it needs.
  enum class NameKind { Function, Field, Type };
  /// Names after the replacement of `$`, with where they are written.
  using Names = std::vector<std::pair<std::string, const JsonNode *>>;

  ValueReader(std::string_view Text, std::string_view File, const JsonNode &Root, ModelError &Error)
      : Lines(Text), File(File), Root(Root), Error(Error) {}

  bool fail(const JsonNode &Where, std::string Message);
  bool failAtKey(const JsonNode &Where, std::string Message);

  bool isKind(const JsonNode &Node, JsonNode::Kind K);
  /// An array of at least one value.
  bool isList(const JsonNode &Node);
  /// One line that is not blank.
  bool readText(const JsonNode &Node, std::string &Into);
  /// \p Opposite says what to write instead of `false`.
  bool readTrue(const JsonNode &Node, std::string_view Opposite);
  bool readInteger(const JsonNode &Node, std::int64_t Min, std::int64_t Max, std::int64_t &Into);
  /// \p What names the value in messages; by default its key.
  bool isOneOf(const JsonNode &Node, AllowedNames Allowed, std::size_t &Index,
               std::string_view What = {});
  bool readIdentifiers(const JsonNode &Node, std::vector<std::string> &Into);
  bool readNamespaces(const JsonNode &Node);
  bool readNames(const JsonNode &Node, NameKind K, Names &Into);
  bool readNames(const JsonNode &Node, NameKind K, std::vector<std::string> &Into);

  /// Reads a name whose place in \p Allowed is the enumerator's value.
  template <typename Enum>
  bool readEnum(const JsonNode &Node, AllowedNames Allowed, Enum &Into,
                std::string_view What = {}) {
    std::size_t Index;
    if (!isOneOf(Node, Allowed, Index, What))
      return false;
    Into = static_cast<Enum>(Index);
    return true;
  }

  const LineTable Lines;
  const std::string_view File;
  const JsonNode &Root;
  std::vector<std::string> Namespaces;

private:
  bool readName(const JsonNode &Node, NameKind K, Names &Into);
  bool failAt(std::size_t Offset, const JsonNode &Where, std::string Message);

  ModelError &Error;
};

} // namespace nettune::model

#endif // NETTUNE_MODEL_VALUEREADER_H
