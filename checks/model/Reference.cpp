//===- Reference.cpp - what can be set --------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reference.h"

#include "EmbeddedPacks.h"
#include "ValueReader.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace nettune::model {

using Kind = JsonNode::Kind;

namespace {

constexpr std::int64_t Any = std::numeric_limits<std::int64_t>::max();

class ReferenceReader : ValueReader {
public:
  ReferenceReader(std::string_view Text, std::string_view File, const JsonNode &Root,
                  ModelError &Error)
      : ValueReader(Text, File, Root, Error) {}

  bool read(Reference &R) {
    if (!isKind(Root, Kind::Object))
      return false;
    const JsonNode *Machine = required(Root, "machine");
    return Machine && readMachine(*Machine, R) && readThresholds(R.Limits) &&
           readAll("server", R.Server, &ReferenceReader::readSetting) &&
           readAll("load", R.Load, &ReferenceReader::readSetting) &&
           readAll("sockets", R.Sockets, &ReferenceReader::readSocket) &&
           readAll("workloads", R.Workloads, &ReferenceReader::readWorkload) && wantsAreKnown(R);
  }

private:
  /// The member; without it sets the error and gives null.
  const JsonNode *required(const JsonNode &In, std::string_view Key) {
    if (!isKind(In, Kind::Object))
      return nullptr;
    const JsonNode *Found = In.member(Key);
    if (!Found)
      fail(In, "no " + inQuotes(Key));
    return Found;
  }

  bool text(const JsonNode &In, std::string_view Key, std::string &Into) {
    const JsonNode *Found = required(In, Key);
    return Found && readText(*Found, Into);
  }

  bool number(const JsonNode &In, std::string_view Key, std::int64_t &Into) {
    const JsonNode *Found = required(In, Key);
    return Found && readInteger(*Found, 0, Any, Into);
  }

  bool optionalNumber(const JsonNode &In, std::string_view Key, std::optional<std::int64_t> &Into) {
    const JsonNode *Found = In.member(Key);
    if (!Found || Found->K == Kind::Null)
      return true;
    if (Found->K == Kind::Boolean) {
      Into = Found->Boolean;
      return true;
    }
    return readInteger(*Found, 0, Any, Into.emplace());
  }

  template <typename Row>
  bool readAll(std::string_view Key, std::vector<Row> &Into,
               bool (ReferenceReader::*Read)(const JsonNode &, Row &)) {
    const JsonNode *Rows = required(Root, Key);
    if (!Rows || !isKind(*Rows, Kind::Array))
      return false;
    return std::ranges::all_of(Rows->Children, [&](const JsonNode &Child) {
      return isKind(Child, Kind::Object) && (this->*Read)(Child, Into.emplace_back());
    });
  }

  bool readMachine(const JsonNode &Node, Reference &R) {
    std::int64_t Gibibytes;
    if (!number(Node, "cores", R.Cores) || !number(Node, "memory_gib", Gibibytes))
      return false;
    R.MemoryBytes = Gibibytes << 30;
    return true;
  }

  bool readThresholds(Thresholds &T) {
    const std::pair<std::string_view, std::int64_t *> Known[] = {
        {"ample_read_buffer", &T.AmpleReadBuffer},
        {"loop_threads_per_core", &T.LoopThreadsPerCore},
        {"threads_per_core", &T.ThreadsPerCore},
        {"least_zero_copy", &T.LeastZeroCopy}};
    const JsonNode *Rows = required(Root, "thresholds");
    if (!Rows || !isKind(*Rows, Kind::Array))
      return false;
    for (const JsonNode &Row : Rows->Children) {
      std::string Key;
      if (!text(Row, "key", Key))
        return false;
      const auto *Found = std::ranges::find(Known, Key, [](const auto &K) { return K.first; });
      if (Found == std::end(Known))
        return fail(Row, "no threshold is " + inQuotes(Key));
      if (!number(Row, "value", *Found->second))
        return false;
    }
    for (const auto &[Key, Value] : Known)
      if (*Value == 0)
        return fail(*Rows, "no threshold " + inQuotes(Key));
    return true;
  }

  bool readSetting(const JsonNode &Node, Setting &S) {
    if (!text(Node, "key", S.Key) || !text(Node, "unit", S.Unit) ||
        !optionalNumber(Node, "default", S.Default))
      return false;
    if (!S.isFlag() && (!number(Node, "least", S.Least) || !number(Node, "most", S.Most)))
      return false;
    const JsonNode *Section = Node.member("section"); // the load has none
    return !Section || readText(*Section, S.Section);
  }

  bool readSocket(const JsonNode &Node, SocketOption &S) {
    const JsonNode *Spelled = required(Node, "spelled");
    if (!Spelled || !isKind(*Spelled, Kind::Array))
      return false;
    for (const JsonNode &Name : Spelled->Children)
      if (!readText(Name, S.Spelled.emplace_back()))
        return false;
    return text(Node, "key", S.Key) && text(Node, "option", S.Option) &&
           text(Node, "mistaken_for", S.MistakenFor) && text(Node, "section", S.Section);
  }

  bool readWorkload(const JsonNode &Node, Workload &W) {
    const JsonNode *Wants = required(Node, "wants");
    if (!Wants || !isKind(*Wants, Kind::Array))
      return false;
    return text(Node, "name", W.Name) && text(Node, "section", W.Section) &&
           std::ranges::all_of(Wants->Children, [&](const JsonNode &Child) {
             return isKind(Child, Kind::Object) && readWant(Child, W.Wants.emplace_back());
           });
  }

  bool readWant(const JsonNode &Node, Want &W) {
    std::optional<std::int64_t> Is;
    if (!text(Node, "key", W.Key) || !text(Node, "why", W.Why) ||
        !optionalNumber(Node, "least", W.Least) || !optionalNumber(Node, "most", W.Most) ||
        !optionalNumber(Node, "is", Is))
      return false;
    if (Is)
      W.Is = *Is != 0;
    W.Absent = Node.member("absent") != nullptr;
    return W.Least || W.Most || W.Is || W.Absent || fail(Node, "wants nothing");
  }

  bool wantsAreKnown(const Reference &R) {
    for (const Workload &W : R.Workloads)
      for (const Want &Wanted : W.Wants)
        if (std::ranges::find(R.Server, Wanted.Key, &Setting::Key) == R.Server.end())
          return fail(*Root.member("workloads"), inQuotes(W.Name) + " wants " +
                                                     inQuotes(Wanted.Key) +
                                                     ", which is no setting of the server");
    return true;
  }
};

} // namespace

const Workload *Reference::workload(std::string_view Name) const {
  const auto Found = std::ranges::find(Workloads, Name, &Workload::Name);
  return Found == Workloads.end() ? nullptr : &*Found;
}

bool Workload::onlyLimits(std::string_view Key) const {
  const auto Found = std::ranges::find(Wants, Key, &Want::Key);
  return Found != Wants.end() && Found->Most && !Found->Least;
}

std::optional<Reference> parseReference(std::string_view Text, std::string_view File,
                                        ModelError &Error) {
  JsonError Json;
  const std::optional<JsonNode> Root = parseJson(Text, Json);
  if (!Root) {
    const LineTable::Place At = LineTable(Text).place(Json.Offset);
    Error = {std::string(File), At.Line, At.Column, Json.Pointer, Json.Message};
    return std::nullopt;
  }
  Reference R;
  if (!ReferenceReader(Text, File, *Root, Error).read(R))
    return std::nullopt;
  return R;
}

const Reference &builtInReference() {
  static const Reference Built = [] {
    ModelError Error;
    std::optional<Reference> R = parseReference(embeddedReference(), "reference.json", Error);
    if (!R) {
      std::fprintf(stderr, "nettune: built in: %s\n", Error.str().c_str());
      std::abort();
    }
    return std::move(*R);
  }();
  return Built;
}

} // namespace nettune::model
