//===- IndexedTu.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/IndexedTu.h"

#include "summary/Linker.h"

#include <llvm/ADT/StringSet.h>

namespace nettune::summary {

/// By function of the program: what it says of them is older than the TU.
static std::vector<bool> staleFunctions(const Facts &Program, const Facts &Tu, llvm::StringRef MainFile) {
  llvm::StringSet<> Defined;
  for (const Function &Fn : Tu.Functions)
    if (Fn.has(Function::HasBody))
      Defined.insert(Tu.text(Fn.Key));
  std::vector<bool> Stale(Program.Functions.size());
  for (FunctionId Id = 0; Id < Program.Functions.size(); ++Id) {
    const Function &Fn = Program.Functions[Id];
    Stale[Id] = Fn.has(Function::HasBody) && (Defined.contains(Program.text(Fn.Key)) ||
                                              Program.text(Fn.Where.File) == MainFile);
  }
  return Stale;
}

Facts withProgram(Facts Tu, llvm::StringRef MainFile, const Facts &Program) {
  appendProgram(Tu, Program, staleFunctions(Program, Tu, MainFile));
  return Tu;
}

} // namespace nettune::summary
