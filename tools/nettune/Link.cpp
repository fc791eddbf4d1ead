//===- Link.cpp - nettune link --------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "CompileCommands.h"
#include "ShardFiles.h"

#include "summary/AtomicFile.h"

#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {

int link(const LinkArguments &A) {
  auto Shards = findShards(A.ShardDirs);
  if (!Shards)
    return fail(llvm::toString(Shards.takeError()));
  auto Read = readShards(*Shards);
  if (!Read)
    return fail(llvm::toString(Read.takeError()));
  std::string Root = absolutePath(A.Root.empty() ? "." : A.Root);
  std::vector<summary::TuSet> Linked;
  if (!A.Programs.empty()) {
    auto Named = readPrograms(A.Programs, *Read, Root);
    if (!Named)
      return fail(llvm::toString(Named.takeError()));
    Linked = std::move(*Named);
  }
  LinkedIndex Index = linkShards(std::move(*Read), std::move(Linked), Root, absolutePath(A.Output), [](summary::Facts) {});
  if (llvm::Error Error = summary::writeOutput(A.Output, Index.Bytes))
    return fail(llvm::toString(std::move(Error)));
  llvm::errs() << "nettune: " << Index.I.Tus.size() << " translation units linked into " << A.Output;
  if (Index.Programs > 1)
    llvm::errs() << ", " << Index.Programs << " programs";
  llvm::errs() << "\n";
  return Clean;
}

} // namespace nettune::cli
