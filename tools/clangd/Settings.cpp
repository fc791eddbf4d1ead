//===- Settings.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Settings.h"

#include <llvm/Support/raw_ostream.h>

#include <utility>

namespace nettune::editor {
using clang::tidy::nettune::OptionValues;

Settings::Settings(const char *Environment) {
  std::vector<std::string> Wrong;
  clang::tidy::nettune::addOptions(Environment ? Environment : "", OfEnvironment, Wrong);
  for (const std::string &Error : Wrong)
    complain(std::string(clang::tidy::nettune::OptionsVariable) + ": " + Error);
}

void Settings::complain(std::string Error) {
  if (Said.insert(Error).second)
    Errors.push_back(std::move(Error));
}

/// As on a command line; nothing: it is not set.
static std::optional<std::string> argument(llvm::StringRef Option, const llvm::json::Value &V) {
  std::string Text;
  if (auto Word = V.getAsString())
    Text = Word->str();
  else if (V.kind() != llvm::json::Value::Null)
    llvm::raw_string_ostream(Text) << V;
  bool IsZero = Option == "nettune.TargetCores" && Text == "0";
  if (Text.empty() || IsZero)
    return std::nullopt;
  return (Option + "=" + Text).str();
}

bool Settings::take(const llvm::json::Object &Given) {
  OptionValues New;
  std::lock_guard<std::mutex> Lock(Guard);
  for (const auto &[Key, Option] : {std::pair<llvm::StringRef, llvm::StringRef>("workload", "nettune.Workload"),
                                    {"targetCores", "nettune.TargetCores"},
                                    {"guideUrl", "nettune.GuideUrl"}}) {
    const llvm::json::Value *V = Given.get(Key);
    auto Argument = V ? argument(Option, *V) : std::nullopt;
    if (!Argument)
      continue;
    if (llvm::Error E = clang::tidy::nettune::addOption(*Argument, New))
      complain("setting '" + Key.str() + "': " + llvm::toString(std::move(E)));
  }
  if (New == OfEditor)
    return false;
  OfEditor = std::move(New);
  return true;
}

OptionValues Settings::options() const {
  std::lock_guard<std::mutex> Lock(Guard);
  OptionValues All = OfEditor;
  All.insert(OfEnvironment.begin(), OfEnvironment.end()); // what is there stays
  return All;
}

std::vector<std::string> Settings::takeErrors() {
  std::lock_guard<std::mutex> Lock(Guard);
  return std::exchange(Errors, {});
}

} // namespace nettune::editor
