//===- ConditionReader.cpp - the conditions of an entry ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConditionReader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace nettune::model {

using Kind = JsonNode::Kind;

/// The predicates of a condition, in the order of Condition::Kind; "fd" has two of them.
static constexpr std::array<std::string_view, 13> Predicates = {"anyBit",    "equals", "zero", "literal", "oneFd", "type", "opened", "receiver",
                                                                "arguments", "macro",  "fd",   "guard",   "field"};

static bool isAboutArgument(Condition::Kind K) {
  return K <= Condition::Kind::Type || K == Condition::Kind::FieldBit;
}

bool ConditionReader::readArgumentCount(const JsonNode &Node, Condition &C) {
  if (!isKind(Node, Kind::Object))
    return false;
  C.Numbers = {0, MaxArguments};
  for (const JsonNode &Bound : Node.Children) {
    if (Bound.Key != "min" && Bound.Key != "max")
      return failAtKey(Bound, "unknown key " + inQuotes(Bound.Key) + "; one of: min, max");
    if (!readInteger(Bound, 0, MaxArguments, C.Numbers[Bound.Key == "max"]))
      return false;
  }
  if (Node.Children.empty())
    return fail(Node, "'arguments' needs 'min' or 'max'");
  return C.Numbers[0] <= C.Numbers[1] || fail(Node, "'min' is greater than 'max'");
}

bool ConditionReader::readFieldBit(const JsonNode &Node, Condition &C) {
  constexpr std::int64_t Most = std::numeric_limits<std::int64_t>::max();
  if (!isKind(Node, Kind::Object))
    return false;
  for (const JsonNode &Part : Node.Children) {
    if (Part.Key != "name" && Part.Key != "anyBit")
      return failAtKey(Part, "unknown key " + inQuotes(Part.Key) + "; one of: name, anyBit");
    if (Part.Key == "name" ? !readText(Part, C.Names.emplace_back())
                           : !readInteger(Part, 1, Most, C.Numbers.emplace_back()))
      return false;
  }
  return (C.Names.size() == 1 && C.Numbers.size() == 1) || fail(Node, "'field' needs 'name' and 'anyBit'");
}

bool ConditionReader::readPredicate(const JsonNode &Node, Condition &C) {
  constexpr std::int64_t Least = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t Most = std::numeric_limits<std::int64_t>::max();
  switch (C.K) {
  case Condition::Kind::AnyBit:
    return readInteger(Node, 1, Most, C.Numbers.emplace_back());
  case Condition::Kind::Equals:
    if (!isList(Node))
      return false;
    return std::ranges::all_of(Node.Children, [&](const JsonNode &Child) {
      return readInteger(Child, Least, Most, C.Numbers.emplace_back());
    });
  case Condition::Kind::Zero:
  case Condition::Kind::OneFd:
  case Condition::Kind::Guarded:
    return readTrue(Node, "for the opposite use the other of 'only' and 'unless'");
  case Condition::Kind::Literal:
  case Condition::Kind::Opened:
    if (!isList(Node))
      return false;
    return std::ranges::all_of(Node.Children, [&](const JsonNode &Child) {
      C.Names.push_back(Child.String);
      return isKind(Child, Kind::String);
    });
  case Condition::Kind::Type:
  case Condition::Kind::Receiver:
    return readNames(Node, NameKind::Type, C.Names);
  case Condition::Kind::ArgumentCount:
    return readArgumentCount(Node, C);
  case Condition::Kind::Macro:
    return readIdentifiers(Node, C.Names);
  case Condition::Kind::NonblockingFd:
  case Condition::Kind::FileFd: {
    constexpr std::string_view Allowed[] = {"nonblocking", "file"};
    std::size_t Index;
    if (!isOneOf(Node, Allowed, Index))
      return false;
    C.K = Index == 0 ? Condition::Kind::NonblockingFd : Condition::Kind::FileFd;
    return true;
  }
  case Condition::Kind::FieldBit:
    return readFieldBit(Node, C);
  }
  return false;
}

bool ConditionReader::readCondition(const JsonNode &Node, Condition &C) {
  if (!isKind(Node, Kind::Object))
    return false;
  const JsonNode *Argument = nullptr;
  const JsonNode *Predicate = nullptr;
  for (const JsonNode &Child : Node.Children) {
    if (Child.Key == "argument") {
      Argument = &Child;
      continue;
    }
    const auto Found = std::ranges::find(Predicates, Child.Key);
    if (Found == Predicates.end())
      return failAtKey(Child, "unknown condition " + inQuotes(Child.Key) +
                                  "; one of: " + joined(Predicates));
    if (Predicate)
      return failAtKey(Child, "a second condition, " + inQuotes(Child.Key) + " after " +
                                  inQuotes(Predicate->Key) + "; give each its own object");
    Predicate = &Child;
    C.K = static_cast<Condition::Kind>(Found - Predicates.begin());
  }
  if (!Predicate)
    return fail(Node, "no condition; one of: " + joined(Predicates));
  if (isAboutArgument(C.K) && !Argument)
    return fail(Node, inQuotes(Predicate->Key) + " needs 'argument', the index of an argument");
  if (!isAboutArgument(C.K) && Argument)
    return failAtKey(*Argument, inQuotes(Predicate->Key) + " takes no 'argument'");
  if (Argument) {
    std::int64_t Index;
    if (!readInteger(*Argument, -MaxArguments, MaxArguments - 1, Index))
      return false;
    C.Argument = static_cast<int>(Index);
  }
  return readPredicate(*Predicate, C);
}

bool ConditionReader::readConditions(const JsonNode &Node, std::vector<Condition> &Into) {
  if (!isList(Node))
    return false;
  return std::ranges::all_of(Node.Children, [&](const JsonNode &Child) {
    return readCondition(Child, Into.emplace_back());
  });
}

std::string fingerprint(const std::vector<Condition> &Conditions) {
  std::set<std::string> Terms;
  for (const Condition &C : Conditions) {
    std::string Term = std::to_string(static_cast<int>(C.K)) + " " + std::to_string(C.Argument);
    for (const std::int64_t Number : std::set(C.Numbers.begin(), C.Numbers.end()))
      Term += " " + std::to_string(Number);
    for (const std::string &Name : std::set(C.Names.begin(), C.Names.end()))
      Term += " " + std::to_string(Name.size()) + ":" + Name;
    Terms.insert(std::move(Term));
  }
  std::string All;
  for (const std::string &Term : Terms)
    All += Term + "\n";
  return All;
}

} // namespace nettune::model
