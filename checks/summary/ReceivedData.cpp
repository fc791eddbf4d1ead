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

ReceivedData::ReceivedData(const Facts &F, const CallableSolver &Calls, const CopyFacts &Copies)
    : F(F), Calls(Calls) {
  for (const DataParameter &P : Copies.Parameters)
    ParametersOf[P.Of].push_back(&P);
  for (const DataFlow &Flow : Copies.Flows)
    addFlow(Flow.From, Flow.To);
  for (const DataArgument &A : Copies.Arguments)
    for (FunctionId Callee : Calls.callables(A.Targets))
      if (SlotId To = F.findParameter(Callee, A.Index); To != None)
        addFlow(A.From, To);
  for (const Override &O : F.Overrides)
    for (const DataParameter *P : ParametersOf.lookup(O.Derived))
      if (SlotId From = F.findParameter(O.Base, P->Index); From != None)
        addFlow(From, P->At);
  Work = Copies.Received;
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
      Work.push_back(P->At);
  }
}

void ReceivedData::spread() {
  while (!Work.empty()) {
    SlotId S = Work.back();
    Work.pop_back();
    if (!Received.insert(S).second)
      continue;
    if (auto It = Next.find(S); It != Next.end())
      Work.insert(Work.end(), It->second.begin(), It->second.end());
  }
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

std::vector<BufferCopy> copiesOfReceived(const Facts &F, const ReceivedData &Data,
                                         const CopyFacts &Copies) {
  // The last part keeps the order in which they were found.
  auto Key = [&](const BufferCopy *C) {
    return std::tuple(F.text(C->Where.File), C->Where.Line, C->Where.Column, llvm::StringRef(C->From), C->Passed, C);
  };
  std::vector<const BufferCopy *> All;
  for (const BufferCopy &C : Copies.Copies)
    All.push_back(&C);
  llvm::sort(All, [&](const BufferCopy *A, const BufferCopy *B) { return Key(A) < Key(B); });
  std::vector<BufferCopy> Found;
  for (auto It = All.begin(); It != All.end();) {
    auto End = std::find_if(It, All.end(), [&](const BufferCopy *C) { return !isSameCopy(**It, *C); });
    auto First = std::find_if(It, End, [&](const BufferCopy *C) { return Data.isReceived(*C); });
    if (First != End) {
      Found.push_back(**First);
      // An edit changes every instantiation, those too that nothing received comes to.
      if (std::any_of(It, End, [&](const BufferCopy *C) { return !sameEdits(*C, **First); }))
        Found.back().Fixes.clear();
    }
    It = End;
  }
  return Found;
}

} // namespace nettune::summary
