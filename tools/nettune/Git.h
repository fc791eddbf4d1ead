//===- Git.h - what git knows of the sources --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_GIT_H
#define NETTUNE_TOOLS_GIT_H

#include "BaseFiles.h"

#include <map>
#include <vector>

namespace nettune::cli {

/// The commit that changes are counted from.
struct DiffBase {
  std::string Commit; ///< its full name
  std::string Told;   ///< how it was found, for people
};

/// The common ancestor of HEAD and \p Named; where that is empty, of HEAD and the branch
/// that the CI system says the change is for, else the remote's default branch. \p Root:
/// a directory of the working tree. The error says how to fetch what a shallow clone lacks.
llvm::Expected<DiffBase> findDiffBase(const std::string &Root, const std::string &Named);

/// Lines of a file, from the first to the last, counted from 1.
struct LineRange {
  unsigned First, Last;
};

struct Changes {
  BaseFiles Base;
  std::map<std::string, std::string> Renamed;          ///< by the new absolute name: the old one
  std::map<std::string, std::vector<LineRange>> Lines; ///< by absolute name: changed or added
  std::vector<std::string> Deleted; ///< absolute; those that were renamed are none
  std::vector<std::string> Warnings; ///< what could not be found out
};

/// From the commit to the working tree, files that git does not know yet included, but
/// not those that it ignores. So in submodules, from the commit that they were at; where one
/// does not have that, its files count as they are, and a warning says so.
llvm::Expected<Changes> changesSince(const std::string &Root, const std::string &Commit);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_GIT_H
