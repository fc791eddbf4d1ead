//===- StoredFinding.h - a diagnostic that outlives its TU ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_STOREDFINDING_H
#define NETTUNE_SUMMARY_STOREDFINDING_H

#include "summary/Edit.h"

#include <string>
#include <vector>

namespace nettune::summary {

/// A diagnostic of one TU, as the single-file run words it. Which table the files
/// of its places are strings of, its holder says.
struct StoredFinding {
  struct Note {
    Place Where;
    std::string Text;
    bool operator==(const Note &) const = default;
  };
  std::string Check;
  Place Where;
  std::string Text;
  std::string Function, Entity; ///< around it: name and stable key, see stableKey(); empty: none
  std::string Until;       ///< it holds after that day, "2027-01-31"; empty: it does
  bool IfReceived = false; ///< only if a Facts::CopySources row of this place and text holds
  std::vector<Note> Notes;
  std::vector<Edit> Fixes;
  bool operator==(const StoredFinding &) const = default;
};

/// The same with its files in another table.
StoredFinding moveToTable(StoredFinding Finding, const StringTable &From, StringTable &To);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_STOREDFINDING_H
