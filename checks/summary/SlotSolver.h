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
// nothing else, are one class: it is solved once. A class that holds many passes on
// one *token* for all that it holds, now and later, so that a flow costs no more
// than so many steps. What a call through a slot passes flows by a hub, a slot of
// its own for each argument of calls through that slot: places and callables add up
// there instead of multiplying. None of this changes what a slot holds.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_SLOTSOLVER_H
#define NETTUNE_SUMMARY_SLOTSOLVER_H

#include "summary/Adjacency.h"
#include "summary/Hierarchy.h"

#include <llvm/ADT/DenseSet.h>

namespace nettune::summary {

/// A callable, or all that a class holds.
struct Entry {
  std::uint32_t Bits;
  static Entry callable(FunctionId F) { return {F}; }
  static Entry token(std::uint32_t Class) { return {Class | TokenBit}; }
  bool isToken() const { return Bits & TokenBit; }
  FunctionId function() const { return Bits; }
  std::uint32_t ofClass() const { return Bits & ~TokenBit; }
  auto operator<=>(const Entry &) const = default;

private:
  static constexpr std::uint32_t TokenBit = 1u << 31;
};

class SlotSolver {
public:
  /// A slot with more callables than \p Many holds many.
  SlotSolver(const Facts &F, const Hierarchy &Overriders, std::size_t Many)
      : F(F), Overriders(Overriders), Many(Many) {}

  void run();

  /// Equal for slots that are known to hold the same.
  std::uint32_t classOf(SlotId S) const { return ClassOf[S]; }
  bool holdsMany(SlotId S) const {
    const std::vector<Entry> &E = Entries[ClassOf[S]];
    return E.size() > Many || (!E.empty() && E.back().isToken());
  }
  /// Sorted; of a slot that holds few all are callables.
  llvm::ArrayRef<Entry> entries(std::uint32_t Class) const { return Entries[Class]; }
  /// Appends the callables of classes that are not in \p Seen, and adds them there.
  void collect(SlotId S, llvm::DenseSet<std::uint32_t> &Seen, std::vector<FunctionId> &Out) const;

  /// By slot: does it flow, over any number of steps, into one of \p Into?
  std::vector<bool> sourcesOf(llvm::ArrayRef<SlotId> Into) const;

private:
  void makeHubs();
  /// The one to which hubs of classes that hold the token of \p Class lead. Never
  /// one known from the start: those may be of one class with slots.
  std::uint32_t hubOfClass(std::uint32_t Class, unsigned Index);
  /// Names each flow from slot to slot that is known from the start.
  template <typename Add> void eachFlow(Add Name) const;
  /// Calls \p Do for what each argument of each call through a target flows into.
  template <typename Visit> void eachPassed(Visit Do) const;
  void findCycles(const Adjacency &Flows);
  void mergeCopies(const Adjacency &Flows);
  void prepare();
  void hold(std::uint32_t Class, Entry E);
  void addFlow(std::uint32_t From, std::uint32_t To);
  void connect(std::uint32_t Hub, Entry E);
  void propagate(std::uint32_t Class);

  const Facts &F;
  const Hierarchy &Overriders;
  const std::size_t Many;

  /// A slot beyond those of F: what calls through slots of a class pass as one
  /// argument. Own is its own class.
  struct Hub {
    std::uint32_t Through; ///< a class; a slot while classes are not known
    unsigned Index;
    std::uint32_t Own = None;
  };
  std::vector<Hub> Hubs;
  llvm::DenseMap<std::uint64_t, std::uint32_t> HubOf, HubOfClass;

  std::vector<std::uint32_t> ClassOf; ///< of slots and of the hubs known from the start
  std::uint32_t Classes = 0;
  Adjacency Next; ///< flows between classes, known from the start
  struct Class {
    std::vector<std::uint32_t> Later; ///< flows that calls added
    std::vector<std::uint32_t> Hubs;
    unsigned Depth = 0;     ///< 1 for a hub that was added for a class, 2 for one of that, ...
    std::uint32_t Done = 0; ///< how many entries have been propagated
    bool Waiting = false, SentToken = false;
  };
  std::vector<Class> States;
  std::vector<std::vector<Entry>> Entries;
  llvm::DenseSet<std::uint64_t> IsHeld; ///< of classes with more than a few entries
  llvm::DenseSet<std::uint64_t> Connected;
  std::vector<std::uint32_t> Work;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_SLOTSOLVER_H
