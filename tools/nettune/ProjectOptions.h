//===- ProjectOptions.h - options of a whole-program run --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PROJECTOPTIONS_H
#define NETTUNE_TOOLS_PROJECTOPTIONS_H

#include "NettuneOptions.h"

#include <optional>
#include <string>

namespace nettune::cli {

/// The nettune.* options that the .clang-tidy of \p Root and the directories above
/// it give; on failure \p Error says why.
std::optional<clang::tidy::nettune::NettuneOptions> projectOptions(const std::string &Root, std::string &Error);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PROJECTOPTIONS_H
