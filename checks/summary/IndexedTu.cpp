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

Facts withProgram(Facts Tu, llvm::StringRef MainFile, Facts Program) {
  std::vector<bool> Stale = staleFunctions(Program, Tu, MainFile);
  for (FunctionId Id = 0; Id < Program.Functions.size(); ++Id)
    if (Stale[Id])
      Program.Functions[Id].Flags &= ~unsigned(Function::HasBody);
  auto InStale = [&](const auto &Row) { return Stale[Row.In]; };
  std::erase_if(Program.Calls, [&](const Call &C) { return Stale[C.Caller]; });
  std::erase_if(Program.Registrations, InStale);
  std::erase_if(Program.Waits, InStale);
  std::erase_if(Program.Accepts, InStale);
  std::erase_if(Program.Sites, InStale);
  std::erase_if(Program.Contexts, InStale);
  std::erase_if(Program.DataFlows, InStale);
  std::erase_if(Program.DataArguments, InStale);
  std::erase_if(Program.DataEntries, InStale);
  std::erase_if(Program.DataParameters, [&](const DataParameter &P) { return Stale[P.Of]; });
  std::erase_if(Program.ConstantArguments, InStale);
  std::erase_if(Program.ParameterConditions, InStale);
  std::erase_if(Program.Roots, [&](const Root &R) { return Stale[R.F]; });
  appendProgram(Tu, Program);
  return Tu;
}

} // namespace nettune::summary
