//===- OptionArguments.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OptionArguments.h"

#include "NettuneOptions.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/FileSystem.h>

#include <set>

namespace clang::tidy::nettune {
namespace {

std::set<std::string> knownNames() {
  ClangTidyOptions::OptionMap All;
  NettuneOptions().store(All);
  std::set<std::string> Names;
  for (const auto &Option : All)
    Names.insert(Option.getKey().str());
  return Names;
}

bool namesFiles(llvm::StringRef Name) { return Name == "nettune.Models" || Name == "nettune.Index"; }

/// Of files that ';' separates.
std::string absoluteFiles(llvm::StringRef Value) {
  std::vector<std::string> Files;
  for (llvm::StringRef File : llvm::split(Value, ';')) {
    llvm::SmallString<256> Path(File.trim());
    if (!Path.empty())
      llvm::sys::fs::make_absolute(Path);
    Files.push_back(Path.str().str());
  }
  return llvm::join(Files, ";");
}

} // namespace

llvm::Error addOption(llvm::StringRef Argument, OptionValues &Into) {
  static const std::set<std::string> Known = knownNames();
  auto [Name, Value] = Argument.split('=');
  if (!Known.contains(Name.str()))
    return llvm::createStringError("no option '" + Name + "'; nettune has " + llvm::join(Known, ", "));
  if (Name.size() == Argument.size())
    return llvm::createStringError("option '" + Name + "' has no value; " + Name + "=VALUE gives it one");
  std::vector<std::string> Errors;
  NettuneOptions::read(optionMap({{Name.str(), Value.str()}}), Errors);
  if (!Errors.empty())
    return llvm::createStringError(Errors.front());
  Into.insert_or_assign(Name.str(), namesFiles(Name) ? absoluteFiles(Value) : Value.str());
  return llvm::Error::success();
}

void addOptions(llvm::StringRef Text, OptionValues &Into, std::vector<std::string> &Errors) {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Saver(Memory);
  llvm::SmallVector<const char *> Arguments;
  llvm::cl::TokenizeGNUCommandLine(Text, Saver, Arguments);
  for (const char *Argument : Arguments)
    if (llvm::Error E = addOption(Argument, Into))
      Errors.push_back(llvm::toString(std::move(E)));
}

ClangTidyOptions::OptionMap optionMap(const OptionValues &Values) {
  ClangTidyOptions::OptionMap Map;
  for (const auto &[Name, Value] : Values)
    Map.insert_or_assign(Name, ClangTidyOptions::ClangTidyValue(Value));
  return Map;
}

} // namespace clang::tidy::nettune
