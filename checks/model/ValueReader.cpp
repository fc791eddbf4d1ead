//===- ValueReader.cpp - the values of a pack -------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueReader.h"

#include <algorithm>

namespace nettune::model {

using Kind = JsonNode::Kind;

/// Each name with `$` is multiplied by the number of namespaces.
static constexpr std::size_t MaxNamespaces = 8;

std::string joined(AllowedNames Names) {
  std::string Text;
  for (const std::string_view Name : Names)
    Text.append(Text.empty() ? "" : ", ").append(Name);
  return Text;
}

static bool isWordCharacter(char C) {
  // Bytes of non-ASCII characters too: identifiers may have them.
  return (C >= 'a' && C <= 'z') || (C >= 'A' && C <= 'Z') || (C >= '0' && C <= '9') || C == '_' ||
         static_cast<unsigned char>(C) >= 0x80;
}

static bool isControl(char C) { return static_cast<unsigned char>(C) < 0x20 || C == 0x7f; }

bool isIdentifier(std::string_view Name) {
  return !Name.empty() && !(Name[0] >= '0' && Name[0] <= '9') &&
         std::ranges::all_of(Name, isWordCharacter);
}

/// The last component of a name: an identifier, a destructor, an operator.
static bool isMember(std::string_view Name) {
  constexpr std::string_view Operator = "operator";
  if (Name.starts_with(Operator) && Name.size() > Operator.size() &&
      !isWordCharacter(Name[Operator.size()]))
    return std::ranges::none_of(Name, isControl);
  return isIdentifier(Name.starts_with('~') ? Name.substr(1) : Name);
}

/// `a::b::C::m`, without `$` and `*`.
static bool isQualifiedName(std::string_view Name) {
  while (!isMember(Name)) {
    const std::size_t Separator = Name.find("::");
    if (Separator == Name.npos || !isIdentifier(Name.substr(0, Separator)))
      return false;
    Name.remove_prefix(Separator + 2);
  }
  return true;
}

/// `a::b::C`: no destructor or operator at the end.
static bool isNestedName(std::string_view Name) {
  return isQualifiedName(Name) &&
         std::ranges::all_of(Name, [](char C) { return isWordCharacter(C) || C == ':'; });
}

bool ValueReader::failAt(std::size_t Offset, const JsonNode &Where, std::string Message) {
  const LineTable::Place Place = Lines.place(Offset);
  Error = {std::string(File), Place.Line, Place.Column, pointerTo(Root, Where), std::move(Message)};
  return false;
}

bool ValueReader::fail(const JsonNode &Where, std::string Message) {
  return failAt(Where.Offset, Where, std::move(Message));
}

bool ValueReader::failAtKey(const JsonNode &Where, std::string Message) {
  return failAt(Where.KeyOffset, Where, std::move(Message));
}

bool ValueReader::isKind(const JsonNode &Node, Kind K) {
  if (Node.K == K)
    return true;
  return fail(Node, (Node.Key.empty() ? "the value" : inQuotes(Node.Key)) + " must be " +
                        std::string(kindName(K)) + ", not " + std::string(kindName(Node.K)));
}

bool ValueReader::isList(const JsonNode &Node) {
  if (!isKind(Node, Kind::Array))
    return false;
  return !Node.Children.empty() || fail(Node, inQuotes(Node.Key) + " is empty");
}

bool ValueReader::readText(const JsonNode &Node, std::string &Into) {
  if (!isKind(Node, Kind::String))
    return false;
  if (Node.String.find_first_not_of(' ') == std::string::npos)
    return fail(Node, inQuotes(Node.Key) + " is empty");
  if (std::ranges::any_of(Node.String, isControl))
    return fail(Node, inQuotes(Node.Key) + " holds a control character");
  Into = Node.String;
  return true;
}

bool ValueReader::readInteger(const JsonNode &Node, std::int64_t Min, std::int64_t Max,
                              std::int64_t &Into) {
  if (!isKind(Node, Kind::Integer))
    return false;
  if (Node.Integer < Min || Node.Integer > Max)
    return fail(Node, inQuotes(Node.Key) + " must be between " + std::to_string(Min) + " and " +
                          std::to_string(Max));
  Into = Node.Integer;
  return true;
}

bool ValueReader::isOneOf(const JsonNode &Node, AllowedNames Allowed, std::size_t &Index,
                          std::string_view What) {
  if (!isKind(Node, Kind::String))
    return false;
  const auto Found = std::ranges::find(Allowed, Node.String);
  Index = static_cast<std::size_t>(Found - Allowed.begin());
  return Found != Allowed.end() ||
         fail(Node, "unknown " + std::string(What.empty() ? Node.Key : What) + " " +
                        inQuotes(Node.String) + "; one of: " + joined(Allowed));
}

bool ValueReader::readNamespaces(const JsonNode &Node) {
  if (!isList(Node))
    return false;
  if (Node.Children.size() > MaxNamespaces)
    return fail(Node, "more than " + std::to_string(MaxNamespaces) + " namespaces");
  for (const JsonNode &Child : Node.Children) {
    if (!isKind(Child, Kind::String))
      return false;
    if (!isNestedName(Child.String))
      return fail(Child, inQuotes(Child.String) + " is not a namespace's name");
    if (std::ranges::find(Namespaces, Child.String) != Namespaces.end())
      return fail(Child, "the namespace " + inQuotes(Child.String) + " stands twice");
    Namespaces.push_back(Child.String);
  }
  return true;
}

bool ValueReader::readName(const JsonNode &Node, NameKind K, Names &Into) {
  if (!isKind(Node, Kind::String))
    return false;
  std::string_view Name = Node.String;
  if (Name.empty())
    return fail(Node, "empty name");
  const bool HasDollar = Name.starts_with("$::");
  const bool HasStar = Name.starts_with("*::");
  if (HasDollar || HasStar)
    Name.remove_prefix(3);
  if (!(K == NameKind::Function ? isQualifiedName(Name) : isNestedName(Name)))
    return fail(Node,
                inQuotes(Node.String) + " is not a qualified name without template arguments");
  const bool IsQualified = Name.find("::") != Name.npos;
  if (K == NameKind::Field && !IsQualified)
    return fail(Node, inQuotes(Node.String) + " is not a field's name, 'Class::field'");
  if (K == NameKind::Function && HasStar && !IsQualified)
    return fail(Node,
                inQuotes(Node.String) + " would match too much; '*::' needs a class or namespace");
  if (!HasDollar) {
    Into.emplace_back(Node.String, &Node);
    return true;
  }
  if (Namespaces.empty())
    return fail(Node, inQuotes(Node.String) + " has a '$', but the pack has no 'namespaces'");
  for (const std::string &Namespace : Namespaces)
    Into.emplace_back(Namespace + "::" + std::string(Name), &Node);
  return true;
}

bool ValueReader::readNames(const JsonNode &Node, NameKind K, Names &Into) {
  if (!isList(Node))
    return false;
  for (const JsonNode &Child : Node.Children)
    if (!readName(Child, K, Into))
      return false;
  return true;
}

bool ValueReader::readNames(const JsonNode &Node, NameKind K, std::vector<std::string> &Into) {
  Names Found;
  if (!readNames(Node, K, Found))
    return false;
  for (auto &[Name, Where] : Found)
    Into.push_back(std::move(Name));
  return true;
}

bool ValueReader::readIdentifiers(const JsonNode &Node, std::vector<std::string> &Into) {
  if (!isList(Node))
    return false;
  for (const JsonNode &Child : Node.Children) {
    if (!isKind(Child, Kind::String))
      return false;
    if (!isIdentifier(Child.String))
      return fail(Child, inQuotes(Child.String) + " is not a macro's name");
    Into.push_back(Child.String);
  }
  return true;
}

bool ValueReader::readTrue(const JsonNode &Node, std::string_view Opposite) {
  if (!isKind(Node, Kind::Boolean))
    return false;
  return Node.Boolean || fail(Node, inQuotes(Node.Key) + " must be true; " + std::string(Opposite));
}

} // namespace nettune::model
