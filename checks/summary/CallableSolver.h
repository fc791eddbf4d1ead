//===- CallableSolver.h - which callables a slot may hold -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inclusion-based, flow-insensitive, field-based. Calls through slots are
// resolved while the solution grows, since an argument of such a call flows into
// the parameters of every callable found. The result is the call graph: one
// edge a caller, callee and place.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_CALLABLESOLVER_H
#define NETTUNE_SUMMARY_CALLABLESOLVER_H

#include "summary/Facts.h"

#include <utility>

#include <llvm/ADT/DenseSet.h>

namespace nettune::summary {

struct Edge {
  FunctionId Callee;
  Call::Kind K;
  /// Index into Facts::Calls: where, and which loops stand around it.
  std::uint32_t At;
  /// The call through a callable that made the edge: At, but for a transparent
  /// parameter the call inside the function that got the callable.
  std::uint32_t Via;
  /// One of several overriders.
  bool Uncertain = false;
};

class CallableSolver {
public:
  explicit CallableSolver(const Facts &F);

  /// Solves, then builds the edges. Call once.
  void run();

  /// Calls made by \p F, transparent parameters resolved: a function that only
  /// calls its own parameter has no edge for it; who passed the callable has.
  const std::vector<Edge> &edges(FunctionId F) const { return Edges[F]; }
  const std::vector<FunctionId> &held(SlotId S) const { return Held[S]; }
  /// Callables of an atom set, sorted.
  std::vector<FunctionId> callables(const AtomSet &Atoms) const;
  const std::vector<FunctionId> &overriders(FunctionId F) const;
  /// Slots that flow, over any number of steps, into one of \p Into.
  llvm::DenseSet<SlotId> sourcesOf(const std::vector<SlotId> &Into) const;

private:
  void addFlow(Atom From, SlotId To);
  void hold(SlotId S, FunctionId Callable);
  void link(std::uint32_t CallIndex, FunctionId Callable);
  void propagateToOverriders();
  void collectOverriders();
  void buildEdges();
  void addTargets(FunctionId Caller, FunctionId Callee, Call::Kind K, std::uint32_t At,
                  std::uint32_t Via);
  bool callsOwnParameterOnly(const Call &C) const;
  void resolveTransparent(std::uint32_t CallIndex);

  const Facts &F;
  std::vector<std::vector<FunctionId>> Held;
  llvm::DenseSet<std::uint64_t> IsHeld, IsLinked;
  std::vector<std::vector<SlotId>> Successors;
  llvm::DenseMap<SlotId, std::vector<std::uint32_t>> CallsThrough;
  std::vector<std::pair<SlotId, FunctionId>> Work;
  std::vector<std::vector<Edge>> Edges;
  llvm::DenseMap<FunctionId, std::vector<FunctionId>> Overriders;
  /// Calls that pass callables to a function, for transparent parameters.
  llvm::DenseMap<FunctionId, std::vector<std::uint32_t>> PassingCalls;
  /// Linked callables of each call through a slot.
  llvm::DenseMap<std::uint32_t, std::vector<FunctionId>> Linked;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_CALLABLESOLVER_H
