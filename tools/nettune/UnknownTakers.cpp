//===- UnknownTakers.cpp - nettune models --unknown -----------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "reports/Text.h"
#include "ShardFiles.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <map>
#include <set>

namespace nettune::cli {
using namespace summary;

int unknownTakers(const UnknownArguments &A) {
  auto Loaded = loadIndex(A.BuildDir, A.Index);
  if (!Loaded)
    return fail(llvm::toString(Loaded.takeError()));
  std::map<std::string, std::set<NamedPlace>> Places;
  for (const Facts &F : Loaded->I.Programs)
    for (const Taker &T : F.Takers)
      Places[F.text(T.Api).str()].insert(named(F, T.Where));
  std::vector<const std::pair<const std::string, std::set<NamedPlace>> *> Order;
  for (const auto &Entry : Places)
    Order.push_back(&Entry);
  std::stable_sort(Order.begin(), Order.end(),
                   [](auto *X, auto *Y) { return X->second.size() > Y->second.size(); });
  if (Order.size() > A.Most)
    Order.resize(A.Most);
  for (const auto *Entry : Order)
    llvm::outs() << Entry->second.size() << "\t" << Entry->first << "\t"
                 << printPlace(*Entry->second.begin(), Loaded->Root) << "\n";
  return Clean;
}

} // namespace nettune::cli
