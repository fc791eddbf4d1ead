//===- ReceivedData.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/ReceivedData.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace nettune::summary {

ReceivedData::ReceivedData(const Facts &F, const CallableSolver &Calls) : F(F), Calls(Calls) {
  for (const DataParameter &P : F.DataParameters)
    ParametersOf[P.Of].push_back(&P);
  for (const DataFlow &Flow : F.DataFlows)
    addFlow(Flow.From, Flow.To);
  for (const DataArgument &A : F.DataArguments)
    for (FunctionId Callee : Calls.callables(A.Targets))
      if (SlotId To = F.findParameter(Callee, A.Index); To != None)
        addFlow(A.From, To);
  for (const Override &O : F.Overrides)
    for (const DataParameter *P : ParametersOf.lookup(O.Derived))
      if (SlotId From = F.findParameter(O.Base, P->Index); From != None)
        addFlow(From, P->At);
  for (const DataEntry &E : F.DataEntries)
    Work.push_back({E.At, E.Where});
  addHandlers();
  spread();
}

void ReceivedData::addHandlers() {
  for (const Registration &R : F.Registrations) {
    if (R.Parameters.empty())
      continue;
    for (FunctionId Handler : Calls.callables(R.Callables))
      addPayloads(Handler, R.Parameters);
  }
  for (const Root &R : F.Roots)
    addPayloads(R.F, R.Parameters);
}

/// What a bind adds stands before the handler's own parameters.
static unsigned positionInHandler(const DataParameter &P, std::size_t Count) {
  std::size_t Arity = P.Index + P.FromEnd + 1;
  std::size_t Bound = Arity > Count ? Arity - Count : 0;
  return P.Index < Bound ? None : static_cast<unsigned>(P.Index - Bound);
}

void ReceivedData::addPayloads(FunctionId Handler,
                               const std::vector<model::Parameter> &Parameters) {
  for (const DataParameter *P : ParametersOf.lookup(Handler)) {
    unsigned At = positionInHandler(*P, Parameters.size());
    if (At < Parameters.size() && Parameters[At] == model::Parameter::Payload)
      Work.push_back({P->At, F.Functions[Handler].Where});
  }
}

void ReceivedData::spread() {
  // Breadth first, in the order of the rows: of several origins the nearest counts.
  for (std::size_t I = 0; I < Work.size(); ++I) {
    Arrival A = Work[I];
    if (!Received.try_emplace(A.At, A.Origin).second)
      continue;
    if (auto It = Next.find(A.At); It != Next.end())
      for (SlotId To : It->second)
        Work.push_back({To, A.Origin});
  }
  Work.clear();
}

Place ReceivedData::origin(const BufferCopy &C) const {
  auto First = llvm::find_if(C.Sources, [this](SlotId S) { return holds(S); });
  return First == C.Sources.end() ? Place() : origin(*First);
}

bool ReceivedData::isReceived(const BufferCopy &C) const {
  return C.Always || llvm::any_of(C.Sources, [this](SlotId S) { return holds(S); });
}

static bool sameEdits(const BufferCopy &A, const BufferCopy &B) {
  return std::equal(A.Fixes.begin(), A.Fixes.end(), B.Fixes.begin(), B.Fixes.end(),
                    [](const Edit &L, const Edit &R) {
                      return L.Begin == R.Begin && L.End == R.End && L.Text == R.Text;
                    });
}

/// A [=] has one place for all that it copies.
static bool isSameCopy(const BufferCopy &A, const BufferCopy &B) {
  return A.Where == B.Where && (A.From == B.From || B.K == BufferCopy::Kind::Parameter);
}

namespace {

/// Copies at one place: of instantiations, or of one source passed to several.
using SameCopies = llvm::ArrayRef<const BufferCopy *>;

std::vector<const BufferCopy *> sortedByPlace(const Facts &F, const CopyFacts &Copies) {
  // The last part keeps the order in which they were found.
  auto Key = [&](const BufferCopy *C) {
    return std::tuple(F.text(C->Where.File), C->Where.Line, C->Where.Column, llvm::StringRef(C->From), C->Passed, C);
  };
  std::vector<const BufferCopy *> All;
  for (const BufferCopy &C : Copies.Copies)
    All.push_back(&C);
  llvm::sort(All, [&](const BufferCopy *A, const BufferCopy *B) { return Key(A) < Key(B); });
  return All;
}

void forEachPlace(const Facts &F, const CopyFacts &Copies, llvm::function_ref<void(SameCopies)> Do) {
  std::vector<const BufferCopy *> All = sortedByPlace(F, Copies);
  for (auto It = All.begin(); It != All.end();) {
    auto End = std::find_if(It, All.end(), [&](const BufferCopy *C) { return !isSameCopy(**It, *C); });
    Do(SameCopies(All).slice(It - All.begin(), End - It));
    It = End;
  }
}

/// An edit changes every instantiation, those too that nothing received comes to.
BufferCopy withCommonFixes(const BufferCopy &One, SameCopies All) {
  BufferCopy Result = One;
  if (llvm::any_of(All, [&](const BufferCopy *C) { return !sameEdits(*C, One); }))
    Result.Fixes.clear();
  return Result;
}

} // namespace

std::vector<BufferCopy> copiesOfReceived(const Facts &F, const ReceivedData &Data, const CopyFacts &Copies) {
  std::vector<BufferCopy> Found;
  forEachPlace(F, Copies, [&](SameCopies All) {
    auto First = llvm::find_if(All, [&](const BufferCopy *C) { return Data.isReceived(*C); });
    if (First != All.end())
      Found.push_back(withCommonFixes(**First, All));
  });
  return Found;
}

std::vector<BufferCopy> copiesOfUnknown(const Facts &F, const ReceivedData &Data, const CopyFacts &Copies) {
  std::vector<BufferCopy> Found;
  forEachPlace(F, Copies, [&](SameCopies All) {
    if (llvm::any_of(All, [&](const BufferCopy *C) { return Data.isReceived(*C); }))
      return;
    // What calls pass to a parameter has a name of its own in each.
    for (const BufferCopy *C : All) {
      if (C == All.front() || C->From != Found.back().From)
        Found.push_back(withCommonFixes(*C, All));
      else
        Found.back().Sources.insert(Found.back().Sources.end(), C->Sources.begin(), C->Sources.end());
    }
  });
  return Found;
}

} // namespace nettune::summary
