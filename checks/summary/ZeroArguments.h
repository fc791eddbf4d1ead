//===- ZeroArguments.h - waits whose timeout the caller gives ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `bool readable(int timeout) { return poll(&p, 1, timeout) > 0; }` waits for those
// callers only that give another timeout than 0.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ZEROARGUMENTS_H
#define NETTUNE_SUMMARY_ZEROARGUMENTS_H

#include "summary/Facts.h"

namespace nettune::summary {

/// Puts each site with UnlessZero into a function of its own, of the same name and
/// place, that the other callers call. Where not all callers are known by direct calls
/// (a virtual function, one whose address is taken, a root), or where the function may
/// be an event loop itself, the site stays. For programs whose files are all there:
/// shards and indexes hold the sites where they are.
Facts withZeroArguments(Facts F);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ZEROARGUMENTS_H
