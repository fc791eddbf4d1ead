//===- Facts.h - what code says about itself --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts that outlive a translation unit: functions, calls, where callables
// flow, what the models said about single calls. Plain tables of integers over
// one string table, so that they can be written, merged and solved without an
// AST. The same tables hold one TU and a linked program.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_FACTS_H
#define NETTUNE_SUMMARY_FACTS_H

#include "model/ApiModel.h"

#include <cstdint>
#include <tuple>
#include <vector>

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>

namespace nettune::summary {

using StringId = std::uint32_t;
using FunctionId = std::uint32_t;
using SlotId = std::uint32_t;
inline constexpr std::uint32_t None = ~0u;

/// A place in a source file; Line and Column count from 1, Line 0 is unknown.
struct Place {
  StringId File = 0;
  unsigned Line = 0;
  unsigned Column = 0;
  auto operator<=>(const Place &) const = default;
};

struct Function {
  enum Flag : unsigned {
    HasBody = 1,
    Library = 2, ///< declared in a system header
    Lambda = 4,
    Coroutine = 8,
    AnnotatedWorker = 16,
    AnnotatedNonblocking = 32
  };
  StringId Key;  ///< identity across TUs
  StringId Name; ///< qualified; of a lambda: the enclosing function's
  Place Where;
  unsigned Flags = 0;
  bool has(Flag F) const { return Flags & F; }
};

/// A place that can hold callables.
struct Slot {
  enum class Kind { Parameter, Field, Variable, Return };
  Kind K;
  StringId Key;
  FunctionId Owner = None; ///< Parameter, Return
  unsigned Index = 0;      ///< Parameter
};

/// A callable (a function) or a slot.
struct Atom {
  bool IsSlot;
  std::uint32_t Id;
  static Atom function(FunctionId F) { return {false, F}; }
  static Atom slot(SlotId S) { return {true, S}; }
  auto operator<=>(const Atom &) const = default;
};
/// Sorted, without duplicates.
using AtomSet = std::vector<Atom>;

/// To holds whatever From is or holds.
struct Flow {
  SlotId To;
  Atom From;
  auto operator<=>(const Flow &) const = default;
};

/// Loop statements around a place, outermost first, numbered inside the function.
using LoopNest = std::vector<std::uint16_t>;

struct Call {
  enum class Kind { Direct, Virtual, Through };
  FunctionId Caller;
  Kind K;
  FunctionId Callee = None; ///< Direct, Virtual
  AtomSet Targets;          ///< Through
  std::vector<AtomSet> Arguments;
  LoopNest Loops;
  Place Where;
};

/// A class's key, then those of its bases in the project. Empty: no object is known.
using ClassKeys = std::vector<StringId>;

/// A callable given to code that runs it later: on the loop or on a worker.
struct Registration {
  FunctionId In;
  AtomSet Callables;
  model::Thread RunsOn;
  StringId Api; ///< qualified name of the taker
  Place Where;
  std::vector<model::Parameter> Parameters; ///< of the callables; empty: not known
  ClassKeys Context = {}; ///< the callables run on the thread of such an object
};

/// A function that is loop or worker code by what it is.
struct Root {
  enum class Kind { Override, Coroutine, Annotation };
  FunctionId F;
  Kind K;
  model::Thread RunsOn;
  StringId Detail; ///< Override: the overridden method; Annotation: its text
  std::vector<model::Parameter> Parameters = {}; ///< Override: of the method; empty: not known
  ClassKeys Context = {}; ///< Override: it runs on the thread of such an object
};

/// An object of this class is moved to another thread.
struct Move {
  ClassKeys Object;
  Place Where;
};

struct Override {
  FunctionId Derived, Base;
  auto operator<=>(const Override &) const = default;
};

/// A call that waits for events.
struct Wait {
  FunctionId In;
  StringId Api;
  unsigned Reach; ///< model::Entry::Reach
  LoopNest Loops;
  Place Where;
};

/// A call that takes in a connection: the loop around it serves connections.
struct Accept {
  FunctionId In;
  LoopNest Loops;
  Place Where;
};

/// A call that blocks, by model or annotation; its conditions held, save for
/// those that need the whole program.
struct BlockingSite {
  FunctionId In;
  StringId Api; ///< as the message prints it
  StringId Instead;
  model::Category Waits;
  model::Grade G;
  bool Annotated = false;          ///< by nettune::may_block
  StringId UnlessNonblocking = 0;  ///< quiet if the program has a NonblockingFd of this library
  LoopNest Loops;
  Place Where;
};

/// The program makes descriptors non-blocking here.
struct NonblockingFd {
  StringId Library;
  Place Where;
};

/// The tables. String 0 is empty, so that 0 means "no string".
class Facts {
public:
  Facts();

  StringId string(llvm::StringRef Text);
  llvm::StringRef text(StringId Id) const { return Strings[Id]; }

  /// The function with \p Key, added with only its key if it is new.
  FunctionId function(llvm::StringRef Key);
  SlotId slot(Slot::Kind K, llvm::StringRef Key, FunctionId Owner = None, unsigned Index = 0);
  SlotId parameter(FunctionId F, unsigned Index);
  SlotId returned(FunctionId F);
  /// None if nothing was ever said about that parameter.
  SlotId findParameter(FunctionId F, unsigned Index) const;
  void flow(SlotId To, const AtomSet &From);

  std::vector<Function> Functions;
  std::vector<Slot> Slots;
  std::vector<Flow> Flows;
  std::vector<Call> Calls;
  std::vector<Registration> Registrations;
  std::vector<Root> Roots;
  std::vector<Override> Overrides;
  std::vector<Wait> Waits;
  std::vector<Accept> Accepts;
  std::vector<BlockingSite> Sites;
  std::vector<NonblockingFd> NonblockingFds;
  std::vector<Move> Moves;

private:
  std::vector<std::string> Strings;
  llvm::StringMap<StringId> StringIds;
  llvm::DenseMap<StringId, FunctionId> FunctionIds;
  llvm::DenseMap<StringId, SlotId> SlotIds;
  llvm::DenseMap<std::uint64_t, SlotId> ParameterIds;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_FACTS_H
