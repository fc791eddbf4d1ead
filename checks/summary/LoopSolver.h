//===- LoopSolver.h - which functions run on an event loop ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Roots (registrations, overrides, coroutines, annotations, event loops written
// by hand) and the spread from them along calls, never through a hand-off.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_LOOPSOLVER_H
#define NETTUNE_SUMMARY_LOOPSOLVER_H

#include "summary/CallableSolver.h"

namespace nettune::summary {

/// How a function was first found to be loop code.
struct Reached {
  enum class Kind {
    Registered, ///< At is an index into Facts::Registrations
    Root,       ///< At is an index into Facts::Roots
    InLoop,     ///< called in the event loop of Caller; At is an index into Facts::Calls
    Called      ///< called by Caller; At is an index into Facts::Calls
  };
  Kind K;
  std::uint32_t At;
  FunctionId Caller = None;
  CallKind Through = CallKind::Direct;
  /// Somewhere on the path stands a guess: one overrider of several, or a loop
  /// that may serve no connections.
  bool Uncertain = false;
};

/// The loop statements of a function that are event loops.
struct EventLoop {
  LoopNest Statements; ///< sorted
  std::uint32_t Wait;  ///< index into Facts::Waits
  /// Neither an accept nor a call through a callable was seen below it.
  bool Uncertain = false;
  bool encloses(LoopStatements Nest) const;
};

class LoopSolver {
public:
  LoopSolver(const Facts &F, const CallableSolver &Calls);

  void run();

  const Reached *reached(FunctionId Fn) const;
  const EventLoop *eventLoop(FunctionId Fn) const;
  /// Each reason for which a node is loop code by itself.
  llvm::ArrayRef<std::pair<NodeId, Reached>> roots() const { return RootList; }
  /// Is the call made in loop code, as far as the caller goes?
  bool isStep(NodeId Caller, const Edge &E) const { return IsReached[Caller] && !isFallback(E); }
  /// Indexes into Facts::Accepts.
  llvm::ArrayRef<std::uint32_t> accepts(FunctionId Fn) const { return AcceptsOf[Fn]; }
  /// Is code of \p Fn inside \p Nest loop code?
  bool onLoop(FunctionId Fn, LoopStatements Nest) const;

private:
  void indexCalls();
  void findTurns();
  void findEventLoops();
  /// Does it call something by virtual dispatch or through a callable, itself or
  /// over any number of direct calls, or take in connections there?
  bool dispatches(const Call &C) const;
  LoopStatements servingLoops(FunctionId Fn, LoopStatements Nest) const;
  bool servesConnections(FunctionId Fn, const EventLoop &L) const;
  bool isWork(const Registration &R) const;
  void findWorkers();
  void spreadWorkers();
  void collectRoots();
  void spread();
  void reach(NodeId N, Reached R);
  enum class Step { Sure, Guess, Any };
  void follow(FunctionId Fn, Step Which);
  void findPoolFallbacks();
  bool stops(FunctionId Fn) const;
  bool isFallback(const Edge &E) const;

  const Facts &F;
  const CallableSolver &Calls;
  Adjacency AcceptsOf; ///< indexes into Facts::Accepts by function
  /// The function, or what it calls directly over any number of steps, takes in
  /// connections or calls something by virtual dispatch or through a callable.
  std::vector<bool> Dispatches;
  std::vector<bool> Turns; ///< by node: a turn of an event loop, if it waits
  std::vector<bool> Workers; ///< by node: run by worker code; loop code may run it, too
  llvm::DenseSet<StringId> Private; ///< privateContexts()
  std::vector<bool> IsReached;    ///< by node
  std::vector<Reached> ReachedBy; ///< by node; of those that are not reached it says nothing
  llvm::DenseMap<FunctionId, EventLoop> Loops;
  std::vector<std::pair<NodeId, Reached>> RootList;
  std::vector<FunctionId> Certain, Uncertain;
  /// Calls through a slot that are the inline fallback of a pool.
  llvm::DenseSet<std::uint32_t> Fallbacks;
  /// Transparent parameters that are called elsewhere, too.
  llvm::DenseSet<SlotId> Called;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_LOOPSOLVER_H
