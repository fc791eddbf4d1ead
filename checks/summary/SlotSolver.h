//===- SlotSolver.h - which callables a slot may hold -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inclusion-based, flow-insensitive, field-based.
//
// Slots in a cycle of flows, and slots that get what one other slot holds and
// nothing else, are one class: it is solved once. What a call through a slot
// passes flows by a hub, a slot of its own for each argument of calls through that
// slot: places and callables add up there instead of multiplying.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_SLOTSOLVER_H
#define NETTUNE_SUMMARY_SLOTSOLVER_H

#include "summary/Adjacency.h"
#include "summary/Hierarchy.h"

#include <llvm/ADT/DenseSet.h>

namespace nettune::summary {

class SlotSolver {
public:
  SlotSolver(const Facts &F, const Hierarchy &Overriders) : F(F), Overriders(Overriders) {}

  void run();

  /// Sorted.
  llvm::ArrayRef<FunctionId> held(SlotId S) const { return Held[ClassOf[S]]; }
  llvm::ArrayRef<FunctionId> heldByClass(std::uint32_t Class) const { return Held[Class]; }
  /// Equal for slots that are known to hold the same.
  std::uint32_t classOf(SlotId S) const { return ClassOf[S]; }
  /// Slots that flow, over any number of steps, into one of \p Into.
  llvm::DenseSet<SlotId> sourcesOf(llvm::ArrayRef<SlotId> Into) const;

private:
  void makeHubs();
  /// Names each flow from slot to slot that is known from the start.
  template <typename Add> void eachFlow(Add Name) const;
  void findCycles(const Adjacency &Flows);
  void mergeCopies(const Adjacency &Flows);
  void hold(std::uint32_t Class, FunctionId Callable);
  void connect(std::uint32_t Class, FunctionId Callable);
  void propagate(std::uint32_t Class);

  const Facts &F;
  const Hierarchy &Overriders;
  /// A slot beyond those of F: what calls through a slot pass as one argument.
  struct Hub {
    SlotId Through;
    unsigned Index;
  };
  std::vector<Hub> Hubs;
  llvm::DenseMap<std::uint64_t, SlotId> HubOf;
  std::vector<std::uint32_t> ClassOf; ///< of slots and hubs
  std::uint32_t Classes = 0;

  Adjacency Next;      ///< flows between classes, known from the start
  Adjacency HubsOf;    ///< hubs by the class of the slot
  std::vector<std::vector<std::uint32_t>> Later; ///< flows out of a class that calls added
  llvm::DenseSet<std::uint64_t> Connected;
  std::vector<std::vector<FunctionId>> Held;
  llvm::DenseSet<std::uint64_t> IsHeld; ///< of classes that hold many
  std::vector<std::uint32_t> Done;      ///< how much of Held has been propagated
  std::vector<std::uint32_t> Work;
  std::vector<bool> Waiting;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_SLOTSOLVER_H
