//===- ProjectOptions.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProjectOptions.h"

#include <cstdlib>

namespace nettune::cli {
using namespace clang::tidy;
using namespace clang::tidy::nettune;

ClangTidyOptions GivenOptions::overrides() const {
  ClangTidyOptions O;
  O.CheckOptions = optionMap(First);
  return O;
}

ClangTidyOptions GivenOptions::defaults() const {
  ClangTidyOptions O = ClangTidyOptions::getDefaults();
  for (const auto &Option : optionMap(Last))
    O.CheckOptions.insert_or_assign(Option.getKey(), Option.getValue());
  return O;
}

llvm::Expected<GivenOptions> givenOptions(const std::vector<std::string> &Arguments) {
  GivenOptions Given;
  for (const std::string &Argument : Arguments)
    if (llvm::Error E = addOption(Argument, Given.First))
      return llvm::createStringError("--check-option: error: " + llvm::toString(std::move(E)));
  if (Given.First.contains("nettune.Index"))
    return llvm::createStringError("--check-option: error: nettune.Index is for one file alone; this looks at the program itself");
  std::vector<std::string> Errors;
  if (const char *Text = std::getenv(OptionsVariable))
    addOptions(Text, Given.Last, Errors);
  if (!Errors.empty())
    return llvm::createStringError(std::string(OptionsVariable) + ": error: " + Errors.front());
  return Given;
}

std::optional<NettuneOptions> projectOptions(const std::string &Root, const GivenOptions &Given, std::string &Error) {
  FileOptionsProvider Provider(ClangTidyGlobalOptions(), Given.defaults(), Given.overrides());
  // The name only says in which directory to begin.
  ClangTidyOptions Found = Provider.getOptions(Root + "/any.cpp");
  std::vector<std::string> Errors;
  NettuneOptions Options = NettuneOptions::read(Found.CheckOptions, Errors);
  if (Errors.empty())
    return Options;
  Error = "error: " + Errors.front();
  return std::nullopt;
}

} // namespace nettune::cli
