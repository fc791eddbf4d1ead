//===- OnePerSite.h - what several programs say of one place ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code of a library is in each program that links it, and a blocking call there
// is one finding, however many of them reach it.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ONEPERSITE_H
#define NETTUNE_SUMMARY_ONEPERSITE_H

#include "summary/Program.h"

namespace nettune::summary {

/// Number \p I of the result is what string \p I of \p From is in \p To.
std::vector<StringId> moveStrings(const StringTable &From, StringTable &To);

/// \p Ids: by the strings that the places name their files with.
Place moved(Place P, llvm::ArrayRef<StringId> Ids);
BlockingFinding moved(BlockingFinding B, llvm::ArrayRef<StringId> Ids);

/// Of findings that stand at one place the certain one, of those that with the
/// shortest path, of those the first. All name their files by one table.
std::vector<BlockingFinding> onePerSite(std::vector<BlockingFinding> Findings);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ONEPERSITE_H
