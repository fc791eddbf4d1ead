//===- EntityNames.h - how declarations are named in models -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One spelling of a declaration's name for models, summaries and messages
// (docs/MODELS.md, "Names"): `boost::asio::basic_socket::connect` for every
// instantiation and whatever inline namespaces the library is built with.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_ENTITYNAMES_H
#define NETTUNE_ANALYSIS_ENTITYNAMES_H

#include <string>

namespace clang {
class Decl;
class FunctionDecl;
class NamedDecl;
} // namespace clang

namespace nettune::analysis {

/// The name without template arguments and without inline or anonymous
/// namespaces. Constructors are `ns::C::C`, destructors `ns::C::~C`; what is
/// local to a function has it as a component, `ns::f()::C::m`; a lambda and its
/// call operator are `ns::f()::(lambda)`. A function with C linkage has no
/// qualifier wherever it is declared. A C++ function of the global namespace is
/// spelled like a C function: isCFunction() tells them apart.
std::string qualifiedName(const clang::NamedDecl &D);

/// Whether a model's name without `::` can mean \p F. Besides functions with C
/// linkage: `static inline` ones of C headers (io_uring_wait_cqe), which have no
/// external linkage, and those that C++ sees under C's symbol (at_quick_exit).
bool isCFunction(const clang::FunctionDecl &F);

/// The name to print for a function. A lambda has none: the result is then the
/// name to print in "the lambda in '...'".
std::string displayName(const clang::FunctionDecl &F);

/// The innermost function around \p D that is not a lambda, \p D excluded; null
/// outside of functions (the lambda of a global variable).
const clang::FunctionDecl *enclosingFunction(const clang::Decl &D);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_ENTITYNAMES_H
