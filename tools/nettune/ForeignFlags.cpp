//===- ForeignFlags.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ForeignFlags.h"

#include <clang/Basic/Version.h>
#if CLANG_VERSION_MAJOR >= 22
#include <clang/Options/Options.h>
namespace known = clang::options;
using clang::getDriverOptTable;
#else
#include <clang/Driver/Options.h>
namespace known = clang::driver::options;
using clang::driver::getDriverOptTable;
#endif
#include <llvm/Option/ArgList.h>
#include <llvm/Option/OptTable.h>

#include <set>

namespace nettune::cli {

std::vector<std::string> withoutForeignFlags(const std::vector<std::string> &Line) {
  if (Line.empty())
    return Line;
  std::vector<const char *> Words;
  for (std::size_t I = 1; I < Line.size(); ++I)
    Words.push_back(Line[I].c_str());
  unsigned MissingIndex = 0, MissingCount = 0;
  llvm::opt::InputArgList Parsed = getDriverOptTable().ParseArgs(
      Words, MissingIndex, MissingCount, llvm::opt::Visibility(known::ClangOption));
  std::set<std::size_t> Foreign;
  for (const llvm::opt::Arg *A : Parsed)
    if (A->getOption().matches(known::OPT_UNKNOWN))
      Foreign.insert(A->getIndex() + 1);
  std::vector<std::string> Kept;
  for (std::size_t I = 0; I < Line.size(); ++I)
    if (!Foreign.count(I))
      Kept.push_back(Line[I]);
  return Kept;
}

} // namespace nettune::cli
