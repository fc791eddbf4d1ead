//===- SendFacts.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/SendFacts.h"

#include <map>

namespace nettune::summary {

using FlowMap = std::multimap<std::string, std::string>;

static std::set<std::string> spread(std::vector<std::string> Work, const FlowMap &Next) {
  std::set<std::string> Known;
  while (!Work.empty()) {
    std::string Key = std::move(Work.back());
    Work.pop_back();
    if (Key.empty() || !Known.insert(Key).second)
      continue;
    for (auto [It, End] = Next.equal_range(Key); It != End; ++It)
      Work.push_back(It->second);
  }
  return Known;
}

SocketSet::SocketSet(const SendFacts &F) {
  FlowMap Next;
  for (const DescriptorFlow &Flow : F.Flows)
    Next.emplace(Flow.From, Flow.To);
  Sockets = spread(F.Sockets, Next);
  Datagrams = spread(F.Datagrams, Next);
  for (const DescriptorFlow &Copy : F.Copies)
    Next.emplace(Copy.From, Copy.To);
  Packets = spread(F.Packets, Next);
}

} // namespace nettune::summary
