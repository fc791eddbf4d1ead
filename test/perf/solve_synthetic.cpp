//===- solve_synthetic.cpp - link and solve a made-up program -------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// nettune-solve-synthetic N [EXECUTABLES]: TUs of 1000 functions, N in all, with 10 calls each;
// in the proportions of real servers, with calls mostly near, cycles, callables in
// slots, wrappers, virtual methods, headers that many TUs have, and one slot that
// holds 10,000 callables (a tenth of a smaller program) and is called everywhere.
// As in the servers of the whole-program corpora, a third of the calls lead to the same
// 50 functions, which call next to nothing, and one function in a thousand accepts.
//
// It is one program, or so many executables of one TU each and a library of the others.
//
// Prints one line: functions, calls and findings of all programs, CPU seconds to
// link, to solve and to ask, peak memory in MiB (that of the program before it began
// is taken off).
//
//===----------------------------------------------------------------------===//

#include "summary/ProgramSets.h"
#include "summary/Program.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <random>
#include <string>

#include <sys/resource.h>

using namespace nettune;
using namespace nettune::summary;

namespace {

constexpr unsigned PerTu = 1000, CallsPerFunction = 10, PerHeader = 20, Headers = 50, Hubs = 50;

class Maker {
public:
  Maker(unsigned Functions, unsigned Number)
      : Functions(Functions), Number(Number), Name("src/part" + std::to_string(Number) + ".cpp"),
        Random(Number) {}

  Facts make() {
    File = F.string(Name);
    for (unsigned I = 0; I < PerTu; ++I)
      define(Number * PerTu + I);
    for (unsigned I = 0; I < 3; ++I)
      includeHeader(below(Headers));
    for (unsigned I = 0; I < PerTu; ++I)
      fill(Number * PerTu + I);
    return std::move(F);
  }
  const std::string &name() const { return Name; }

private:
  static std::string key(unsigned I) {
    return "c:@N@app@S@Class" + std::to_string(I / 10) + "@F@method" + std::to_string(I) +
           "#I#&1$@N@std@S@string#";
  }
  FunctionId function(unsigned I) {
    FunctionId Fn = F.function(key(I));
    if (F.Functions[Fn].Name == 0) {
      F.Functions[Fn].Name =
          F.string("app::Class" + std::to_string(I / 10) + "::method" + std::to_string(I));
      F.Functions[Fn].Where = {F.string("src/class" + std::to_string(I / 10) + ".h"),
                               I % 10 * 3 + 1, 8};
    }
    return Fn;
  }
  void define(unsigned I) {
    FunctionId Fn = function(I);
    F.Functions[Fn].Flags |= Function::HasBody;
    F.Functions[Fn].Where = next();
    // One method in ten is virtual: each hundred has 1 to 16 overriders of its first.
    unsigned First = I / 100 * 100;
    if (I % 100 != 0 && I % 100 <= First / 100 % 16)
      F.Overrides.push_back({Fn, function(First)});
    // One interface that every TU implements.
    if (I % 500 == 499)
      F.Overrides.push_back({Fn, function(0)});
  }

  /// Inline functions: the same in each TU that has the header.
  void includeHeader(unsigned H) {
    std::mt19937 Same(1000000 + H);
    StringId Header = F.string("include/header" + std::to_string(H) + ".h");
    for (unsigned I = 0; I < PerHeader; ++I) {
      FunctionId Fn = F.function("c:@F@inline" + std::to_string(H * PerHeader + I) + "#");
      if (F.Functions[Fn].has(Function::HasBody))
        continue;
      F.Functions[Fn].Name = F.string("inline" + std::to_string(H * PerHeader + I));
      F.Functions[Fn].Flags |= Function::HasBody;
      F.Functions[Fn].Where = {Header, I * 20 + 1, 13};
      Inline.push_back(Fn);
      for (unsigned C = 0; C < 5; ++C)
        F.call({Fn,
                CallKind::Direct,
                function(Same() % Functions),
                {},
                {},
                {},
                {Header, I * 20 + 2 + C, 3}});
    }
  }

  void fill(unsigned I) {
    FunctionId Fn = function(I);
    Last = F.Functions[Fn].Where;
    if (I < Hubs) {
      F.call({Fn, CallKind::Direct, function(below(Hubs)), {}, {}, {}, next()});
      return;
    }
    for (unsigned C = 0; C < CallsPerFunction; ++C)
      call(I, Fn);
    unsigned Kind = below(200);
    if (Kind < 4)
      F.Registrations.push_back({Fn,
                                 {Atom::function(near(I))},
                                 Kind == 0 ? model::Thread::Worker : model::Thread::Loop,
                                 F.string("asio::post"),
                                 next(),
                                 {}});
    if (Kind == 4)
      F.Registrations.push_back(
          {Fn, {Atom::slot(slot(I))}, model::Thread::Loop, F.string("app::on"), next(), {}});
    if (I % 10000 == 5000) // an event loop is rare
      F.Waits.push_back({Fn, F.string("epoll_wait"), 3, {0}, next()});
    if (I % 1000 == 506)
      F.Accepts.push_back({Fn, {0}, next()});
    if (Kind < 10)
      F.Sites.push_back({.In = Fn,
                         .Api = F.string("getaddrinfo"),
                         .Instead = F.string("use async_resolve"),
                         .Waits = model::Category::Dns,
                         .G = model::Grade::Always,
                         .Annotated = false,
                         .UnlessNonblocking = 0,
                         .Loops = {},
                         .Where = next()});
    if (Kind < 60) // a callable is stored, or handed on
      F.flow(slot(I), {Kind < 40 ? Atom::function(near(I)) : Atom::slot(slot(I))});
    if (I % std::max(10u, Functions / 10000) == 1)
      F.flow(crowd(), {Atom::function(Fn)});
  }

  void call(unsigned I, FunctionId Fn) {
    NewCall C{.Caller = Fn,
              .K = CallKind::Direct,
              .Targets = {},
              .Arguments = {},
              .Loops = {},
              .Where = next()};
    if (below(5) == 0)
      C.Loops = {static_cast<std::uint16_t>(below(3))};
    unsigned Kind = below(100);
    if (Kind < 34) {
      C.Callee = function(below(Hubs));
    } else if (Kind < 78) {
      C.Callee = near(I);
    } else if (Kind < 82) {
      C.Callee = Inline[below(static_cast<unsigned>(Inline.size()))];
    } else if (Kind < 90) {
      C.K = CallKind::Virtual;
      C.Callee = function(Kind == 82 ? 0 : nearIndex(I) / 100 * 100);
    } else if (Kind < 96) {
      C.K = CallKind::Through;
      C.Targets = {Atom::slot(Kind == 90 ? crowd() : slot(I))};
      if (Kind < 92)
        C.Arguments = {{Atom::function(near(I))}};
    } else { // hands a callable to a function that calls it, or hands it on
      unsigned To = nearIndex(I) / 10 * 10 + 7;
      C.Callee = function(To);
      C.Arguments = {{Kind == 96   ? Atom::slot(F.parameter(Fn, 0))
                      : Kind == 97 ? Atom::slot(slot(I))
                                   : Atom::function(near(I))}};
      F.flow(F.parameter(C.Callee, 0), C.Arguments[0]);
    }
    F.call(C);
    if (I % 10 == 7 && Kind < 10)
      F.call({Fn, CallKind::Through, None, {Atom::slot(F.parameter(Fn, 0))}, {}, {}, next()});
  }

  /// Mostly in the same hundred, then in the same TU, then in any.
  unsigned nearIndex(unsigned I) {
    unsigned Kind = below(100);
    if (Kind < 60)
      return I / 100 * 100 + below(100);
    if (Kind < 85)
      return I / PerTu * PerTu + below(PerTu);
    return below(Functions);
  }
  FunctionId near(unsigned I) { return function(nearIndex(I)); }
  SlotId slot(unsigned I) {
    unsigned Class = nearIndex(I) / 10;
    return F.slot(Slot::Kind::Field, "fc:@N@app@S@Class" + std::to_string(Class) + ".callback");
  }
  SlotId crowd() { return F.slot(Slot::Kind::Field, "fc:@N@app@S@Registry.all"); }
  Place next() {
    Last = {File, Last.File == File ? Last.Line + 1 + below(3) : 1, 3 + below(40)};
    return Last;
  }
  unsigned below(unsigned Limit) { return static_cast<unsigned>(Random() % Limit); }

  Facts F;
  const unsigned Functions, Number;
  const std::string Name;
  std::mt19937 Random;
  StringId File = 0;
  Place Last;
  std::vector<FunctionId> Inline;
};

double cpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double peakMiB() {
  rusage Usage;
  getrusage(RUSAGE_SELF, &Usage);
  return static_cast<double>(Usage.ru_maxrss) / 1024;
}

} // namespace

/// As many executables, each of one TU and of the library that all the others are.
static std::vector<TuSet> executables(unsigned Count, unsigned Tus) {
  std::vector<unsigned> Library(Tus - Count);
  std::iota(Library.begin(), Library.end(), Count);
  std::vector<TuSet> Sets;
  for (unsigned I = 0; I < Count; ++I) {
    Sets.push_back({"test" + std::to_string(I), /*IsPlugin=*/false, {I}});
    Sets.back().Tus.insert(Sets.back().Tus.end(), Library.begin(), Library.end());
  }
  return Sets;
}

int main(int Count, char **Arguments) {
  unsigned Functions = Count >= 2 ? static_cast<unsigned>(std::atoi(Arguments[1])) : 0;
  unsigned Executables = Count == 3 ? static_cast<unsigned>(std::atoi(Arguments[2])) : 0;
  if (Functions < PerTu || Executables >= Functions / PerTu) {
    std::fprintf(stderr, "usage: nettune-solve-synthetic FUNCTIONS [EXECUTABLES] (at least %u a TU)\n", PerTu);
    return 2;
  }
  double Base = peakMiB();
  std::vector<Facts> Tus;
  Tus.reserve(Functions / PerTu);
  std::vector<LinkedTu> Linked;
  for (unsigned I = 0; I < Functions / PerTu; ++I) {
    Maker M(Functions, I);
    Tus.push_back(M.make());
    Linked.push_back({&Tus.back(), M.name()});
  }
  double Made = cpuSeconds();
  std::vector<std::vector<unsigned>> Sets;
  if (Executables)
    Sets = programSets(Linked, executables(Executables, Linked.size()), mostLinked(Linked));
  double Begun = cpuSeconds(), Link = Begun - Made, Solve = 0, Ask = 0;
  std::size_t Calls = 0, Findings = 0;
  linkPrograms(Linked, Sets, [&](Facts F) {
    double Got = cpuSeconds();
    Calls += F.Calls.size();
    Program P(std::move(F));
    double Solved = cpuSeconds();
    Findings += P.blockingCallsOnLoop().size();
    Link += Got - Begun;
    Solve += Solved - Got;
    Begun = cpuSeconds();
    Ask += Begun - Solved;
  });
  std::printf("%u %zu %zu %.3f %.3f %.3f %.1f\n", Functions, Calls, Findings, Link, Solve, Ask, peakMiB() - Base);
  return 0;
}
