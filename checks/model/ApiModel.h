//===- ApiModel.h - what is known about library calls -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Knowledge about libraries as data: which calls register handlers, block, hand
// work to another thread. A pack is one JSON file (docs/MODELS.md); this file
// holds its types and the questions that the analysis asks.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_MODEL_APIMODEL_H
#define NETTUNE_MODEL_APIMODEL_H

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nettune::model {

/// What an entry says about a function, field or type. The JSON key of the role
/// is roleName().
enum class Role {
  Handlers,          ///< makes a callable run on `Entry::RunsOn`
  HandlerOverrides,  ///< a virtual method whose overrides are handlers
  HandlerCoroutines, ///< a return type whose coroutines run on the loop
  Contexts,          ///< classes whose objects are event loops, and functions that run one
  Loops,             ///< waits for events: the loop statement around it is an event loop
  Handoffs,          ///< runs a callable elsewhere: the spread of loop code stops
  Transparent,       ///< gives back the callable that it got
  Blocking,          ///< waits: a leaf
  Nonblocking,       ///< makes a file descriptor or socket non-blocking
  Affinity,          ///< moves the object that it is called on to another thread
  Guards,            ///< proves that a following read finds data
  NonblockingResults, ///< the descriptor that it returns does not block
  Accepts,           ///< takes in a connection: the loop around it serves connections
  Sends,             ///< sends data and tells by `Entry::Reports` whether it could
  Payloads,          ///< gives received data: in a buffer or as its result
  Settings,          ///< sets `Entry::Key`
  Threads            ///< takes a number of threads, or makes one
};

/// Where a callable runs. Caller: before the call returns, on its thread.
enum class Thread { Loop, Worker, Caller };

/// What a blocking call waits for.
enum class Category {
  Sleep,
  Wait,
  Join,
  Dns,
  Socket,
  File,
  Process,
  Database,
  Http,
  Rpc,
  Console,
  Lock
};

/// How often a call of the function really blocks. Rarely is never reported.
enum class Grade { Always, Usually, Rarely };

/// What a parameter of a handler is. Error: an error code, or a result that tells of one.
enum class Parameter { Session, Payload, Size, Error, Other };

/// How a send tells that it failed or sent less than it was given.
enum class SendReport {
  Status,    ///< by its result: an object, an enumerator, a bool
  Bytes,     ///< by its result: a count, negative for an error or less than was given
  ErrorCode, ///< in the error code that is its argument `Entry::Argument`
  Completion ///< in the parameters of the handler, its argument `Entry::Argument`
};

/// What a number given for a setting counts.
enum class Unit { Bytes, Count, Milliseconds, Seconds, Flag };

/// What the threads of a pool do: run event loops, compute, or wait.
enum class Pool { Loop, Compute, Blocking };

/// One term of an entry's `only` (all must hold) or `unless` (none may hold).
struct Condition {
  enum class Kind {
    AnyBit,        ///< the constant argument has one of the bits of Numbers[0]
    Equals,        ///< the constant argument is one of Numbers
    Zero,          ///< the argument is the constant 0, nullptr or a zero duration
    Literal,       ///< the argument is, or was made with, one of the string literals Names; one
                   ///< that ends in * is a beginning
    OneFd,         ///< the argument is a set into which the function puts one descriptor
    Type,          ///< the argument's class, a base, an enclosing class or a template
                   ///< argument of it is one of Names
    Opened,        ///< the object, or what it was made with, is one of the string literals Names
    Receiver,      ///< the object's static type before implicit casts, as for Type
    ArgumentCount, ///< Numbers[0] <= arguments written <= Numbers[1]
    Macro,         ///< stands in an expansion of a macro of Names
    NonblockingFd, ///< the program makes such descriptors non-blocking
    Guarded,       ///< a `guards` call stands in the same function
    FieldBit,      ///< the argument points to a local struct whose field Names[0] was last
                   ///< given a constant that has one of the bits of Numbers[0]
    FileFd         ///< an argument is a descriptor that a `blocking` call of category file gave
  };
  Kind K;
  /// Index of the argument; negative counts from the last one written.
  int Argument = 0;
  std::vector<std::int64_t> Numbers;
  std::vector<std::string> Names;
};

/// Every callable-carrying argument is meant.
inline constexpr int AllCallables = std::numeric_limits<int>::max();

/// Payloads: no argument is meant but the result.
inline constexpr int ResultIsPayload = std::numeric_limits<int>::min();

/// Handlers: the callable belongs to no object.
inline constexpr int NoContext = std::numeric_limits<int>::min();

/// Handlers: the callable belongs to the object that the member is called on.
inline constexpr int ObjectIsContext = std::numeric_limits<int>::max();

/// One statement of a pack about one or more names.
struct Entry {
  Role R;
  /// Qualified names without inline namespaces or template arguments; a
  /// constructor is `ns::C::C`. A name that starts with `*::` matches in any
  /// enclosing namespace; a name without `::` is a C function.
  std::vector<std::string> Functions;
  /// Fields (`Class::field`) that take a callable, a setting or a number of
  /// threads by assignment.
  std::vector<std::string> Fields;
  /// Class names (HandlerCoroutines, Contexts).
  std::vector<std::string> Types;
  /// Which argument is meant. Handlers, Handoffs, Transparent, Nonblocking,
  /// Sends: an index or AllCallables; Payloads: an index or ResultIsPayload;
  /// Settings, Threads: an index.
  int Argument = AllCallables;
  Thread RunsOn = Thread::Loop;
  /// Handlers: which argument's object the callable belongs to, or
  /// ObjectIsContext. It runs on that object's thread, and a string given instead
  /// of a callable names a method of the object's class.
  int Context = NoContext;
  /// Handlers, HandlerOverrides: the callable's parameters from the first on. A
  /// callable may take fewer; empty if nothing is known.
  std::vector<Parameter> Parameters;
  /// Handlers: what calls the callable is the program itself or a time, no peer.
  bool Peerless = false;
  Category Waits = Category::Wait;
  Grade G = Grade::Always;
  /// Blocking: the action of the message, "use async_resolve".
  std::string Instead;
  /// Loops: a loop statement that reaches the wait over at most so many calls is an event loop.
  unsigned Reach = 3;
  /// Sends: each message stands for itself, is sent whole or not at all.
  bool Datagram = false;
  /// Sends: success may mean less than was given.
  bool Partial = false;
  SendReport Reports = SendReport::Status;
  /// Sends: completes "result of 'send' is ignored; ...".
  std::string Loses;
  /// Settings: one of settingKeys().
  std::string Key;
  /// Settings: of a plain number; a std::chrono::duration has its own.
  Unit Counts = Unit::Count;
  /// Threads: what the counted threads do.
  Pool Runs = Pool::Compute;
  /// Threads: each call makes one thread; Argument and Runs say nothing.
  bool Each = false;
  std::vector<Condition> Only, Unless;
  /// Header, manual page or document that the entry was written from.
  std::string Source;
  /// The pack's library, set by ApiModel::add. Nonblocking: whose descriptors they
  /// are, if the entry says so.
  std::string Library;
  /// File and line of the entry, for messages about the model itself.
  std::string Place;
};

/// One library's entries, as loaded from one file.
struct Pack {
  std::string Library;
  /// What `$` stands for; Entries hold the names with it replaced.
  std::vector<std::string> Namespaces;
  std::vector<Entry> Entries;
};

/// All packs of a run. Look-ups return entries in the order of the packs and,
/// within a pack, of the file; the first whose conditions hold decides.
class ApiModel {
public:
  ApiModel() = default;
  ApiModel(ApiModel &&) = default; // no copy: the indexes point into Packs
  ApiModel &operator=(ApiModel &&) = default;

  void add(Pack P);

  /// Entries about a function; \p QualifiedName as Entry::Functions spells it.
  std::vector<const Entry *> function(std::string_view QualifiedName) const;
  /// Entries about a field, `Class::field`.
  std::vector<const Entry *> field(std::string_view QualifiedName) const;
  /// Entries about a class.
  std::vector<const Entry *> type(std::string_view QualifiedName) const;

  const std::deque<Pack> &packs() const { return Packs; }

private:
  /// An entry under one of its names.
  struct Named {
    unsigned Rank; ///< order of the entries over all packs
    const Entry *E;
    const std::string *Name;
  };
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view Name) const {
      return std::hash<std::string_view>()(Name);
    }
  };
  using NameMap = std::unordered_map<std::string, std::vector<Named>, NameHash, std::equal_to<>>;
  struct Index {
    NameMap Exact;
    NameMap BySuffix; ///< `*::X::y` under `y`

    void add(const Entry &E, unsigned Rank, const std::vector<std::string> &Names);
    std::vector<const Entry *> find(std::string_view Name) const;
  };

  std::deque<Pack> Packs; // a deque: the indexes point into it
  unsigned NextRank = 0;
  Index ByFunction, ByField, ByType;
};

/// Whether a model's name, possibly one with `*::`, means the entity of that
/// qualified name. For the names in conditions; ApiModel does it for entries.
bool matchesName(std::string_view ModelName, std::string_view QualifiedName);

std::string_view roleName(Role R);
/// The settings that checks know, "receive_buffer_size".
std::span<const std::string_view> settingKeys();
std::string_view categoryName(Category C);
/// What a call of the category waits for, "a name server": completes "waits for ...".
std::string_view categoryReason(Category C);

} // namespace nettune::model

#endif // NETTUNE_MODEL_APIMODEL_H
