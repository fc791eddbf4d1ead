//===- NewWays.h - ways to a blocking call that were not there before -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_NEWWAYS_H
#define NETTUNE_TOOLS_NEWWAYS_H

#include "Findings.h"

#include "summary/Ways.h"

#include <optional>

#include <llvm/ADT/STLFunctionalExtras.h>

namespace nettune::cli {

/// All ways from event loops to one finding, in all programs, with names of files.
struct NamedWays {
  struct Edge {
    unsigned From, To; ///< numbers of Nodes
    NamedPlace Where;
    std::string Text, Origin; ///< as notes say it; see summary::Ways
    bool Uncertain;
  };
  std::vector<summary::Ways::Node> Nodes; ///< the first is the loop, of all programs
  std::vector<Edge> Edges;
  bool Cut = false;
  std::string Instead; ///< what to do, for the message
  bool Always = false; ///< the site blocks whenever it is called

  void add(summary::Ways W, const summary::Facts &F);
};

struct NewWay {
  NamedPlace Where; ///< of the call, or of the registration, that is new
  std::vector<Line> Path;
  std::string Origin;
  std::string Api; ///< what blocks there, if that call itself is new; else empty
  bool Uncertain = false;
};

/// A way of \p Now that \p Before does not have, by \p Preferred calls if there are such.
/// Functions that only one of both programs has count as what they lead to, so that one
/// that was renamed, split or joined makes no new way.
std::optional<NewWay> newWay(const NamedWays &Now, const llvm::StringSet<> &EntitiesNow, const NamedWays &Before,
                             const llvm::StringSet<> &EntitiesBefore,
                             llvm::function_ref<bool(const NamedPlace &)> Preferred);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_NEWWAYS_H
