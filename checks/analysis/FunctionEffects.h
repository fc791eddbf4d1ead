//===- FunctionEffects.h - [[clang::nonblocking]] ---------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_FUNCTIONEFFECTS_H
#define NETTUNE_ANALYSIS_FUNCTIONEFFECTS_H

#include <clang/AST/Decl.h>

namespace nettune::analysis {

/// What clang's own attributes say of a function.
enum class Effect { None, Blocking, Nonblocking };

inline Effect effectOf(const clang::FunctionDecl &Fn) {
  for (const clang::FunctionEffectWithCondition &With : Fn.getFunctionEffects()) {
    if (With.Effect.kind() == clang::FunctionEffect::Kind::NonBlocking)
      return Effect::Nonblocking;
    if (With.Effect.kind() == clang::FunctionEffect::Kind::Blocking)
      return Effect::Blocking;
  }
  return Effect::None;
}

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_FUNCTIONEFFECTS_H
