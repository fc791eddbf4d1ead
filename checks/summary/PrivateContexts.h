//===- PrivateContexts.h - event loops that serve nobody --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_PRIVATECONTEXTS_H
#define NETTUNE_SUMMARY_PRIVATECONTEXTS_H

#include "summary/Facts.h"

#include <llvm/ADT/DenseSet.h>

namespace nettune::summary {

/// The contexts that only threads of the program's own run, that are in nobody
/// else's hands and wait for no peer, and what was made with them (keys of variables
/// and fields): a thread that does its work so is a worker. \p Workers says of each
/// function whether worker code runs it.
llvm::DenseSet<StringId> privateContexts(const Facts &F, const std::vector<bool> &Workers);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_PRIVATECONTEXTS_H
