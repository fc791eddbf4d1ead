//===- Hierarchy.h - which methods override which ---------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_HIERARCHY_H
#define NETTUNE_SUMMARY_HIERARCHY_H

#include "summary/Facts.h"

namespace nettune::summary {

class Hierarchy {
public:
  explicit Hierarchy(const Facts &F);

  /// Over any number of steps, sorted.
  llvm::ArrayRef<FunctionId> overriders(FunctionId Base) const { return find(All, Base); }
  llvm::ArrayRef<FunctionId> withBody(FunctionId Base) const { return find(Bodied, Base); }

private:
  using Lists = llvm::DenseMap<FunctionId, std::vector<FunctionId>>;
  static llvm::ArrayRef<FunctionId> find(const Lists &L, FunctionId Base) {
    auto It = L.find(Base);
    return It == L.end() ? llvm::ArrayRef<FunctionId>() : llvm::ArrayRef<FunctionId>(It->second);
  }
  Lists All, Bodied;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_HIERARCHY_H
