//===- FunctionExtents.h - from a place to its function ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_FUNCTIONEXTENTS_H
#define NETTUNE_TOOLS_FUNCTIONEXTENTS_H

#include <clang/AST/ASTContext.h>

#include <map>
#include <string>
#include <vector>

namespace nettune::cli {

/// The functions defined in a TU's own code, lambdas left aside.
class FunctionExtents {
public:
  struct Extent {
    unsigned Begin, End; ///< offsets in the file, from the declaration to the closing brace
    std::string Name;    ///< as messages print it
    std::string Entity;  ///< summary::stableKey()
  };

  void collect(clang::ASTContext &Ctx);
  /// The innermost one around; null: none. \p File absolute.
  const Extent *at(const std::string &File, unsigned Offset) const;

private:
  std::map<std::string, std::vector<Extent>> ByFile;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_FUNCTIONEXTENTS_H
