//===- Program.h - the answers that checks ask for --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A solved program. Checks, the command line and the editor ask it which
// blocking calls run on an event loop and why; they never see the graph.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_PROGRAM_H
#define NETTUNE_SUMMARY_PROGRAM_H

#include "summary/LoopSolver.h"

#include <map>
#include <string>

namespace nettune::summary {

/// One statement of the path from the event loop to a site.
struct PathStep {
  enum class Kind {
    Registered, ///< Subject was given to Object
    Assumed,    ///< the same, and nobody knows what Object does with it
    Overrides,  ///< Subject overrides Object
    Coroutine,  ///< Subject is a coroutine
    Annotated,  ///< Subject is annotated with Object
    EventLoop,  ///< the loop of Subject waits with Object
    Calls,      ///< Subject calls Object
    CallsVirtual,
    CallsThroughCallable
  };
  Kind K;
  std::string Subject, Object; ///< as printed, with quotes
  Place Where;
};

/// Blocking calls of one category in one function that runs on a loop.
struct BlockingFinding {
  struct Site {
    std::string Api;
    Place Where;
  };
  std::vector<Site> Sites; ///< in source order, at least one
  std::vector<FunctionId> Holders; ///< functions of the sites, in the program that said so
  std::string Function, Entity; ///< that holds the sites: name as printed, stableKey()
  /// Where to report it, if not at the first site: a call that leads there.
  std::optional<Place> At = std::nullopt;
  std::string Instead;     ///< empty: the default action
  model::Category Waits;
  bool Annotated = false;
  bool Always = false; ///< it blocks whenever it is called
  /// That, and the path holds no guess.
  bool Certain = false;
  /// "the handler given to 'asio::post'"
  std::string Origin;
  std::vector<PathStep> Path; ///< from the loop to the function of the sites
  struct Caller {
    std::string Name;
    Place Where;
  };
  /// The other calls that lead here, at the first function that has several.
  std::vector<Caller> AlsoReachedFrom;
};

struct Ways;

/// Stays where it was made: the solvers know the facts by their address.
class Program {
public:
  /// Takes the facts of one TU or of a linked program and solves them. A call with
  /// more callees than \p MostCallees is a guess.
  explicit Program(Facts F, std::size_t MostCallees = MostCalleesOfCall);
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  /// Sorted by place; one finding a function (whatever its instantiations) and category.
  /// Those whose first site is not \p Wanted are left out.
  std::vector<BlockingFinding> blockingCallsOnLoop(llvm::function_ref<bool(Place)> Wanted = [](Place) { return true; }) const;

  /// Calls in \p File that lead to blocking calls in other files: one finding a call.
  std::vector<BlockingFinding> blockingCallsBeyond(llvm::StringRef File) const;

  /// How loop code comes to the sites of \p B, which this program has found.
  Ways waysTo(const BlockingFinding &B) const;

  /// Which callables a slot holds.
  const CallableSolver &callables() const { return Calls; }
  /// Is code of \p Fn inside of \p Nest loop code?
  bool runsOnLoop(FunctionId Fn, LoopStatements Nest) const { return Loops.onLoop(Fn, Nest); }
  struct LoopPath {
    std::vector<PathStep> Steps;
    std::string Origin; ///< "the handler given to 'asio::post'"
  };
  /// A shortest way from the event loop to \p Fn, which runs on one.
  LoopPath path(FunctionId Fn) const;
  /// The accept of which code of \p Fn inside of \p Nest is a consequence: both
  /// stand in one loop statement, directly or over few calls.
  std::optional<Place> acceptAround(FunctionId Fn, LoopStatements Nest) const;
  /// Something that is handed to other threads waits there.
  bool workersBlock() const;
  /// Some code of the function runs on an event loop.
  bool runsOnLoop(FunctionId Fn) const { return Loops.reached(Fn) || Loops.eventLoop(Fn); }

  /// "'Session::read'", "the lambda in 'main'"
  std::string functionName(FunctionId Fn) const;
  llvm::StringRef text(StringId Id) const { return F.text(Id); }
  const Facts &facts() const { return F; }

private:
  friend class WayFinder;
  bool quiet(const BlockingSite &S) const;
  std::optional<Place> acceptBelow(FunctionId Fn, const LoopStatements *Nest, unsigned Depth) const;
  std::optional<Place> acceptAround(FunctionId Fn, LoopStatements Nest, unsigned Depth) const;
  bool certain(const BlockingSite &S) const;
  PathStep entryStep(FunctionId Fn, const Reached &R, std::string &Origin) const;
  PathStep loopStep(FunctionId Fn, std::string &Origin) const;
  PathStep callStep(FunctionId Caller, FunctionId Callee, Call::Kind K, std::uint32_t At) const;
  void addCallers(FunctionId Fn, std::uint32_t Without, std::map<Place, FunctionId> &Callers) const;
  std::vector<BlockingFinding::Caller> alsoReachedFrom(FunctionId Fn) const;
  BlockingFinding describe(const std::vector<const BlockingSite *> &Sites, LoopPath Way) const;

  Facts F;
  CallableSolver Calls;
  LoopSolver Loops;
  llvm::DenseSet<StringId> Nonblocking; ///< libraries whose descriptors are made non-blocking
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_PROGRAM_H
