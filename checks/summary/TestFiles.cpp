//===- TestFiles.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/TestFiles.h"

#include <llvm/Support/Path.h>

namespace nettune::summary {

bool isTestFile(llvm::StringRef Path) {
  llvm::StringRef Stem = llvm::sys::path::stem(Path);
  return Stem.starts_with("test_") || Stem.ends_with("_test") || Stem.ends_with("_tests") || Stem.ends_with("Test") ||
         Stem.ends_with("Tests");
}

} // namespace nettune::summary
