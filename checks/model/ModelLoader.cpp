//===- ModelLoader.cpp - a pack's JSON text to its types --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelLoader.h"

#include "ValueReader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

namespace nettune::model {

namespace {

using Kind = JsonNode::Kind;

constexpr std::string_view DefaultInstead = "hand it to a worker pool";
constexpr std::int64_t MaxReach = 8;
/// No function has more parameters that matter; a larger index is a slip.
constexpr std::int64_t MaxArguments = 32;

/// The keys of an entry besides `only`, `unless` and `source`.
struct RoleShape {
  Role R;
  /// One of these at least: what the entry is about.
  std::vector<std::string_view> Subjects;
  std::vector<std::string_view> Required;
  std::vector<std::string_view> Optional;
};

const std::vector<RoleShape> &roleShapes() {
  static const std::vector<RoleShape> Shapes = {
      {Role::Handlers, {"functions", "fields"}, {}, {"argument", "thread"}},
      {Role::HandlerOverrides, {"functions"}, {}, {"thread"}},
      {Role::HandlerCoroutines, {"types"}, {}, {"thread"}},
      {Role::Loops, {"functions"}, {}, {"reach"}},
      {Role::Handoffs, {"functions"}, {}, {"argument"}},
      {Role::Transparent, {"functions"}, {}, {"argument"}},
      {Role::Blocking, {"functions"}, {"category", "grade"}, {"instead"}},
      {Role::Nonblocking, {"functions"}, {}, {"argument"}},
      {Role::Guards, {"functions"}, {}, {}},
      {Role::Accepts, {"functions"}, {}, {}},
  };
  return Shapes;
}

std::vector<std::string_view> allKeys(const RoleShape &Shape) {
  std::vector<std::string_view> Keys = Shape.Subjects;
  Keys.insert(Keys.end(), Shape.Required.begin(), Shape.Required.end());
  Keys.insert(Keys.end(), Shape.Optional.begin(), Shape.Optional.end());
  Keys.insert(Keys.end(), {"only", "unless", "source"});
  return Keys;
}

constexpr std::array<std::string_view, 3> ThreadNames = {"loop", "worker", "caller"};
constexpr std::array<std::string_view, 3> GradeNames = {"always", "usually", "rarely"};

std::vector<std::string_view> categoryNames() {
  std::vector<std::string_view> Names;
  for (int C = 0; C <= static_cast<int>(Category::Lock); ++C)
    Names.push_back(categoryName(static_cast<Category>(C)));
  return Names;
}

/// The predicates of a condition, in the order of Condition::Kind.
constexpr std::array<std::string_view, 10> Predicates = {
    "anyBit", "equals", "zero", "literal", "type", "receiver", "arguments", "macro", "fd", "guard"};

bool isAboutArgument(Condition::Kind K) { return K <= Condition::Kind::Type; }

class PackReader : ValueReader {
public:
  PackReader(std::string_view Text, std::string_view File, const JsonNode &Root, ModelError &Error)
      : ValueReader(Text, File, Root, Error) {}

  bool read(Pack &P);

private:
  bool readRole(const JsonNode &Node, const RoleShape &Shape);
  bool readEntry(const JsonNode &Node, const RoleShape &Shape, Entry &E);
  bool readKey(const JsonNode &Node, Entry &E, Names &Subjects);
  bool readArgument(const JsonNode &Node, int &Argument);
  bool readConditions(const JsonNode &Node, std::vector<Condition> &Into);
  bool readCondition(const JsonNode &Node, Condition &C);
  bool readPredicate(const JsonNode &Node, Condition &C);
  bool readArgumentCount(const JsonNode &Node, Condition &C);
  bool checkTwice(const Entry &E, const Names &Subjects);

  Pack Result;
  /// Role, name and conditions of what was read -> the line of the name.
  std::unordered_map<std::string, unsigned> Seen;
};

bool PackReader::readArgumentCount(const JsonNode &Node, Condition &C) {
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

bool PackReader::readPredicate(const JsonNode &Node, Condition &C) {
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
  case Condition::Kind::Guarded:
    return readTrue(Node);
  case Condition::Kind::Literal:
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
  case Condition::Kind::NonblockingFd: {
    constexpr std::string_view Allowed[] = {"nonblocking"};
    std::size_t Index;
    return isOneOf(Node, Allowed, Index);
  }
  }
  return false;
}

bool PackReader::readCondition(const JsonNode &Node, Condition &C) {
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

bool PackReader::readConditions(const JsonNode &Node, std::vector<Condition> &Into) {
  if (!isList(Node))
    return false;
  return std::ranges::all_of(Node.Children, [&](const JsonNode &Child) {
    return readCondition(Child, Into.emplace_back());
  });
}

bool PackReader::readArgument(const JsonNode &Node, int &Argument) {
  if (Node.K == Kind::String && Node.String == "callables") {
    Argument = AllCallables;
    return true;
  }
  if (Node.K != Kind::Integer)
    return fail(Node, "'argument' must be an integer or \"callables\"");
  std::int64_t Index;
  if (!readInteger(Node, -MaxArguments, MaxArguments - 1, Index))
    return false;
  Argument = static_cast<int>(Index);
  return true;
}

bool PackReader::readKey(const JsonNode &Node, Entry &E, Names &Subjects) {
  const std::string_view Key = Node.Key;
  if (Key == "functions" || Key == "fields" || Key == "types") {
    const NameKind K = Key == "functions" ? NameKind::Function
                       : Key == "fields"  ? NameKind::Field
                                          : NameKind::Type;
    const std::size_t First = Subjects.size();
    if (!readNames(Node, K, Subjects))
      return false;
    std::vector<std::string> &Into = Key == "functions" ? E.Functions
                                     : Key == "fields"  ? E.Fields
                                                        : E.Types;
    for (std::size_t I = First; I < Subjects.size(); ++I)
      Into.push_back(Subjects[I].first);
    return true;
  }
  if (Key == "argument")
    return readArgument(Node, E.Argument);
  if (Key == "thread")
    return readEnum(Node, ThreadNames, E.RunsOn);
  if (Key == "category")
    return readEnum(Node, categoryNames(), E.Waits);
  if (Key == "grade")
    return readEnum(Node, GradeNames, E.G);
  if (Key == "instead")
    return readText(Node, E.Instead);
  if (Key == "source")
    return readText(Node, E.Source);
  if (Key == "only")
    return readConditions(Node, E.Only);
  if (Key == "unless")
    return readConditions(Node, E.Unless);
  // "reach": readEntry() has turned away every other key.
  std::int64_t Reach;
  if (!readInteger(Node, 1, MaxReach, Reach))
    return false;
  E.Reach = static_cast<unsigned>(Reach);
  return true;
}

/// The same for conditions that say the same in another order.
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

bool PackReader::checkTwice(const Entry &E, const Names &Subjects) {
  const std::string Conditions = fingerprint(E.Only) + "\n" + fingerprint(E.Unless);
  for (const auto &[Name, Where] : Subjects) {
    const unsigned Line = Lines.place(Where->Offset).Line;
    const auto [Before, IsNew] =
        Seen.emplace(std::string(roleName(E.R)) + " " + Name + "\n" + Conditions, Line);
    if (!IsNew)
      return fail(*Where, inQuotes(Name) + " stands twice in '" + std::string(roleName(E.R)) +
                              "' with the same conditions; first in line " +
                              std::to_string(Before->second));
  }
  return true;
}

bool PackReader::readEntry(const JsonNode &Node, const RoleShape &Shape, Entry &E) {
  if (!isKind(Node, Kind::Object))
    return false;
  E.Place = std::string(File) + ":" + std::to_string(Lines.place(Node.Offset).Line);
  const std::vector<std::string_view> Known = allKeys(Shape);
  Names Subjects;
  for (const JsonNode &Child : Node.Children) {
    if (std::ranges::find(Known, Child.Key) == Known.end())
      return failAtKey(Child, "unknown key " + inQuotes(Child.Key) + " in '" +
                                  std::string(roleName(Shape.R)) + "'; one of: " + joined(Known));
    if (!readKey(Child, E, Subjects))
      return false;
  }
  if (Subjects.empty())
    return fail(Node, "'" + std::string(Shape.Subjects[0]) + "' is missing");
  for (const std::string_view Key : Shape.Required)
    if (!Node.member(Key))
      return fail(Node, "'" + std::string(Key) + "' is missing");
  if (E.Source.empty())
    return fail(Node, "'source' is missing: the header, manual page or document that the "
                      "entry was written from");
  if (E.R == Role::Blocking && E.Instead.empty())
    E.Instead = DefaultInstead;
  return checkTwice(E, Subjects);
}

bool PackReader::readRole(const JsonNode &Node, const RoleShape &Shape) {
  if (!isList(Node))
    return false;
  for (const JsonNode &Child : Node.Children) {
    Entry &E = Result.Entries.emplace_back();
    E.R = Shape.R;
    if (!readEntry(Child, Shape, E))
      return false;
  }
  return true;
}

bool PackReader::read(Pack &P) {
  if (!isKind(Root, Kind::Object))
    return false;
  // The names of all roles need the namespaces, wherever they stand.
  if (const JsonNode *Node = Root.member("namespaces"); Node && !readNamespaces(*Node))
    return false;
  for (const JsonNode &Child : Root.Children) {
    const auto Shape = std::ranges::find(roleShapes(), Child.Key,
                                         [](const RoleShape &S) { return roleName(S.R); });
    std::string Version;
    if (Shape != roleShapes().end()) {
      if (!readRole(Child, *Shape))
        return false;
    } else if (Child.Key == "library" || Child.Key == "version") {
      if (!readText(Child, Child.Key == "library" ? Result.Library : Version))
        return false;
    } else if (Child.Key != "namespaces") {
      std::vector<std::string_view> Known = {"library", "version", "namespaces"};
      for (const RoleShape &S : roleShapes())
        Known.push_back(roleName(S.R));
      return failAtKey(Child,
                       "unknown role or key " + inQuotes(Child.Key) + "; one of: " + joined(Known));
    }
  }
  if (Result.Library.empty())
    return fail(Root, "'library' is missing");
  if (Result.Entries.empty())
    return fail(Root, "the pack says nothing: it has no role");
  Result.Namespaces = std::move(Namespaces);
  P = std::move(Result);
  return true;
}

} // namespace

std::string ModelError::str() const {
  std::string Text = File;
  if (Line)
    Text += ":" + std::to_string(Line) + ":" + std::to_string(Column);
  Text += ": error: " + Message;
  if (!Pointer.empty()) {
    const std::string Shown = inQuotes(Pointer);
    Text += " (at " + Shown.substr(1, Shown.size() - 2) + ")";
  }
  return Text;
}

std::optional<Pack> parsePack(std::string_view Text, std::string_view File, ModelError &Error) {
  if (Text.starts_with("\xEF\xBB\xBF")) // a byte order mark has no column
    Text.remove_prefix(3);
  JsonError Syntax;
  const std::optional<JsonNode> Root = parseJson(Text, Syntax);
  if (!Root) {
    const LineTable::Place Place = LineTable(Text).place(Syntax.Offset);
    Error = {std::string(File), Place.Line, Place.Column, std::move(Syntax.Pointer),
             std::move(Syntax.Message)};
    return std::nullopt;
  }
  Pack P;
  if (!PackReader(Text, File, *Root, Error).read(P))
    return std::nullopt;
  return P;
}

} // namespace nettune::model
