//===- StableKey.h - identity of a function across edits --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_STABLEKEY_H
#define NETTUNE_SUMMARY_STABLEKEY_H

#include <llvm/ADT/StringRef.h>

#include <string>

namespace nettune::summary {

/// What stays of a function's key when code moves: the names of files and the offsets
/// of what has internal linkage are taken out, a lambda is the function around it. Two
/// entities may come to share it. Empty stays empty.
std::string stableKey(llvm::StringRef Key);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_STABLEKEY_H
