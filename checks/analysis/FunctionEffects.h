//===- FunctionEffects.h - what attributes say of a function ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_FUNCTIONEFFECTS_H
#define NETTUNE_ANALYSIS_FUNCTIONEFFECTS_H

#include <clang/AST/Attr.h>
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

/// One of the function's declarations has `[[clang::annotate("...")]]`.
inline bool hasAnnotation(const clang::FunctionDecl &Fn, llvm::StringRef Text) {
  return llvm::any_of(Fn.redecls(), [&](const clang::FunctionDecl *R) {
    return llvm::any_of(R->specific_attrs<clang::AnnotateAttr>(),
                        [&](const clang::AnnotateAttr *A) { return A->getAnnotation() == Text; });
  });
}

/// Every way through the body of \p Fn ends the process: nobody waits for what it
/// does before. Functions that are only declared not to return may throw.
bool endsProcess(const clang::FunctionDecl &Fn);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_FUNCTIONEFFECTS_H
