//===- FieldBits.h - what a local struct says -------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C functions take their options in a struct that the caller fills in just before:
// `hints.ai_flags = AI_NUMERICHOST; getaddrinfo(host, 0, &hints, &found);`.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_FIELDBITS_H
#define NETTUNE_ANALYSIS_FIELDBITS_H

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>

#include <cstdint>

namespace nettune::analysis {

/// The bits that the field \p Name of the local variable has for certain where its
/// address is \p Pointer: constants that its initializer, `=` and `|=` gave it,
/// further up in the same function. 0 if nothing is known.
std::uint64_t lastFieldBits(const clang::Expr &Pointer, llvm::StringRef Name, const clang::ASTContext &Ctx);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_FIELDBITS_H
