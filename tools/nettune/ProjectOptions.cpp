//===- ProjectOptions.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProjectOptions.h"

namespace nettune::cli {
using namespace clang::tidy;
using clang::tidy::nettune::NettuneOptions;

std::optional<NettuneOptions> projectOptions(const std::string &Root, std::string &Error) {
  FileOptionsProvider Provider(ClangTidyGlobalOptions(), ClangTidyOptions::getDefaults(), ClangTidyOptions());
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
