//===- CodeAt.h - what stands at a line -------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_CODEAT_H
#define NETTUNE_SUMMARY_CODEAT_H

#include "summary/Facts.h"

namespace nettune::summary {

/// Code at a line: the function and the loops around it.
struct Spot {
  FunctionId In;
  llvm::ArrayRef<std::uint16_t> Nest;
};

/// What stands on the line itself; else the function that begins last before it. \p File
/// as the facts name it.
std::vector<Spot> spotsAt(const Facts &F, llvm::StringRef File, unsigned Line);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_CODEAT_H
