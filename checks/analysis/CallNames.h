//===- CallNames.h - what messages call a call -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_CALLNAMES_H
#define NETTUNE_ANALYSIS_CALLNAMES_H

#include "analysis/ModelMatcher.h"

#include <string>

namespace nettune::analysis {

/// The static class of an object or of what a pointer points to, before implicit
/// casts; null if \p Object is null or of no class.
const clang::CXXRecordDecl *recordOf(const clang::Expr *Object);

/// The qualified name of what is called; of a constructor the type as it is written.
std::string printedName(const CallSite &C, const clang::ASTContext &Ctx);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_CALLNAMES_H
