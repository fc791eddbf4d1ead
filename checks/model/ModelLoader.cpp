//===- ModelLoader.cpp - a pack's JSON text to its types --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelLoader.h"

#include "ConditionReader.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace nettune::model {

namespace {

using Kind = JsonNode::Kind;

constexpr std::string_view DefaultInstead = "hand it to a worker pool";
constexpr std::int64_t MaxReach = 8;
/// What to do instead of writing `false`.
constexpr std::string_view OmitForFalse = "for the opposite leave it out";

/// The keys of an entry besides `only`, `unless` and `source`.
struct RoleShape {
  Role R;
  /// One of these at least: what the entry is about.
  std::vector<std::string_view> Subjects;
  std::vector<std::string_view> Required;
  std::vector<std::string_view> Optional;
  /// Which argument is meant if the entry does not say.
  int Argument = AllCallables;
};

const std::vector<RoleShape> &roleShapes() {
  static const std::vector<RoleShape> Shapes = {
      {Role::Handlers,
       {"functions", "fields"},
       {},
       {"argument", "thread", "context", "parameters", "peerless"}},
      {Role::HandlerOverrides, {"functions"}, {}, {"thread", "parameters"}},
      {Role::HandlerCoroutines, {"types"}, {}, {"thread"}},
      {Role::Contexts, {"types", "functions"}, {}, {}},
      {Role::Loops, {"functions"}, {}, {"reach"}},
      {Role::Handoffs, {"functions"}, {}, {"argument"}},
      {Role::Transparent, {"functions"}, {}, {"argument"}},
      {Role::Blocking, {"functions"}, {"category", "grade"}, {"instead"}},
      {Role::Nonblocking, {"functions"}, {}, {"argument", "library"}},
      {Role::Affinity, {"functions"}, {}, {}},
      {Role::Guards, {"functions"}, {}, {}},
      {Role::NonblockingResults, {"functions"}, {}, {}},
      {Role::Accepts, {"functions"}, {}, {}},
      {Role::Sends, {"functions"}, {"kind", "reports", "loses"}, {"argument", "partial"}},
      {Role::Payloads, {"functions"}, {}, {"argument"}, ResultIsPayload},
      {Role::Settings, {"functions", "fields"}, {"key", "unit"}, {"argument"}, 0},
      {Role::Threads, {"functions", "fields"}, {}, {"argument", "pool", "each"}, 0},
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
constexpr std::array<std::string_view, 5> ParameterNames = {"session", "payload", "size", "error",
                                                            "other"};
constexpr std::array<std::string_view, 2> KindNames = {"stream", "datagram"};
constexpr std::array<std::string_view, 4> ReportNames = {"status", "bytes", "errorCode",
                                                         "completion"};
constexpr std::array<std::string_view, 5> UnitNames = {"bytes", "count", "milliseconds", "seconds",
                                                       "flag"};
constexpr std::array<std::string_view, 3> PoolNames = {"loop", "compute", "blocking"};

std::vector<std::string_view> categoryNames() {
  std::vector<std::string_view> Names;
  for (int C = 0; C <= static_cast<int>(Category::Lock); ++C)
    Names.push_back(categoryName(static_cast<Category>(C)));
  return Names;
}

class PackReader : ConditionReader {
public:
  PackReader(std::string_view Text, std::string_view File, const JsonNode &Root, ModelError &Error)
      : ConditionReader(Text, File, Root, Error) {}

  bool read(Pack &P);

private:
  bool readRole(const JsonNode &Node, const RoleShape &Shape);
  bool readEntry(const JsonNode &Node, const RoleShape &Shape, Entry &E);
  bool readKey(const JsonNode &Node, Entry &E, Names &Subjects);
  bool readDataKey(const JsonNode &Node, Entry &E);
  bool readSubjects(const JsonNode &Node, Entry &E, Names &Subjects);
  bool readArgument(const JsonNode &Node, const Entry &E, int &Argument);
  bool readContext(const JsonNode &Node, int &Context);
  bool readParameters(const JsonNode &Node, std::vector<Parameter> &Into);
  bool checkKeys(const JsonNode &Node, const RoleShape &Shape, const Entry &E);
  bool checkSend(const JsonNode &Node, const Entry &E);
  bool checkThreads(const JsonNode &Node, const Entry &E);
  bool checkTwice(const Entry &E, const Names &Subjects);

  Pack Result;
  /// Role, name and conditions of what was read -> the line of the name.
  std::unordered_map<std::string, unsigned> Seen;
};

bool PackReader::readArgument(const JsonNode &Node, const Entry &E, int &Argument) {
  const bool TakesCallables =
      E.R != Role::Payloads && E.R != Role::Settings && E.R != Role::Threads;
  if (TakesCallables && Node.K == Kind::String && Node.String == "callables") {
    Argument = AllCallables;
    return true;
  }
  if (TakesCallables && Node.K != Kind::Integer)
    return fail(Node, "'argument' must be an integer or \"callables\"");
  std::int64_t Index;
  if (!readInteger(Node, -MaxArguments, MaxArguments - 1, Index))
    return false;
  Argument = static_cast<int>(Index);
  return true;
}

bool PackReader::readContext(const JsonNode &Node, int &Context) {
  if (Node.K == Kind::String && Node.String == "object") {
    Context = ObjectIsContext;
    return true;
  }
  if (Node.K != Kind::Integer)
    return fail(Node, "'context' must be an integer or \"object\"");
  std::int64_t Index;
  if (!readInteger(Node, -MaxArguments, MaxArguments - 1, Index))
    return false;
  Context = static_cast<int>(Index);
  return true;
}

bool PackReader::readParameters(const JsonNode &Node, std::vector<Parameter> &Into) {
  if (!isList(Node))
    return false;
  return std::ranges::all_of(Node.Children, [&](const JsonNode &Child) {
    return readEnum(Child, ParameterNames, Into.emplace_back(), "parameter");
  });
}

bool PackReader::readSubjects(const JsonNode &Node, Entry &E, Names &Subjects) {
  const NameKind K = Node.Key == "functions" ? NameKind::Function
                     : Node.Key == "fields"  ? NameKind::Field
                                             : NameKind::Type;
  const std::size_t First = Subjects.size();
  if (!readNames(Node, K, Subjects))
    return false;
  std::vector<std::string> &Into = K == NameKind::Function ? E.Functions
                                   : K == NameKind::Field  ? E.Fields
                                                           : E.Types;
  for (std::size_t I = First; I < Subjects.size(); ++I)
    Into.push_back(Subjects[I].first);
  return true;
}

/// Keys of the roles that say how data and settings go in and out.
bool PackReader::readDataKey(const JsonNode &Node, Entry &E) {
  const std::string_view Key = Node.Key;
  if (Key == "kind") {
    std::size_t Index;
    const bool Known = isOneOf(Node, KindNames, Index);
    E.Datagram = Known && Index == 1;
    return Known;
  }
  if (Key == "reports")
    return readEnum(Node, ReportNames, E.Reports);
  if (Key == "partial")
    return E.Partial = readTrue(Node, OmitForFalse);
  if (Key == "peerless")
    return E.Peerless = readTrue(Node, OmitForFalse);
  if (Key == "loses")
    return readText(Node, E.Loses);
  if (Key == "key") {
    std::size_t Index;
    if (!isOneOf(Node, settingKeys(), Index))
      return false;
    E.Key = Node.String;
    return true;
  }
  if (Key == "unit")
    return readEnum(Node, UnitNames, E.Counts);
  if (Key == "pool")
    return readEnum(Node, PoolNames, E.Runs);
  return E.Each = readTrue(Node, OmitForFalse); // "each": readEntry() has turned away the others
}

bool PackReader::readKey(const JsonNode &Node, Entry &E, Names &Subjects) {
  const std::string_view Key = Node.Key;
  if (Key == "functions" || Key == "fields" || Key == "types")
    return readSubjects(Node, E, Subjects);
  if (Key == "argument")
    return readArgument(Node, E, E.Argument);
  if (Key == "thread")
    return readEnum(Node, ThreadNames, E.RunsOn);
  if (Key == "context")
    return readContext(Node, E.Context);
  if (Key == "parameters")
    return readParameters(Node, E.Parameters);
  if (Key == "category")
    return readEnum(Node, categoryNames(), E.Waits);
  if (Key == "grade")
    return readEnum(Node, GradeNames, E.G);
  if (Key == "instead")
    return readText(Node, E.Instead);
  if (Key == "library")
    return readText(Node, E.Library);
  if (Key == "source")
    return readText(Node, E.Source);
  if (Key == "only")
    return readConditions(Node, E.Only);
  if (Key == "unless")
    return readConditions(Node, E.Unless);
  if (Key != "reach")
    return readDataKey(Node, E);
  std::int64_t Reach;
  if (!readInteger(Node, 1, MaxReach, Reach))
    return false;
  E.Reach = static_cast<unsigned>(Reach);
  return true;
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

/// What of an error code or handler is meant is said by `argument` alone.
bool PackReader::checkSend(const JsonNode &Node, const Entry &E) {
  const JsonNode *Argument = Node.member("argument");
  switch (E.Reports) {
  case SendReport::Status:
  case SendReport::Bytes:
    return !Argument || failAtKey(*Argument, "'argument' is for 'errorCode' and 'completion'; a "
                                             "status or a count of bytes is the result");
  case SendReport::ErrorCode:
    if (!Argument)
      return fail(Node, "'argument' is missing: the index of the error code");
    return E.Argument != AllCallables ||
           fail(*Argument, "'argument' must be the index of the error code");
  case SendReport::Completion:
    return true;
  }
  return true;
}

bool PackReader::checkThreads(const JsonNode &Node, const Entry &E) {
  if (!E.Each)
    return Node.member("pool") ||
           fail(Node, "'pool' is missing; or 'each', if a call makes one thread");
  for (const std::string_view Key : {"argument", "pool", "fields"})
    if (const JsonNode *Other = Node.member(Key))
      return failAtKey(*Other, "'each' says that a call makes one thread: it takes no '" +
                                   std::string(Key) + "'");
  return true;
}

bool PackReader::checkKeys(const JsonNode &Node, const RoleShape &Shape, const Entry &E) {
  if (std::ranges::none_of(Shape.Subjects, [&](std::string_view Key) { return Node.member(Key); }))
    return fail(Node, "'" + std::string(Shape.Subjects[0]) + "' is missing");
  for (const std::string_view Key : Shape.Required)
    if (!Node.member(Key))
      return fail(Node, "'" + std::string(Key) + "' is missing");
  if (E.Source.empty())
    return fail(Node, "'source' is missing: the header, manual page or document that the "
                      "entry was written from");
  if (E.R == Role::Sends)
    return checkSend(Node, E);
  return E.R != Role::Threads || checkThreads(Node, E);
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
  if (E.R == Role::Blocking && E.Instead.empty())
    E.Instead = DefaultInstead;
  return checkKeys(Node, Shape, E) && checkTwice(E, Subjects);
}

bool PackReader::readRole(const JsonNode &Node, const RoleShape &Shape) {
  if (!isList(Node))
    return false;
  for (const JsonNode &Child : Node.Children) {
    Entry &E = Result.Entries.emplace_back();
    E.R = Shape.R;
    E.Argument = Shape.Argument;
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
