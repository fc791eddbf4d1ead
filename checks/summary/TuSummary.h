//===- TuSummary.h - what one TU contributes --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_TUSUMMARY_H
#define NETTUNE_SUMMARY_TUSUMMARY_H

#include "summary/LocalFacts.h"

#include <set>
#include <string>

namespace nettune::summary {

/// What one TU contributes.
struct TuSummary {
  std::string MainFile;
  /// The TU had compile errors: something may be missing.
  bool Partial = false;
  Facts F;
  LocalFacts Local;
  /// Those that the functions stand in whose code was looked at: in clangd not the
  /// headers. Not a part of shards.
  std::set<std::string> Files;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_TUSUMMARY_H
