//===- Hierarchy.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Hierarchy.h"

#include <algorithm>

namespace nettune::summary {

Hierarchy::Hierarchy(const Facts &F) {
  for (const Override &O : F.Overrides)
    All[O.Base].push_back(O.Derived);
  for (auto &[Base, List] : All) {
    std::sort(List.begin(), List.end());
    List.erase(std::unique(List.begin(), List.end()), List.end());
    for (FunctionId Derived : List)
      if (F.Functions[Derived].has(Function::HasBody))
        Bodied[Base].push_back(Derived);
  }
}

} // namespace nettune::summary
