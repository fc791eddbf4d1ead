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

static int fail(llvm::Error Error) {
  llvm::errs() << "nettune: " << llvm::toString(std::move(Error)) << "\n";
  return BadUsage;
}

int link(const LinkArguments &A) {
  auto Shards = findShards(A.ShardDirs);
  if (!Shards)
    return fail(Shards.takeError());
  auto Index = linkShards(*Shards, absolutePath(A.Root.empty() ? "." : A.Root), absolutePath(A.Output));
  if (!Index)
    return fail(Index.takeError());
  if (llvm::Error Error = summary::writeAtomically(A.Output, summary::writeIndex(*Index)))
    return fail(std::move(Error));
  llvm::errs() << "nettune: " << Index->Tus.size() << " translation units linked into " << A.Output << "\n";
  return Clean;
}

} // namespace nettune::cli
