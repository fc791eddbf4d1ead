//===- BufferUses.h - what is done with a buffer ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows each use of a variable or field outward from the reference to what
// happens there. What is not understood counts as unknown, and a check is silent.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_BUFFERUSES_H
#define NETTUNE_ANALYSIS_BUFFERUSES_H

#include "analysis/BodyIndex.h"

#include <map>
#include <memory>

namespace nettune::analysis {

struct BufferUse {
  enum class Kind {
    Read,
    Captured, ///< copied into a lambda
    Moved,    ///< by std::move
    Changed,
    Unknown
  };
  Kind K = Kind::Unknown;
  /// A std::string_view or std::span could stand in its place.
  bool AsView = false;
  /// Something keeps looking at it: the use lasts to the end of the function.
  bool Held = false;
  /// Its bytes are copied again.
  bool Copied = false;
};

/// All uses of one variable, or those from one place on.
struct BufferUses {
  bool OnlyRead = true;
  bool AsView = true;
  bool Any = false;
  bool Copied = false;
  /// BodyIndex number of the last one; of the last statement if one is held.
  unsigned Last = 0;
};

/// Bodies are indexed once, when somebody asks.
class BodyIndexes {
public:
  /// Null: no body.
  const BodyIndex *of(const clang::FunctionDecl &Fn);

private:
  std::map<const clang::FunctionDecl *, std::unique_ptr<BodyIndex>> Known;
};

class UseClassifier {
public:
  UseClassifier(BodyIndexes &Bodies, const BodyIndex &Index, unsigned Depth = 0)
      : Bodies(Bodies), Index(Index), Depth(Depth) {}

  /// \p Reference names the buffer.
  BufferUse use(const clang::Expr &Reference) { return lvalue(Reference); }
  /// Uses of \p D, without \p Except. A use in a loop that does not hold the
  /// declaration \p Declared lasts as long as the loop.
  BufferUses uses(const clang::ValueDecl &D, const clang::Expr *Except = nullptr,
                  const clang::Stmt *Declared = nullptr);
  /// Whether the parameter is only read by a function of the program.
  BufferUses parameterUses(const clang::FunctionDecl &Callee, unsigned Parameter);
  /// Whether a call of \p Callee may change the field. What has no body here may.
  bool mayChange(const clang::FunctionDecl &Callee, const clang::FieldDecl &Field);

private:
  BufferUse lvalue(const clang::Expr &E);
  BufferUse element(const clang::Expr &E);
  BufferUse pointer(const clang::Expr &E);
  BufferUse memberCall(const clang::Expr &Object, const clang::MemberExpr &Member);
  BufferUse operatorCall(const clang::Expr &E, const clang::CXXOperatorCallExpr &Call);
  BufferUse argument(const clang::Expr &E, const clang::CallExpr &Call);
  BufferUse constructed(const clang::Expr &E, const clang::CXXConstructExpr &K);
  BufferUse passedPointer(const clang::Expr &E, const clang::CallExpr &Call);
  BufferUse pointerOperator(const clang::Expr &E, const clang::CXXOperatorCallExpr &Call);
  BufferUse pointerMember(const clang::CallExpr &Call);
  BufferUse captured(const clang::Expr &Init, const clang::LambdaExpr &L);
  BufferUse alias(const clang::VarDecl &V, bool View);

  BodyIndexes &Bodies;
  const BodyIndex &Index;
  unsigned Depth;
};

/// A library's method that keeps a copy of its argument: push_back, assignment.
bool takesCopy(const clang::FunctionDecl &Callee);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_BUFFERUSES_H
