//===- ConfigurationReader.cpp - the values of a configuration --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConfigurationReader.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/edit_distance.h>

#include <algorithm>

namespace nettune::model {

using Kind = JsonNode::Kind;

/// Of the guide: how a configuration is written and checked.
static constexpr char SettingsSection[] = "settings";

ConfigurationFinding ConfigurationFindings::made(std::size_t Offset, std::string Rule,
                                                 std::string Text, std::string Section) const {
  const LineTable::Place At = Lines.place(Offset);
  return {At.Line, At.Column, std::move(Rule), std::move(Text), std::move(Section)};
}

void ConfigurationFindings::add(std::size_t Offset, std::string Rule, std::string Text,
                                std::string Section) {
  ByOffset.try_emplace(Offset, made(Offset, std::move(Rule), std::move(Text), std::move(Section)));
}

void ConfigurationFindings::addAt(const JsonNode *Where, std::string Rule, std::string Text,
                                  std::string Section) {
  if (Where)
    add(Where->KeyOffset, std::move(Rule), std::move(Text), std::move(Section));
  else
    OfFile.push_back(made(0, std::move(Rule), std::move(Text), std::move(Section)));
}

std::vector<ConfigurationFinding> ConfigurationFindings::take() {
  std::vector<ConfigurationFinding> All = std::move(OfFile);
  for (auto &[Offset, Found] : ByOffset)
    All.push_back(std::move(Found));
  return All;
}

std::string counted(std::int64_t Number, std::string_view Unit) {
  std::string Text = std::to_string(Number) + " " + std::string(Unit);
  if (Number == 1 && Text.ends_with('s'))
    Text.pop_back();
  return Text;
}

static unsigned distance(const std::string &A, const std::string &B) {
  return llvm::ComputeEditDistance(llvm::ArrayRef<char>(A.data(), A.size()),
                                   llvm::ArrayRef<char>(B.data(), B.size()));
}

/// The name nearest to \p Key, if it is near enough to be meant: at most a third of
/// the letters differ, or one begins with the other.
static std::optional<std::string> nearest(const std::string &Key,
                                          const std::vector<std::string> &Known) {
  std::optional<std::string> Best;
  std::size_t BestDistance = Key.size() / 3 + 1;
  for (const std::string &Name : Known) {
    const bool Begins = Key.size() >= 4 && (Name.starts_with(Key) || Key.starts_with(Name));
    const std::size_t Differs = Begins ? 1 : distance(Key, Name);
    if (Differs < BestDistance) {
      BestDistance = Differs;
      Best = Name;
    }
  }
  return Best;
}

static std::string insteadOf(const std::string &Key, const std::vector<std::string> &Known) {
  const std::optional<std::string> Meant = nearest(Key, Known);
  return Meant ? "write " + inQuotes(*Meant)
               : "docs/PERFORMANCE_REFERENCE.md lists those that there are";
}

void ConfigurationReader::read(const JsonNode &Root) {
  if (Root.K != Kind::Object) {
    Into.add(Root.Offset, "type",
             "the file holds " + std::string(kindName(Root.K)) +
                 "; write an object with the groups 'server' and 'load'",
             SettingsSection);
    return;
  }
  for (const JsonNode &Node : Root.Children) {
    if (Node.Key == "server")
      group(Node, R.Server, Server);
    else if (Node.Key == "load")
      group(Node, R.Load, Load);
    else if (Node.Key != "description")
      Into.addAt(&Node, "unknown-key",
                 inQuotes(Node.Key) + " is no group of a configuration; " +
                     insteadOf(Node.Key, {"server", "load", "description"}),
                 SettingsSection);
    else if (Node.K != Kind::String)
      Into.addAt(&Node, "type",
                 "'description' is " + std::string(kindName(Node.K)) + "; write a string",
                 SettingsSection);
  }
}

void ConfigurationReader::group(const JsonNode &Node, const std::vector<Setting> &Known,
                                Values &Values) {
  if (Node.K != Kind::Object) {
    Into.addAt(&Node, "type",
               inQuotes(Node.Key) + " is " + std::string(kindName(Node.K)) + "; write an object",
               SettingsSection);
    return;
  }
  for (const JsonNode &Member : Node.Children) {
    const auto Found = std::ranges::find(Known, Member.Key, &Setting::Key);
    if (Found == Known.end())
      unknown(Member, Node.Key, Known);
    else if (const std::optional<std::int64_t> Value = value(Member, *Found))
      Values[Member.Key] = {*Value, &Member};
    else
      Wrong.insert(Member.Key);
  }
}

std::optional<std::int64_t> ConfigurationReader::value(const JsonNode &Node, const Setting &S) {
  const std::string Section = S.Section.empty() ? SettingsSection : S.Section;
  const std::string Name = inQuotes(S.Key);
  if (Node.K != (S.isFlag() ? Kind::Boolean : Kind::Integer)) {
    const std::string Wanted = S.isFlag() ? "true or false" : "a whole number of " + S.Unit;
    Into.add(Node.Offset, "type",
             Name + " is " + std::string(kindName(Node.K)) + "; write " + Wanted, Section);
    return std::nullopt;
  }
  if (S.isFlag())
    return Node.Boolean;
  if (Node.Integer >= S.Least && Node.Integer <= S.Most)
    return Node.Integer;
  const bool Below = Node.Integer < S.Least;
  Into.add(Node.Offset, "range",
           Name + " of " + counted(Node.Integer, S.Unit) + " is " + (Below ? "below" : "above") +
               " what the server accepts; give it at " + (Below ? "least " : "most ") +
               std::to_string(Below ? S.Least : S.Most),
           Section);
  return std::nullopt;
}

void ConfigurationReader::unknown(const JsonNode &Node, const std::string &Group,
                                  const std::vector<Setting> &Known) {
  for (const SocketOption &S : R.Sockets)
    if (Node.Key == S.Key || std::ranges::find(S.Spelled, Node.Key) != S.Spelled.end()) {
      Into.addAt(&Node, "socket-option",
                 inQuotes(Node.Key) + " is the kernel's " + S.Option +
                     ", which is best left to it; remove it, or write " + inQuotes(S.MistakenFor),
                 S.Section);
      return;
    }
  std::vector<std::string> Names;
  for (const Setting &S : Known)
    Names.push_back(S.Key);
  Into.addAt(&Node, "unknown-key",
             inQuotes(Node.Key) + " is no key of " + inQuotes(Group) + "; " +
                 insteadOf(Node.Key, Names),
             SettingsSection);
}

std::optional<Given> ConfigurationReader::server(std::string_view Key) const {
  if (const auto Found = Server.find(Key); Found != Server.end())
    return Found->second;
  const auto Known = std::ranges::find(R.Server, Key, &Setting::Key);
  if (Known == R.Server.end() || !Known->Default || Wrong.contains(Key))
    return std::nullopt;
  return Given{*Known->Default, nullptr};
}

std::optional<Given> ConfigurationReader::load(std::string_view Key) const {
  const auto Found = Load.find(Key);
  return Found == Load.end() ? std::nullopt : std::optional(Found->second);
}

} // namespace nettune::model
