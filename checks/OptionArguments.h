//===- OptionArguments.h - options outside of .clang-tidy -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_OPTIONARGUMENTS_H
#define NETTUNE_OPTIONARGUMENTS_H

#include <clang-tidy/ClangTidyOptions.h>
#include <llvm/Support/Error.h>

#include <map>
#include <string>
#include <vector>

namespace clang::tidy::nettune {

/// Values as in CheckOptions, by the whole names: `nettune.Workload`.
using OptionValues = std::map<std::string, std::string>;

/// Holds options of a user, or of an editor, in the form that addOptions() reads. They are for
/// what .clang-tidy leaves open.
inline constexpr char OptionsVariable[] = "NETTUNE_CHECK_OPTIONS";

/// Adds `nettune.NAME=VALUE`; what \p Into has of that name goes. Files are named relative to
/// the working directory and kept with absolute names. An error, and nothing added: a name
/// that nettune has not, or a value that the option does not take.
llvm::Error addOption(llvm::StringRef Argument, OptionValues &Into);

/// Adds each of the arguments in \p Text, which stand there as in a shell's line. Wrong ones
/// are left out; \p Errors then has a sentence for each.
void addOptions(llvm::StringRef Text, OptionValues &Into, std::vector<std::string> &Errors);

/// For clang-tidy.
ClangTidyOptions::OptionMap optionMap(const OptionValues &Values);

} // namespace clang::tidy::nettune

#endif // NETTUNE_OPTIONARGUMENTS_H
