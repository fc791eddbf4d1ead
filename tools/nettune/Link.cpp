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
  auto Index = linkShards(*Shards, absolutePath(A.Root.empty() ? "." : A.Root), absolutePath(A.Output));
  if (!Index)
    return fail(llvm::toString(Index.takeError()));
  if (llvm::Error Error = summary::writeAtomically(A.Output, summary::writeIndex(*Index)))
    return fail(llvm::toString(std::move(Error)));
  llvm::errs() << "nettune: " << Index->Tus.size() << " translation units linked into " << A.Output << "\n";
  return Clean;
}

} // namespace nettune::cli
