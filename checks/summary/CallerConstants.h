//===- CallerConstants.h - branches that a caller's constant decides -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `void visit(bool stop) { if (stop) runner.join(); }` waits for those callers only
// that do not give false; `bool readable(int timeout) { return poll(&p, 1, timeout) > 0; }`
// for those that give another timeout than 0.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_CALLERCONSTANTS_H
#define NETTUNE_SUMMARY_CALLERCONSTANTS_H

#include "summary/Facts.h"

namespace nettune::summary {

/// Puts the calls and sites that have the same ParameterConditions, if some caller's
/// constant contradicts these, into a function of their own, of the same name and place,
/// that the other callers call. They stay where not all callers are known by direct and virtual
/// calls (a function whose address is taken, a root, one of too many overriders), where the function may be an
/// event loop or accept in one, and where callables are called or passed on.
/// For programs whose files are all there: shards and indexes hold the rows where they are.
Facts withCallerConstants(Facts F);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_CALLERCONSTANTS_H
