//===- Settings.h - options that .clang-tidy leaves open --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_SETTINGS_H
#define NETTUNE_CLANGD_SETTINGS_H

#include "OptionArguments.h"

#include <llvm/Support/JSON.h>

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace nettune::editor {

/// Options of the environment, and the editor's before those. Safe to use from several threads.
class Settings {
public:
  /// Takes what stands in the environment variable, see OptionsVariable; null: nothing.
  explicit Settings(const char *Environment);

  /// Takes the object `nettune` of the editor's settings, in the place of what it said before.
  /// True: options are other ones now. Values that an option does not take are left out.
  bool take(const llvm::json::Object &Given);

  clang::tidy::nettune::OptionValues options() const;

  /// Sentences of what is wrong, each given out once.
  std::vector<std::string> takeErrors();

private:
  void complain(std::string Error);

  mutable std::mutex Guard;
  clang::tidy::nettune::OptionValues OfEnvironment, OfEditor;
  std::set<std::string> Said;
  std::vector<std::string> Errors;
};

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_SETTINGS_H
