//===- ProjectConfig.h - what a project's .clangd says ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_PROJECTCONFIG_H
#define NETTUNE_CLANGD_PROJECTCONFIG_H

#include <llvm/ADT/StringRef.h>

#include <optional>
#include <string>

namespace nettune::editor {

/// `CompilationDatabase` in the text of a `.clangd` file, as it stands there. Fragments
/// that hold under a condition (`If`) are passed over; of several the last counts. None:
/// it is not said, or the text is no YAML, of which clangd tells.
std::optional<std::string> compilationDatabaseIn(llvm::StringRef Text);

/// The directory that the `.clangd` files above \p File name, that of the nearest; empty: none
/// does, or the search is what they ask for.
std::string configuredCommandsDirectory(llvm::StringRef File);

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_PROJECTCONFIG_H
