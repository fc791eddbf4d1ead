//===- ReportPlaces.h - where hosts of code look for a place *- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_REPORTPLACES_H
#define NETTUNE_TOOLS_REPORTS_REPORTPLACES_H

#include "SourceLines.h"

namespace nettune::cli {

/// What a place is called in reports that a host reads, which knows the repository only.
class ReportPlaces {
public:
  /// Files are named relative to \p Root, absolute; reports name them relative to the
  /// working tree of git around it, if there is one.
  explicit ReportPlaces(const std::string &Root);

  const std::string &repository() const { return Repository; } ///< absolute

  /// Relative to the repository, or absolute where it lies elsewhere; the bytes of the name.
  std::string file(const NamedPlace &P) const;

  /// From the place to the end of the word there. Columns count from 1; EndColumn is the
  /// one behind the last character. A place without a line is the first one.
  struct Region {
    unsigned Line = 1, Column = 1, EndColumn = 2;
  };
  Region bytes(const NamedPlace &P); ///< columns in bytes of the source
  Region utf16(const NamedPlace &P); ///< in units of UTF-16, as editors and SARIF count

  SourceLines &sources() { return Sources; }

private:
  std::string Repository;
  SourceLines Sources;
};

/// As the names of a report's findings stand in JSON.
llvm::StringRef stateName(State S);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_REPORTPLACES_H
