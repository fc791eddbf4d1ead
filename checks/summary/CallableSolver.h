//===- CallableSolver.h - the call graph ------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One edge a caller, callee and place. What a call through a slot or a virtual
// call may mean is often much: then the edge leads to a *crowd*, a node of its own
// with an edge to each of them, so that calls and callees add up instead of
// multiplying. Such an edge is uncertain.
//
// A function that only calls its own parameter is transparent: it has no edge for
// that; who passed the callable has.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_CALLABLESOLVER_H
#define NETTUNE_SUMMARY_CALLABLESOLVER_H

#include "summary/SlotSolver.h"

namespace nettune::summary {

/// A function, or from Facts::Functions.size() on a crowd.
using NodeId = std::uint32_t;

struct Edge {
  NodeId Callee;
  /// Index into Facts::Calls: where, and which loops stand around it; None: from a
  /// crowd to one of it.
  std::uint32_t At;
  /// The callable was passed for this parameter, which is called there or further
  /// down; None: the callee is called at At itself.
  SlotId Parameter = None;
  CallKind K = CallKind::Direct;
  /// One of several overriders, or one of a crowd.
  bool Uncertain = false;
};

/// An edge as its end sees it, with what most who ask want to know: the edges
/// themselves lie far apart.
struct Incoming {
  NodeId Caller;
  std::uint32_t Number : 30; ///< of CallableSolver::edge()
  std::uint32_t K : 2;       ///< a CallKind
  CallKind kind() const { return static_cast<CallKind>(K); }
};

/// Which of so many it is nobody can tell.
inline constexpr std::size_t MostCalleesOfCall = 64;

class CallableSolver {
public:
  /// Calls with more callees than \p MostCallees are guesses.
  explicit CallableSolver(const Facts &F, std::size_t MostCallees = MostCalleesOfCall)
      : F(F), MostCallees(MostCallees), Overriders(F), Slots(F, Overriders, MostCallees) {}

  /// Solves, then builds the edges. Call once.
  void run();

  /// Indexes into Facts::Calls.
  llvm::ArrayRef<std::uint32_t> callsOf(FunctionId Fn) const { return CallsOf[Fn]; }
  std::size_t nodes() const { return Begin.size() - 1; }
  bool isCrowd(NodeId N) const { return N >= F.Functions.size(); }
  /// In the order of the calls.
  llvm::ArrayRef<Edge> edges(NodeId N) const {
    return llvm::ArrayRef<Edge>(Edges.data() + Begin[N], Edges.data() + Begin[N + 1]);
  }
  /// The edges that lead to \p N, by the caller, those of crowds last.
  llvm::ArrayRef<Incoming> edgesTo(NodeId N) const { return To[N]; }
  const Edge &edge(Incoming I) const { return Edges[I.Number]; }

  /// Sorted.
  std::vector<FunctionId> held(SlotId S) const { return callables(Atom::slot(S)); }
  /// Callables of an atom set, sorted.
  std::vector<FunctionId> callables(llvm::ArrayRef<Atom> Atoms) const;
  /// The same, without slots of the classes in \p Seen, to which those of \p Atoms
  /// are added: however often a slot is named, all its callables come once.
  std::vector<FunctionId> newCallables(llvm::ArrayRef<Atom> Atoms,
                                       llvm::DenseSet<std::uint32_t> &Seen) const;
  llvm::ArrayRef<FunctionId> overriders(FunctionId F) const { return Overriders.overriders(F); }
  std::vector<bool> sourcesOf(llvm::ArrayRef<SlotId> Into) const {
    return Slots.sourcesOf(Into);
  }

  /// Transparent parameters that some call other than \p Without calls.
  llvm::DenseSet<SlotId> calledParameters(const llvm::DenseSet<std::uint32_t> &Without) const;

private:
  bool isGuess(const Call &C) const;
  void markPassedTo();
  template <typename Visit> void eachPassedFunction(const Call &C, Visit Do) const;
  bool isTransparent(FunctionId Fn) const { return PassedTo[Fn] && !InCrowd[Fn]; }
  bool callsOwnParameterOnly(const Call &C) const;
  bool isOwnParameter(Atom A, FunctionId Fn) const;
  void followParameters();
  void buildEdges();
  void addCall(std::uint32_t At);
  void addPassed(std::uint32_t At);
  void addCallee(Edge E);
  void addHeld(Edge E, SlotId S);
  NodeId crowd(std::uint64_t Key);
  NodeId crowdOfClass(std::uint32_t Class) { return crowd(std::uint64_t(1) << 32 | Class); }
  NodeId crowdOfMethod(FunctionId Fn) { return crowd(Fn); }
  void addCrowdMembers(std::size_t Crowd);

  const Facts &F;
  const std::size_t MostCallees;
  Hierarchy Overriders;
  SlotSolver Slots;

  /// By function: some call passes callables to it; that call is one of a crowd's.
  std::vector<bool> PassedTo, InCrowd;
  /// Transparent calls: indexes into Facts::Calls.
  std::vector<std::uint32_t> Transparent;
  /// A parameter that is passed on for another one.
  struct PassedOn {
    SlotId Called, From;
  };
  std::vector<PassedOn> Passes;
  llvm::DenseSet<SlotId> CalledParameters;

  llvm::DenseMap<std::uint64_t, NodeId> CrowdOf;
  std::vector<std::uint64_t> Crowds;
  Adjacency CallsOf;
  std::vector<Edge> Edges;          ///< by caller
  std::vector<std::uint32_t> Begin; ///< where a node's edges begin
  Neighbours<Incoming> To;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_CALLABLESOLVER_H
