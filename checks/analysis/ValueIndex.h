//===- ValueIndex.h - what a TU does to its variables -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One pass over the user code of a TU: which values each variable, field and
// parameter gets. A value that anything else may change is marked so.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_VALUEINDEX_H
#define NETTUNE_ANALYSIS_VALUEINDEX_H

#include <clang/AST/ASTContext.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/SmallVector.h>

namespace nettune::analysis {

class ValueIndex {
public:
  explicit ValueIndex(clang::ASTContext &Ctx);

  struct History {
    /// Values given by `=`; of a field also by constructors and braces.
    llvm::SmallVector<const clang::Expr *, 2> Assigned;
    /// Bits given by `|=`.
    llvm::SmallVector<const clang::Expr *, 1> Bits;
    /// Sizes given to a container by its constructor or resize().
    llvm::SmallVector<const clang::Expr *, 1> Sizes;
    /// Something else may change it: its address is taken, it is incremented,
    /// read from a stream, given to a non-const reference.
    bool Changed = false;
    /// A container that grows or shrinks by itself.
    bool Resized = false;
    /// It stands in the condition of an if, a switch or a `?:`.
    bool Tested = false;
  };
  /// Null if the TU's user code never mentions it in such a way.
  const History *of(const clang::ValueDecl &D) const;
  /// A local variable whose function the pass has seen.
  bool seen(const clang::VarDecl &V) const { return Seen.contains(&V); }

  /// What the TU's calls give to the parameter, defaults included. Empty if the
  /// function may be called by others too: through a pointer, as a virtual.
  llvm::ArrayRef<const clang::Expr *> arguments(const clang::ParmVarDecl &P) const;

  /// Code that is not seen may have filled an object of the class.
  bool filledElsewhere(const clang::RecordDecl &R) const {
    return Filled.contains(R.getCanonicalDecl());
  }

private:
  friend class ValueVisitor;
  llvm::DenseMap<const clang::Decl *, History> Histories;
  llvm::DenseMap<const clang::Decl *, llvm::SmallVector<const clang::Expr *, 2>> Arguments;
  llvm::DenseSet<const clang::Decl *> Seen;
  llvm::DenseSet<const clang::Decl *> Filled;
  llvm::DenseSet<const clang::Decl *> Escaped; ///< functions whose address is taken
};

/// The variable or field that \p E names, casts and parentheses aside; else null.
const clang::ValueDecl *namedValue(const clang::Expr *E);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_VALUEINDEX_H
