//===- DataSketch.h - small programs that receive and copy ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_DATASKETCH_H
#define NETTUNE_TEST_DATASKETCH_H

#include "summary/ReceivedData.h"

#include <string>
#include <vector>

namespace nettune::summary {

using nettune::model::Parameter;
using nettune::model::Thread;
using Parameters = std::vector<Parameter>;
constexpr Parameter Session = Parameter::Session, Payload = Parameter::Payload, Other = Parameter::Other;

inline AtomSet one(FunctionId Fn) { return {Atom::function(Fn)}; }
inline AtomSet oneSlot(SlotId S) { return {Atom::slot(S)}; }

/// Facts of a small program, by name.
class Sketch {
public:
  /// A function whose \p Count parameters can all hold bytes.
  FunctionId fn(const std::string &Name, unsigned Count = 0) {
    FunctionId Id = F.function("c:" + Name);
    for (unsigned I = 0; I < Count; ++I)
      F.DataParameters.push_back({Id, I, Count - 1 - I, F.parameter(Id, I)});
    return Id;
  }
  SlotId variable(const std::string &Name) { return F.slot(Slot::Kind::Variable, "v" + Name); }
  void registers(AtomSet Callables, Parameters Taken, Thread T = Thread::Loop) {
    F.Registrations.push_back({F.function("c:main"), std::move(Callables), T, F.string("on"), {}, std::move(Taken)});
  }
  void receives(SlotId Buffer, unsigned Line = 1) { F.DataEntries.push_back({F.function("c:main"), Buffer, at(Line)}); }
  void flow(SlotId From, SlotId To) { F.DataFlows.push_back({F.function("c:main"), From, To}); }
  void passes(AtomSet Targets, unsigned Index, SlotId From) { F.DataArguments.push_back({F.function("c:main"), std::move(Targets), Index, From}); }

  /// A copy at \p Line of a.cpp.
  BufferCopy &copies(SlotId Source, unsigned Line, const std::string &From = "data") {
    BufferCopy Copy{};
    Copy.K = BufferCopy::Kind::Reads;
    Copy.Sources = {Source};
    Copy.From = From;
    Copy.Where = at(Line);
    C.Copies.push_back(Copy);
    return C.Copies.back();
  }
  Place at(unsigned Line, unsigned Column = 3, const std::string &File = "a.cpp") {
    return {F.string(File), Line, Column};
  }

  bool holds(SlotId S) {
    CallableSolver Calls(F);
    Calls.run();
    return ReceivedData(F, Calls).holds(S);
  }
  std::vector<BufferCopy> found() {
    CallableSolver Calls(F);
    Calls.run();
    return copiesOfReceived(F, ReceivedData(F, Calls), C);
  }
  std::vector<BufferCopy> unknown() {
    CallableSolver Calls(F);
    Calls.run();
    return copiesOfUnknown(F, ReceivedData(F, Calls), C);
  }
  std::vector<unsigned> lines() {
    std::vector<unsigned> Lines;
    for (const BufferCopy &Copy : found())
      Lines.push_back(Copy.Where.Line);
    return Lines;
  }

  Facts F;
  CopyFacts C;
};

} // namespace nettune::summary

#endif // NETTUNE_TEST_DATASKETCH_H
