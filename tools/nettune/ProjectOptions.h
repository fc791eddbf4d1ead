//===- ProjectOptions.h - options of a whole-program run --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PROJECTOPTIONS_H
#define NETTUNE_TOOLS_PROJECTOPTIONS_H

#include "NettuneOptions.h"
#include "OptionArguments.h"

#include <llvm/Support/Error.h>

#include <optional>
#include <string>

namespace nettune::cli {

/// Options that the call gives, around what .clang-tidy says.
struct GivenOptions {
  clang::tidy::nettune::OptionValues First; ///< whatever .clang-tidy says
  clang::tidy::nettune::OptionValues Last;  ///< where it says nothing

  /// In the form of the provider's arguments.
  clang::tidy::ClangTidyOptions overrides() const;
  clang::tidy::ClangTidyOptions defaults() const;
};

/// Those of `--check-option` and of the environment. An error names the place and what is wrong.
llvm::Expected<GivenOptions> givenOptions(const std::vector<std::string> &Arguments);

/// The nettune.* options that hold for \p Root: of its .clang-tidy and those above it, and
/// \p Given; on failure \p Error says why.
std::optional<clang::tidy::nettune::NettuneOptions> projectOptions(const std::string &Root, const GivenOptions &Given,
                                                                   std::string &Error);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PROJECTOPTIONS_H
