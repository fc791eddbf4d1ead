//===- Ways.h - all ways from an event loop to a blocking call --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A path is one way; a change of the code may add another one to the same call.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_WAYS_H
#define NETTUNE_SUMMARY_WAYS_H

#include "summary/Program.h"

namespace nettune::summary {

/// The calls in loop code that lead to the sites of one finding, as a graph whose nodes
/// are entities.
struct Ways {
  struct Node {
    std::string Entity; ///< stableKey(); of a site its API
    enum class Kind { Loop, Function, Site } K = Kind::Function;
  };
  struct Edge {
    unsigned From, To; ///< numbers of Nodes
    PathStep Step;     ///< of an edge to a site only the place
    std::string Origin; ///< of an edge from the loop, see BlockingFinding
    bool Uncertain = false;
  };
  std::vector<Node> Nodes; ///< the first is the loop
  std::vector<Edge> Edges; ///< sorted by place, those of sites last
  /// There are more edges than anybody wants to look at: the graph is not whole.
  bool Cut = false;
};

/// At most so many edges are gathered.
inline constexpr std::size_t MostWays = 5000;

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_WAYS_H
