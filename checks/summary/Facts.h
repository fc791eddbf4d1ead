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
#include "summary/StringTable.h"

#include <cstdint>
#include <vector>

#include <llvm/ADT/DenseMap.h>

namespace nettune::summary {

using FunctionId = std::uint32_t;
using SlotId = std::uint32_t;

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
    AnnotatedNonblocking = 32,
    EndsProcess = 64,   ///< each way through its body
    BodyElsewhere = 128 ///< another program of the project defines it; see linkPrograms()
  };
  StringId Key;  ///< identity across TUs
  StringId Name; ///< qualified; of a lambda: the enclosing function's
  Place Where;
  unsigned Flags = 0;
  bool has(Flag F) const { return Flags & F; }
  bool operator==(const Function &) const = default;
};

/// A place that can hold callables.
struct Slot {
  enum class Kind { Parameter, Field, Variable, Return };
  Kind K;
  StringId Key;            ///< identity across TUs; 0: Owner and Index are it
  FunctionId Owner = None; ///< Parameter, Return
  unsigned Index = 0;      ///< Parameter
  bool operator==(const Slot &) const = default;
};

/// A callable (a function) or a slot.
struct Atom {
  std::uint32_t IsSlot; ///< 0 or 1; no bool, so that lists of atoms compare byte by byte
  std::uint32_t Id;
  static Atom function(FunctionId F) { return {0, F}; }
  static Atom slot(SlotId S) { return {1, S}; }
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
/// The same where it is only looked at.
using LoopStatements = llvm::ArrayRef<std::uint16_t>;

enum class CallKind : std::uint8_t { Direct, Virtual, Through };

/// A call as the analysis sees it.
struct NewCall {
  FunctionId Caller;
  CallKind K;
  FunctionId Callee = None; ///< Direct, Virtual
  AtomSet Targets;          ///< Through
  std::vector<AtomSet> Arguments;
  LoopNest Loops;
  Place Where;
};

/// The same as a row: most of what a table holds, so lists are numbers.
struct Call {
  using Kind = CallKind;
  FunctionId Caller;
  FunctionId Callee = None;
  std::uint32_t Targets = 0;   ///< list of Facts::AtomSets
  std::uint32_t Arguments = 0; ///< list of Facts::ArgumentLists
  std::uint32_t Loops = 0;     ///< list of Facts::Nests
  Place Where;
  Kind K = Kind::Direct;
  bool operator==(const Call &) const = default;
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
  StringId On = 0;        ///< key of the variable or field that it is registered on; 0: none
  bool Peerless = false;  ///< model::Entry::Peerless
  bool Assumed = false;   ///< by withAssumptions(); no file holds such rows
  bool operator==(const Registration &) const = default;
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
  bool operator==(const Root &) const = default;
};

/// How an object that is an event loop is used: an io_context.
struct ContextUse {
  enum class Kind {
    Runs,  ///< its events are handled in In
    Feeds, ///< the object Fed was made with it: a timer, a socket
    Shared ///< in any other way: who has it may do with it what he likes
  };
  StringId Object; ///< key of the variable or field
  Kind K;
  FunctionId In;
  StringId Fed = 0;
  bool operator==(const ContextUse &) const = default;
};

/// An object of this class is moved to another thread.
struct Move {
  ClassKeys Object;
  Place Where;
  bool operator==(const Move &) const = default;
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
  bool operator==(const Wait &) const = default;
};

/// A call that takes in a connection: the loop around it serves connections.
struct Accept {
  FunctionId In;
  LoopNest Loops;
  Place Where;
  bool operator==(const Accept &) const = default;
};

/// A call that blocks, by model or annotation; its conditions held, save for
/// those that need the whole program.
struct BlockingSite {
  FunctionId In;
  StringId Api; ///< as the message prints it
  StringId Instead;
  model::Category Waits;
  model::Grade G;
  bool Annotated = false;         ///< by nettune::may_block
  StringId UnlessNonblocking = 0; ///< quiet if the program has a NonblockingFd of this library
  LoopNest Loops;
  Place Where;
  bool operator==(const BlockingSite &) const = default;
};

/// The direct or virtual call at Where gives a constant for a parameter.
struct ConstantArgument {
  FunctionId In;
  FunctionId Callee;
  unsigned Parameter;  ///< counted from 1
  std::uint32_t Value; ///< of a signed number of 32 bits; false, a null pointer, no time: 0
  Place Where;
  auto operator<=>(const ConstantArgument &) const = default;
};

/// What In calls at Where it calls only if its parameter has, or has not, this value.
/// Of several such rows all must hold.
struct ParameterCondition {
  FunctionId In;
  unsigned Parameter; ///< counted from 1
  std::uint32_t Value;
  bool Equal;
  Place Where;
  auto operator<=>(const ParameterCondition &) const = default;
};

/// The program makes descriptors non-blocking here.
struct NonblockingFd {
  StringId Library;
  Place Where;
  bool operator==(const NonblockingFd &) const = default;
};

/// A library's function that was given a callable and that no model knows.
struct Taker {
  StringId Api;
  Place Where;
  bool operator==(const Taker &) const = default;
};

/// Bytes that From holds come into To.
struct DataFlow {
  FunctionId In;
  SlotId From, To;
  bool operator==(const DataFlow &) const = default;
};

/// From is given to parameter Index of what Targets hold.
struct DataArgument {
  FunctionId In;
  AtomSet Targets;
  unsigned Index;
  SlotId From;
  bool operator==(const DataArgument &) const = default;
};

/// A parameter that can hold bytes.
struct DataParameter {
  FunctionId Of;
  unsigned Index;
  unsigned FromEnd; ///< 0: the last one
  SlotId At;
  bool operator==(const DataParameter &) const = default;
};

/// At is filled by a modelled read, or is its result.
struct DataEntry {
  FunctionId In;
  SlotId At;
  Place Where;
  bool operator==(const DataEntry &) const = default;
};

/// What a check found at Where, in these words, holds if From holds received data.
struct CopySource {
  Place Where;
  StringId Text;
  SlotId From;
  bool operator==(const CopySource &) const = default;
};

/// The tables.
class Facts {
public:
  StringId string(llvm::StringRef Text) { return Strings.add(Text); }
  llvm::StringRef text(StringId Id) const { return Strings[Id]; }

  /// The function with \p Key, added with only its key if it is new.
  FunctionId function(llvm::StringRef Key) { return function(string(Key)); }
  FunctionId function(StringId Key);
  SlotId slot(Slot::Kind K, llvm::StringRef Key) { return slot(K, string(Key)); }
  SlotId slot(Slot::Kind K, StringId Key);
  SlotId parameter(FunctionId F, unsigned Index);
  SlotId returned(FunctionId F);
  /// None if nothing was ever said about that parameter.
  SlotId findParameter(FunctionId F, unsigned Index) const;
  void flow(SlotId To, const AtomSet &From);
  void call(const NewCall &C);

  llvm::ArrayRef<Atom> targets(const Call &C) const { return AtomSets[C.Targets]; }
  std::size_t argumentCount(const Call &C) const { return ArgumentLists[C.Arguments].size(); }
  llvm::ArrayRef<Atom> argument(const Call &C, std::size_t Index) const {
    return AtomSets[ArgumentLists[C.Arguments][Index]];
  }
  /// Does the call pass callables?
  bool passes(const Call &C) const {
    return llvm::any_of(ArgumentLists[C.Arguments], [](std::uint32_t Set) { return Set != 0; });
  }
  LoopStatements nest(const Call &C) const { return Nests[C.Loops]; }

  /// To be called after rows of Functions and Slots were added by other means
  /// than the above.
  void reindex();

  StringTable Strings;
  ListTable<Atom> AtomSets;
  ListTable<std::uint32_t> ArgumentLists; ///< of numbers of AtomSets, one an argument
  ListTable<std::uint16_t> Nests;

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
  std::vector<ConstantArgument> ConstantArguments;
  std::vector<ParameterCondition> ParameterConditions;
  std::vector<NonblockingFd> NonblockingFds;
  std::vector<Taker> Takers;
  std::vector<Move> Moves;
  std::vector<ContextUse> Contexts;
  std::vector<DataFlow> DataFlows;
  std::vector<DataArgument> DataArguments;
  std::vector<DataParameter> DataParameters;
  std::vector<DataEntry> DataEntries;
  std::vector<CopySource> CopySources;

private:
  SlotId owned(Slot::Kind K, FunctionId Owner, unsigned Index);

  /// By the number of the key.
  std::vector<FunctionId> FunctionOf;
  std::vector<SlotId> SlotOf;
  llvm::DenseMap<std::uint64_t, SlotId> OwnedIds;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_FACTS_H
