//===- Sketch.h - small programs for tests of the solver --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_UNIT_SKETCH_H
#define NETTUNE_TEST_UNIT_SKETCH_H

#include "summary/Program.h"

#include <string>
#include <vector>

namespace nettune::summary {
using model::Category;
using model::Grade;
using model::Thread;

/// Facts of a small program, by name. Each call stands on a line of its own.
class Sketch {
public:
  FunctionId fn(const std::string &Name, bool Body = true) {
    FunctionId Id = F.function("c:" + Name);
    if (F.Functions[Id].Name == 0) {
      F.Functions[Id].Name = F.string(Name);
      F.Functions[Id].Where = next();
    }
    if (Body)
      F.Functions[Id].Flags |= Function::HasBody;
    return Id;
  }
  SlotId field(const std::string &Name) { return F.slot(Slot::Kind::Field, "f" + Name); }

  void call(FunctionId From, FunctionId To, LoopNest Loops = {},
            std::vector<AtomSet> Arguments = {}) {
    F.call({From, Call::Kind::Direct, To, {}, Arguments, Loops, next()});
    for (unsigned I = 0; I < Arguments.size(); ++I)
      F.flow(F.parameter(To, I), Arguments[I]);
  }
  void callVirtual(FunctionId From, FunctionId To) {
    F.call({From, Call::Kind::Virtual, To, {}, {}, {}, next()});
  }
  void through(FunctionId From, AtomSet Targets, std::vector<AtomSet> Arguments = {},
               LoopNest Loops = {}) {
    F.call({From, Call::Kind::Through, None, Targets, Arguments, Loops, next()});
  }
  void registerOn(Thread T, FunctionId In, AtomSet Callables) {
    F.Registrations.push_back(
        {In, Callables, T, F.string(T == Thread::Loop ? "on" : "run"), next()});
  }
  void blocks(FunctionId In, const std::string &Api, Grade G = Grade::Always, LoopNest Loops = {},
              Category C = Category::Sleep) {
    F.Sites.push_back({.In = In,
                       .Api = F.string(Api),
                       .Instead = 0,
                       .Waits = C,
                       .G = G,
                       .Annotated = false,
                       .UnlessNonblocking = 0,
                       .Loops = Loops,
                       .Where = next()});
  }
  void waits(FunctionId In, LoopNest Loops, unsigned Reach = 3) {
    F.Waits.push_back({In, F.string("epoll_wait"), Reach, Loops, next()});
  }
  std::vector<BlockingFinding> solve() { return Program(F).blockingCallsOnLoop(); }

  Facts F;

private:
  Place next() { return {F.string("a.cpp"), ++Line, 1}; }
  unsigned Line = 0;
};

inline AtomSet one(FunctionId Fn) { return {Atom::function(Fn)}; }
inline AtomSet oneSlot(SlotId S) { return {Atom::slot(S)}; }

inline std::vector<PathStep::Kind> kinds(const BlockingFinding &B) {
  std::vector<PathStep::Kind> K;
  for (const PathStep &S : B.Path)
    K.push_back(S.K);
  return K;
}

} // namespace nettune::summary

#endif // NETTUNE_TEST_UNIT_SKETCH_H
