//===- NamedMethods.h - methods that a string names -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Qt's connect(a, SIGNAL(x()), b, SLOT(y(int))) names its methods in strings:
// the macros make "1y(int)" of that. Others take the bare name.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_NAMEDMETHODS_H
#define NETTUNE_ANALYSIS_NAMEDMETHODS_H

#include <clang/AST/DeclCXX.h>
#include <clang/AST/Expr.h>

namespace nettune::analysis {

/// The method of \p Class, or else of its bases, that the string \p Text names;
/// null if \p Text is no string literal, or none or several methods fit.
const clang::CXXMethodDecl *namedMethod(const clang::CXXRecordDecl &Class, const clang::Expr &Text);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_NAMEDMETHODS_H
