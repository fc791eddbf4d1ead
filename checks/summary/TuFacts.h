//===- TuFacts.h - what the checks of one TU ask ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_TUFACTS_H
#define NETTUNE_SUMMARY_TUFACTS_H

#include "summary/LocalFacts.h"
#include "summary/Program.h"

namespace nettune::summary {

struct TuFacts {
  TuFacts(Facts F, LocalFacts Local) : P(std::move(F)), Local(std::move(Local)) {}
  Program P;
  LocalFacts Local;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_TUFACTS_H
