//===- BufferSources.h - where bytes come from ------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_BUFFERSOURCES_H
#define NETTUNE_ANALYSIS_BUFFERSOURCES_H

#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/SmallVector.h>

namespace nettune::analysis {

/// std::vector, std::basic_string, std::deque: a copy allocates and copies the elements.
bool isOwningContainer(clang::QualType T);
/// isOwningContainer, or a class of the program whose implicit copy copies one.
bool ownsBytes(clang::QualType T);
/// A pointer, std::basic_string_view, std::span or an iterator: looks at bytes of others.
bool isView(clang::QualType T);
/// May a value of the type hold bytes or lead to them?
bool canCarryBytes(clang::QualType T);
/// Bytes of an array or std::array; 0: not known.
std::uint64_t constantSize(const clang::ASTContext &Ctx, clang::QualType T);

/// The class `std::Name`, whatever inline namespaces.
bool isStdClass(clang::QualType T, llvm::ArrayRef<llvm::StringRef> Names);
bool isStdFunction(const clang::FunctionDecl *F, llvm::ArrayRef<llvm::StringRef> Names);

/// Casts, parentheses, temporaries and wrapped constructions of the same value.
const clang::Expr *bare(const clang::Expr *E);

/// The variables and fields whose bytes \p E is, points into or copies. Empty if
/// it is computed from them in another way.
llvm::SmallVector<const clang::ValueDecl *, 4> sourcesOf(const clang::Expr *E);

/// The object itself if \p E names one: a variable, or a field of this.
const clang::ValueDecl *namedObject(const clang::Expr *E);
/// The buffer that the pointer, iterator or view \p E leads into.
const clang::Expr *pointedBuffer(const clang::Expr *E);

/// \p E is std::move(x) or a cast to an rvalue: x.
const clang::Expr *movedFrom(const clang::Expr *E);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_BUFFERSOURCES_H
