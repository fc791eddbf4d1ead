//===- ApiModel.cpp - what is known about library calls ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ApiModel.h"

#include <utility>

namespace nettune::model {

static constexpr std::string_view AnyNamespace = "*::";

/// What follows the last `::`. A conversion operator's type may hold one; the
/// result is then still the same for all spellings that end alike.
static std::string_view lastComponent(std::string_view Name) {
  const std::size_t Separator = Name.rfind("::");
  return Separator == Name.npos ? Name : Name.substr(Separator + 2);
}

bool matchesName(std::string_view ModelName, std::string_view QualifiedName) {
  if (!ModelName.starts_with(AnyNamespace))
    return ModelName == QualifiedName;
  // "*::X::y": either exactly "X::y" or something that ends with "::X::y".
  const std::string_view Suffix = ModelName.substr(1);
  return QualifiedName == Suffix.substr(2) || QualifiedName.ends_with(Suffix);
}

void ApiModel::Index::add(const Entry &E, unsigned Rank, const std::vector<std::string> &Names) {
  for (const std::string &Name : Names) {
    const bool IsSuffix = Name.starts_with(AnyNamespace);
    NameMap &Map = IsSuffix ? BySuffix : Exact;
    Map[std::string(IsSuffix ? lastComponent(Name) : Name)].push_back({Rank, &E, &Name});
  }
}

std::vector<const Entry *> ApiModel::Index::find(std::string_view Name) const {
  static const std::vector<Named> None;
  const auto ExactHit = Exact.find(Name);
  const std::vector<Named> &Exacts = ExactHit == Exact.end() ? None : ExactHit->second;
  const auto SuffixHit = BySuffix.empty() ? BySuffix.end() : BySuffix.find(lastComponent(Name));
  const std::vector<Named> &Suffixes = SuffixHit == BySuffix.end() ? None : SuffixHit->second;

  // Both lists are sorted by rank. An entry can stand in both.
  std::vector<const Entry *> Found;
  auto E = Exacts.begin();
  auto S = Suffixes.begin();
  while (E != Exacts.end() || S != Suffixes.end()) {
    const bool TakeExact = S == Suffixes.end() || (E != Exacts.end() && E->Rank <= S->Rank);
    const Named &Next = TakeExact ? *E++ : *S++;
    if (!TakeExact && !matchesName(*Next.Name, Name))
      continue;
    if (Found.empty() || Found.back() != Next.E)
      Found.push_back(Next.E);
  }
  return Found;
}

void ApiModel::add(Pack P) {
  Packs.push_back(std::move(P));
  for (Entry &E : Packs.back().Entries) {
    if (E.Library.empty())
      E.Library = Packs.back().Library;
    ByFunction.add(E, NextRank, E.Functions);
    ByField.add(E, NextRank, E.Fields);
    ByType.add(E, NextRank, E.Types);
    ++NextRank;
  }
}

std::vector<const Entry *> ApiModel::function(std::string_view QualifiedName) const {
  return ByFunction.find(QualifiedName);
}

std::vector<const Entry *> ApiModel::field(std::string_view QualifiedName) const {
  return ByField.find(QualifiedName);
}

std::vector<const Entry *> ApiModel::type(std::string_view QualifiedName) const {
  return ByType.find(QualifiedName);
}

std::string_view roleName(Role R) {
  switch (R) {
  case Role::Handlers:
    return "handlers";
  case Role::HandlerOverrides:
    return "handlerOverrides";
  case Role::HandlerCoroutines:
    return "handlerCoroutines";
  case Role::Contexts:
    return "contexts";
  case Role::Loops:
    return "loops";
  case Role::Handoffs:
    return "handoffs";
  case Role::Transparent:
    return "transparent";
  case Role::Blocking:
    return "blocking";
  case Role::Nonblocking:
    return "nonblocking";
  case Role::Affinity:
    return "affinity";
  case Role::Guards:
    return "guards";
  case Role::NonblockingResults:
    return "nonblockingResults";
  case Role::Accepts:
    return "accepts";
  case Role::Sends:
    return "sends";
  case Role::Payloads:
    return "payloads";
  case Role::Settings:
    return "settings";
  case Role::Threads:
    return "threads";
  }
  return "";
}

std::span<const std::string_view> settingKeys() {
  static constexpr std::string_view Keys[] = {
      "receive_buffer_size", "send_buffer_size",   "socket_receive_buffer",
      "socket_send_buffer",  "max_message_size",   "thread_count",
      "io_threads",          "max_connections",    "max_pending_messages",
      "connection_timeout",  "keep_alive_timeout", "tcp_nodelay",
      "zero_copy",           "listen_backlog"};
  return Keys;
}

std::string_view categoryName(Category C) {
  switch (C) {
  case Category::Sleep:
    return "sleep";
  case Category::Wait:
    return "wait";
  case Category::Join:
    return "join";
  case Category::Dns:
    return "dns";
  case Category::Socket:
    return "socket";
  case Category::File:
    return "file";
  case Category::Process:
    return "process";
  case Category::Database:
    return "database";
  case Category::Http:
    return "http";
  case Category::Rpc:
    return "rpc";
  case Category::Console:
    return "console";
  case Category::Lock:
    return "lock";
  }
  return "";
}

std::string_view categoryReason(Category C) {
  switch (C) {
  case Category::Sleep:
    return "time to pass";
  case Category::Wait:
    return "another thread";
  case Category::Join:
    return "a thread to end";
  case Category::Dns:
    return "a name server";
  case Category::Socket:
    return "the peer";
  case Category::File:
    return "the disk";
  case Category::Process:
    return "another process";
  case Category::Database:
    return "the database server";
  case Category::Http:
    return "an HTTP server";
  case Category::Rpc:
    return "a remote procedure";
  case Category::Console:
    return "the terminal";
  case Category::Lock:
    return "another thread's lock";
  }
  return "";
}

} // namespace nettune::model
