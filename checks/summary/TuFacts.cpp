//===- TuFacts.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/TuFacts.h"

#include "summary/OnePerSite.h"

namespace nettune::summary {

/// The first program's facts, which know the strings of all.
Facts TuFacts::takeFirst(std::vector<Facts> &Programs, std::vector<Other> &Others) {
  Facts First = std::move(Programs.front());
  for (Facts &F : llvm::drop_begin(Programs)) {
    Others.push_back({moveStrings(F.Strings, First.Strings), nullptr});
    Others.back().P = std::make_unique<Program>(std::move(F));
  }
  return First;
}

TuFacts::TuFacts(std::vector<Facts> Programs, LocalFacts Local) : TuFacts(Programs, Local, {}) {}

TuFacts::TuFacts(std::vector<Facts> &Programs, LocalFacts &Local, std::vector<Other> Others)
    : P(takeFirst(Programs, Others)), Local(std::move(Local)), Others(std::move(Others)) {}

void TuFacts::forEachProgram(
    llvm::function_ref<void(const Program &, llvm::function_ref<Place(Place)> Mine)> Visit) const {
  Visit(P, [](Place Where) { return Where; });
  for (const Other &O : Others)
    Visit(*O.P, [&](Place Where) { return moved(Where, O.Strings); });
}

std::vector<BlockingFinding> TuFacts::blockingCalls(const Program &In, llvm::ArrayRef<StringId> Strings) const {
  std::vector<BlockingFinding> Findings;
  auto IsMine = [&](Place Where) { return isMine(Strings.empty() ? Where : moved(Where, Strings)); };
  auto Take = [&](BlockingFinding B) { Findings.push_back(Strings.empty() ? std::move(B) : moved(std::move(B), Strings)); };
  for (BlockingFinding &B : In.blockingCallsOnLoop(IsMine))
    Take(std::move(B));
  if (!MainFile.empty())
    for (BlockingFinding &B : In.blockingCallsBeyond(MainFile))
      if (!IsMine(B.Sites.front().Where))
        Take(std::move(B));
  return Findings;
}

std::vector<BlockingFinding> TuFacts::blockingCalls() const {
  std::vector<BlockingFinding> Findings = blockingCalls(P, {});
  if (Others.empty())
    return Findings;
  for (const Other &O : Others)
    llvm::append_range(Findings, blockingCalls(*O.P, O.Strings));
  return onePerSite(std::move(Findings));
}

bool TuFacts::runsOnLoop(FunctionId Fn) const {
  return P.runsOnLoop(Fn) || llvm::any_of(Others, [&](const Other &O) { return O.P->runsOnLoop(Fn); });
}

bool TuFacts::runsOnLoop(FunctionId Fn, LoopStatements Nest) const {
  return P.runsOnLoop(Fn, Nest) || llvm::any_of(Others, [&](const Other &O) { return O.P->runsOnLoop(Fn, Nest); });
}

Program::LoopPath TuFacts::path(FunctionId Fn, LoopStatements Nest) const {
  auto Runs = [&](const Other &O) { return O.P->runsOnLoop(Fn, Nest); };
  auto It = P.runsOnLoop(Fn, Nest) ? Others.end() : llvm::find_if(Others, Runs);
  if (It == Others.end())
    return P.path(Fn);
  Program::LoopPath Way = It->P->path(Fn);
  for (PathStep &S : Way.Steps)
    S.Where = moved(S.Where, It->Strings);
  return Way;
}

std::optional<Place> TuFacts::acceptAround(FunctionId Fn, LoopStatements Nest) const {
  if (std::optional<Place> Accept = P.acceptAround(Fn, Nest))
    return Accept;
  for (const Other &O : Others)
    if (std::optional<Place> Accept = O.P->acceptAround(Fn, Nest))
      return moved(*Accept, O.Strings);
  return std::nullopt;
}

} // namespace nettune::summary
