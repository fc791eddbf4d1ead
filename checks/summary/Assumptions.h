//===- Assumptions.h - what unseen code probably does -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ASSUMPTIONS_H
#define NETTUNE_SUMMARY_ASSUMPTIONS_H

#include "summary/Facts.h"

namespace nettune::summary {

/// For a whole program: a callable given to a function of the project that no TU
/// defines, and whose name speaks of events (set_callback, on_read, watch), is
/// taken for registered on a loop: of a reactor only the headers are there. Such
/// registrations are Assumed, and what they lead to is a guess.
Facts withAssumptions(Facts F);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ASSUMPTIONS_H
