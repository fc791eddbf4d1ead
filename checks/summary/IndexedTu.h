//===- IndexedTu.h - one TU inside of a program that is known ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A run on one file that has an index of its program: what the TU says counts,
// the index tells the rest. It may be older than the file.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_INDEXEDTU_H
#define NETTUNE_SUMMARY_INDEXEDTU_H

#include "summary/Facts.h"

namespace nettune::summary {

/// The TU's facts with those of \p Program behind them: rows of the TU keep their
/// numbers. What the index says of functions that the TU defines, or that stood in
/// \p MainFile, is left out.
Facts withProgram(Facts Tu, llvm::StringRef MainFile, const Facts &Program);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_INDEXEDTU_H
