//===- Adjacency.h - lists of numbers in one array --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_ADJACENCY_H
#define NETTUNE_SUMMARY_ADJACENCY_H

#include <cstdint>
#include <vector>

#include <llvm/ADT/ArrayRef.h>

namespace nettune::summary {

/// What each node of a graph is told of its neighbours, in the order in which they were named.
template <typename Item> class Neighbours {
public:
  Neighbours() = default;

  /// \p Name calls what it is given with each pair of a node and its neighbour. It
  /// is called twice, to count and to fill.
  template <typename Pairs> Neighbours(std::size_t Nodes, Pairs Name) : Begin(Nodes + 1) {
    Name([this](std::uint32_t Node, Item) { ++Begin[Node + 1]; });
    for (std::size_t N = 0; N < Nodes; ++N)
      Begin[N + 1] += Begin[N];
    Items.resize(Begin[Nodes]);
    std::vector<std::uint32_t> Next(Begin.begin(), Begin.end() - 1);
    Name([&](std::uint32_t Node, Item Neighbour) { Items[Next[Node]++] = Neighbour; });
  }

  llvm::ArrayRef<Item> operator[](std::uint32_t Node) const {
    return llvm::ArrayRef<Item>(Items.data() + Begin[Node], Items.data() + Begin[Node + 1]);
  }
  std::size_t size() const { return Begin.empty() ? 0 : Begin.size() - 1; }

private:
  std::vector<std::uint32_t> Begin;
  std::vector<Item> Items;
};

using Adjacency = Neighbours<std::uint32_t>;

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_ADJACENCY_H
