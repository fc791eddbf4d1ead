//===- NinjaRun.h - ninja as a child process --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_NINJARUN_H
#define NETTUNE_TOOLS_NINJARUN_H

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/Error.h>

#include <string>
#include <vector>

namespace nettune::cli {

/// Runs what is out of date in \p Directory, its words go to ninja.log there. That a
/// TU fails is no error. \p Jobs 0: as ninja chooses.
llvm::Error runNinja(const std::string &Directory, unsigned Jobs);

/// What each output of that directory was made from, as it was noted down, absolute.
llvm::Expected<llvm::StringMap<std::vector<std::string>>> recordedInputs(const std::string &Directory);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_NINJARUN_H
