//===- Linker.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Linker.h"

#include "summary/NameSplit.h"
#include "summary/OnePerSite.h"
#include "summary/RowWriter.h"

#include <algorithm>

#include <llvm/ADT/StringSet.h>

namespace nettune::summary {

namespace {

/// Hashes a row; see Layout.h.
class RowHasher {
public:
  template <typename Row> static std::uint64_t hash(Row R) {
    RowHasher H;
    layout(H, R);
    return H.Hash ^ (H.Hash >> 32);
  }

  void number(std::uint64_t N) { Hash = (Hash ^ N) * 0x9e3779b97f4a7c15u ^ (Hash >> 29); }
  void flag(bool B) { number(B); }
  template <typename Enum> void choice(Enum Value, Enum) { number(static_cast<unsigned>(Value)); }
  void string(StringId Id) { number(Id); }
  void function(FunctionId F) { number(F); }
  void caller(FunctionId F) { number(F); }
  void slot(SlotId S) { number(S); }
  void targets(std::uint32_t List) { number(List); }
  void arguments(std::uint32_t List) { number(List); }
  void nest(std::uint32_t List) { number(List); }
  void atom(Atom A) { number(std::uint64_t(A.Id) << 1 | A.IsSlot); }
  void place(Place P) {
    number(std::uint64_t(P.File) << 32 | P.Line);
    number(P.Column);
  }
  void atoms(const AtomSet &Set) {
    for (Atom A : Set)
      atom(A);
  }
  void loops(const LoopNest &Nest) {
    for (std::uint16_t L : Nest)
      number(L);
  }
  void keys(const ClassKeys &List) {
    for (StringId Id : List)
      string(Id);
  }
  void parameters(const std::vector<model::Parameter> &List) {
    for (model::Parameter P : List)
      number(static_cast<unsigned>(P));
  }

private:
  std::uint64_t Hash = 0x243f6a8885a308d3u;
};

/// Appends rows that are not there yet.
template <typename Row> class Distinct {
public:
  explicit Distinct(std::vector<Row> &Rows) : Rows(Rows) {}
  void add(Row R) {
    auto New = static_cast<std::uint32_t>(Rows.size());
    auto Equal = [&](std::uint32_t I) { return Rows[I] == R; };
    if (Known.add(RowHasher::hash(R), New, Equal) == New)
      Rows.push_back(std::move(R));
  }
  /// For a row that no other TU can have.
  void addOwn(Row R) { Rows.push_back(std::move(R)); }

private:
  std::vector<Row> &Rows;
  RowSet Known;
};

/// The program that grows.
struct Output {
  Facts F;
  Distinct<Flow> Flows{F.Flows};
  Distinct<Call> Calls{F.Calls};
  Distinct<Registration> Registrations{F.Registrations};
  Distinct<Root> Roots{F.Roots};
  Distinct<Override> Overrides{F.Overrides};
  Distinct<Wait> Waits{F.Waits};
  Distinct<Accept> Accepts{F.Accepts};
  Distinct<BlockingSite> Sites{F.Sites};
  Distinct<ConstantArgument> ConstantArguments{F.ConstantArguments};
  Distinct<ParameterCondition> ParameterConditions{F.ParameterConditions};
  Distinct<NonblockingFd> NonblockingFds{F.NonblockingFds};
  Distinct<Taker> Takers{F.Takers};
  Distinct<Move> Moves{F.Moves};
  Distinct<ContextUse> Contexts{F.Contexts};
  Distinct<DataFlow> DataFlows{F.DataFlows};
  Distinct<DataArgument> DataArguments{F.DataArguments};
  Distinct<DataParameter> DataParameters{F.DataParameters};
  Distinct<DataEntry> DataEntries{F.DataEntries};
  Distinct<CopySource> CopySources{F.CopySources};
};

/// The function that says it; of other rows none does.
template <typename Row> const FunctionId *speaker(const Row &R) {
  if constexpr (requires { R.Caller; })
    return &R.Caller;
  else if constexpr (requires { R.In; })
    return &R.In;
  else if constexpr (std::is_same_v<Row, DataParameter>)
    return &R.Of;
  else if constexpr (std::is_same_v<Row, Root>)
    return &R.F;
  else
    return nullptr;
}

/// Moves the rows of one TU to the program's tables; a Stream of Layout.h.
class Mover {
public:
  /// \p Bodies says in how many TUs the function with a key has a body. \p Stale: functions
  /// whose bodies, and what they say, are left out; empty: none.
  Mover(const Facts &Tu, std::vector<StringId> Strings, llvm::ArrayRef<std::uint8_t> Bodies,
        const NameSplit::View *Names, Output &Out, std::vector<bool> Stale = {})
      : Tu(Tu), Out(Out), Stale(std::move(Stale)), Strings(std::move(Strings)), Sets(Tu.AtomSets.size(), None),
        Lists(Tu.ArgumentLists.size(), None), Nests(Tu.Nests.size(), None) {
    for (const Function &F : Tu.Functions)
      Own.push_back(F.has(Function::HasBody) && Bodies[this->Strings[F.Key]] == 1);
    moveFunctions(Names);
    moveSlots(Names);
  }

  void move() {
    rows(Tu.Flows, Out.Flows);
    for (Call R : Tu.Calls) {
      if (isStale(R))
        continue;
      bool IsOwn = Own[R.Caller];
      layout(*this, R);
      IsOwn ? Out.Calls.addOwn(R) : Out.Calls.add(R);
    }
    rows(Tu.Registrations, Out.Registrations);
    rows(Tu.Roots, Out.Roots);
    rows(Tu.Overrides, Out.Overrides);
    rows(Tu.Waits, Out.Waits);
    rows(Tu.Accepts, Out.Accepts);
    rows(Tu.Sites, Out.Sites);
    rows(Tu.ConstantArguments, Out.ConstantArguments);
    rows(Tu.ParameterConditions, Out.ParameterConditions);
    rows(Tu.NonblockingFds, Out.NonblockingFds);
    rows(Tu.Takers, Out.Takers);
    rows(Tu.Moves, Out.Moves);
    rows(Tu.Contexts, Out.Contexts);
    rows(Tu.DataFlows, Out.DataFlows);
    rows(Tu.DataArguments, Out.DataArguments);
    rows(Tu.DataParameters, Out.DataParameters);
    rows(Tu.DataEntries, Out.DataEntries);
    rows(Tu.CopySources, Out.CopySources);
  }

  void number(std::uint64_t) {}
  void flag(bool) {}
  template <typename Enum> void choice(Enum, Enum) {}
  void loops(const LoopNest &) {}
  void parameters(const std::vector<model::Parameter> &) {}
  void keys(ClassKeys &List) {
    for (StringId &Id : List)
      string(Id);
  }
  void string(StringId &Id) { Id = Strings[Id]; }
  void function(FunctionId &F) { F = Functions[F]; }
  void caller(FunctionId &F) { F = Functions[F]; }
  void slot(SlotId &S) { S = Slots[S]; }
  void place(Place &P) { P.File = Strings[P.File]; }
  void atom(Atom &A) { A.Id = A.IsSlot ? Slots[A.Id] : Functions[A.Id]; }
  void atoms(AtomSet &Set) {
    for (Atom &A : Set)
      atom(A);
    std::sort(Set.begin(), Set.end());
    Set.erase(std::unique(Set.begin(), Set.end()), Set.end());
  }
  void targets(std::uint32_t &List) { List = set(List); }
  void arguments(std::uint32_t &List) {
    if (Lists[List] == None) {
      std::vector<std::uint32_t> Moved(Tu.ArgumentLists[List]);
      for (std::uint32_t &Set : Moved)
        Set = set(Set);
      Lists[List] = Out.F.ArgumentLists.add(Moved);
    }
    List = Lists[List];
  }
  void nest(std::uint32_t &List) {
    if (Nests[List] == None)
      Nests[List] = Out.F.Nests.add(Tu.Nests[List]);
    List = Nests[List];
  }

private:
  template <typename Row> void rows(const std::vector<Row> &From, Distinct<Row> &To) {
    for (Row R : From) {
      if (isStale(R))
        continue;
      layout(*this, R);
      To.add(std::move(R));
    }
  }

  template <typename Row> bool isStale(const Row &R) const {
    const FunctionId *By = speaker(R);
    return By && !Stale.empty() && Stale[*By];
  }

  std::uint32_t set(std::uint32_t List) {
    if (Sets[List] == None) {
      AtomSet Moved(Tu.AtomSets[List]);
      atoms(Moved);
      Sets[List] = Out.F.AtomSets.add(Moved);
    }
    return Sets[List];
  }

  void moveFunctions(const NameSplit::View *Names) {
    Functions.reserve(Tu.Functions.size());
    for (Function From : Tu.Functions) {
      if (!Stale.empty() && Stale[Functions.size()])
        From.Flags &= ~unsigned(Function::HasBody);
      FunctionId Id =
          Names ? Out.F.function(Names->function(From)) : Out.F.function(Strings[From.Key]);
      Functions.push_back(Id);
      Function &To = Out.F.Functions[Id];
      bool Defines = From.has(Function::HasBody) && !To.has(Function::HasBody);
      To.Flags |= From.Flags;
      if (To.Name != 0 && !Defines)
        continue;
      To.Name = Strings[From.Name];
      To.Where = From.Where;
      place(To.Where);
    }
  }

  void moveSlots(const NameSplit::View *Names) {
    Slots.reserve(Tu.Slots.size());
    for (const Slot &From : Tu.Slots) {
      if (From.K == Slot::Kind::Parameter)
        Slots.push_back(Out.F.parameter(Functions[From.Owner], From.Index));
      else if (From.K == Slot::Kind::Return)
        Slots.push_back(Out.F.returned(Functions[From.Owner]));
      else
        Slots.push_back(Names ? Out.F.slot(From.K, Names->slot(From))
                              : Out.F.slot(From.K, Strings[From.Key]));
    }
  }

  const Facts &Tu;
  Output &Out;
  std::vector<bool> Stale;
  std::vector<StringId> Strings;
  std::vector<FunctionId> Functions;
  std::vector<bool> Own; ///< functions that only this TU defines
  std::vector<SlotId> Slots;
  /// Lists of the program by those of the TU; None: not moved yet.
  std::vector<std::uint32_t> Sets, Lists, Nests;
};

} // namespace

static std::string bytes(const Facts &F) {
  RowWriter W;
  W.facts(F);
  return W.take();
}

Facts Linker::take() {
  // One source built twice stands there twice; only what it says can tell them apart.
  llvm::sort(Tus, [](const LinkedTu &A, const LinkedTu &B) {
    return A.MainFile != B.MainFile ? A.MainFile < B.MainFile : bytes(*A.F) < bytes(*B.F);
  });
  Output Out;
  std::vector<std::vector<StringId>> Strings;
  for (const LinkedTu &Tu : Tus)
    Strings.push_back(moveStrings(Tu.F->Strings, Out.F.Strings));
  std::size_t Calls = 0;
  for (const LinkedTu &Tu : Tus)
    Calls += Tu.F->Calls.size();
  Out.F.Calls.reserve(Calls);
  NameSplit Names(Out.F.Strings);
  std::vector<std::uint8_t> Bodies(Out.F.Strings.size());
  for (std::size_t I = 0; I < Tus.size(); ++I) {
    Names.see(*Tus[I].F, Strings[I], Tus[I].MainFile);
    for (const Function &F : Tus[I].F->Functions)
      if (std::uint8_t &Count = Bodies[Strings[I][F.Key]]; F.has(Function::HasBody) && Count < 2)
        ++Count;
  }
  Names.decide();
  for (const LinkedTu &Tu : Tus)
    Names.seeClasses(*Tu.F);
  for (std::size_t I = 0; I < Tus.size(); ++I) {
    NameSplit::View View(Names, *Tus[I].F, Tus[I].MainFile);
    Mover(*Tus[I].F, std::move(Strings[I]), Bodies, Names.any() ? &View : nullptr, Out).move();
  }
  Tus.clear();
  return std::move(Out.F);
}

void appendProgram(Facts &Tu, const Facts &Program, const std::vector<bool> &Stale) {
  Output Out;
  Out.F = std::move(Tu);
  std::vector<StringId> Strings = moveStrings(Program.Strings, Out.F.Strings);
  std::vector<std::uint8_t> Bodies(Out.F.Strings.size(), 1); // the program's rows are distinct
  Mover(Program, std::move(Strings), Bodies, nullptr, Out, Stale).move();
  Tu = std::move(Out.F);
}

/// The keys of all functions that some TU has a body of.
static llvm::StringSet<> definedFunctions(llvm::ArrayRef<LinkedTu> Tus) {
  llvm::StringSet<> Defined;
  for (const LinkedTu &Tu : Tus)
    for (const Function &F : Tu.F->Functions)
      if (F.has(Function::HasBody))
        Defined.insert(Tu.F->text(F.Key));
  return Defined;
}

void linkPrograms(llvm::ArrayRef<LinkedTu> Tus, std::vector<std::vector<unsigned>> Executables,
                  llvm::function_ref<void(Facts)> Take) {
  std::vector<bool> Linked(Tus.size());
  for (const std::vector<unsigned> &Executable : Executables)
    for (unsigned I : Executable)
      Linked[I] = true;
  std::vector<unsigned> Rest;
  for (unsigned I = 0; I < Tus.size(); ++I)
    if (!Linked[I])
      Rest.push_back(I);
  if (!Rest.empty())
    Executables.push_back(std::move(Rest));
  llvm::StringSet<> Defined;
  if (Executables.size() > 1)
    Defined = definedFunctions(Tus);
  for (const std::vector<unsigned> &Executable : Executables) {
    Linker L;
    for (unsigned I : Executable)
      L.add(*Tus[I].F, Tus[I].MainFile);
    Facts Program = L.take();
    for (Function &F : Program.Functions) // what one program lacks, and the project has, is not unknown
      if (!F.has(Function::HasBody) && Defined.contains(Program.text(F.Key)))
        F.Flags |= Function::BodyElsewhere;
    Take(std::move(Program));
  }
}

std::vector<Facts> linkPrograms(llvm::ArrayRef<LinkedTu> Tus,
                                llvm::ArrayRef<std::vector<unsigned>> Executables) {
  std::vector<Facts> Programs;
  linkPrograms(Tus, Executables.vec(), [&](Facts F) { Programs.push_back(std::move(F)); });
  return Programs;
}

} // namespace nettune::summary
