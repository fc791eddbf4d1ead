//===- ModelMatcher.h - which model entry applies to a call -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names are looked up once a declaration; the conditions of an entry are tried
// on the call itself.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_MODELMATCHER_H
#define NETTUNE_ANALYSIS_MODELMATCHER_H

#include "analysis/ConstantEval.h"
#include "model/ApiModel.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include <optional>
#include <utility>

namespace nettune::analysis {

/// A call or construction, whatever the syntax.
struct CallSite {
  const clang::Expr *Whole = nullptr;
  const clang::FunctionDecl *Callee = nullptr; ///< null: through a value
  const clang::Expr *Object = nullptr;         ///< of a member call
  /// As written: arguments left to their default are dropped.
  llvm::SmallVector<const clang::Expr *, 4> Arguments;
  bool Virtual = false;
  /// The name of a called member, the begin of anything else.
  clang::SourceLocation Where;

  static CallSite of(const clang::CallExpr &E);
  static CallSite of(const clang::CXXConstructExpr &E);
  /// Negative indexes count from the end; null if there is no such argument.
  const clang::Expr *argument(int Index) const;
};

class ModelMatcher {
public:
  /// \p Constants tells what variables may be.
  ModelMatcher(clang::ASTContext &Ctx, const model::ApiModel &Model, ConstantEval &Constants)
      : Ctx(Ctx), Model(Model), Constants(Constants) {}

  /// Calls stand in \p Body from now on; returns where they stood before.
  const clang::Stmt *enter(const clang::Stmt *Body) { return std::exchange(Around, Body); }

  /// Entries that name the callee; a bare name only if it is a C function.
  const std::vector<const model::Entry *> &entries(const clang::FunctionDecl &Callee);

  /// The first entry of role \p R whose conditions hold. \p Guarded says
  /// whether a guard was called in the same function; conditions that need the
  /// whole program count as not holding.
  const model::Entry *match(const CallSite &Site, model::Role R, bool Guarded = false);

  /// The entry would be quiet if the program made descriptors non-blocking.
  static bool needsBlockingFd(const model::Entry &M);

  /// The parameter of the function around it that makes the call quiet by being 0: it,
  /// a multiple of it or a duration made of it is an argument that \p M wants to be
  /// other than 0. Null: there is none.
  const clang::ParmVarDecl *zeroTestedParameter(const model::Entry &M, const CallSite &Site);
  /// A number or duration that is the constant 0.
  bool isZeroTime(const clang::Expr &Argument);

  const model::ApiModel &model() const { return Model; }

private:
  bool applies(const model::Entry &M, const CallSite &Site, bool Guarded);
  bool holds(const model::Condition &C, const CallSite &Site, bool Guarded);
  bool unknownFlags(const model::Condition &C, const CallSite &Site);
  bool argumentHolds(const model::Condition &C, const clang::Expr &Argument);
  bool givesNonblocking(const clang::Expr &Argument);
  bool givesFile(const clang::Expr &Value, unsigned Depth);
  bool isNegative(const clang::Expr &Value);
  bool holdsFile(const clang::ValueDecl &D, unsigned Depth);
  bool mayHaveBit(const clang::Expr &Flags, std::int64_t Bit, unsigned Depth);
  bool mayHaveBit(const clang::ValueDecl &Flags, std::int64_t Bit, unsigned Depth);
  struct LeadingText {
    llvm::StringRef Text;
    bool Whole; ///< nothing is appended
  };
  std::optional<LeadingText> leadingText(const clang::Expr &E, unsigned Depth);
  const clang::Expr *onlyValue(const clang::Expr &Name);
  bool isLiteral(const clang::Expr &Argument, llvm::ArrayRef<std::string> Names);
  bool isZero(const clang::Expr &Argument);
  bool isInMacro(clang::SourceLocation L, llvm::ArrayRef<std::string> Names);

  clang::ASTContext &Ctx;
  const model::ApiModel &Model;
  ConstantEval &Constants;
  bool AsksForFile = false; ///< what gives a descriptor is looked at already
  const clang::Stmt *Around = nullptr;
  llvm::DenseMap<const clang::Decl *, std::vector<const model::Entry *>> Cache;
};

/// Is \p T, a base of it, a class around it or a template argument of it one of
/// the named classes? Pointers and references are looked through.
bool mentionsType(clang::QualType T, llvm::ArrayRef<std::string> Names);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_MODELMATCHER_H
