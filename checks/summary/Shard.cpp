//===- Shard.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Shard.h"

#include "summary/Container.h"
#include "summary/RowReader.h"
#include "summary/RowWriter.h"

namespace nettune::summary {

std::string writeShard(const Shard &S) {
  RowWriter W;
  W.words(S.Project);
  W.words(S.MainFile);
  W.flag(S.Partial);
  W.texts(S.Errors);
  W.facts(S.F);
  W.rows(S.Findings);
  return seal(ShardKind, S.Project, W.take());
}

llvm::Expected<Shard> readShard(llvm::StringRef Bytes, llvm::StringRef FileName,
                                std::optional<llvm::StringRef> Project) {
  llvm::Expected<llvm::StringRef> Content = unseal(ShardKind, Bytes, FileName, Project);
  if (!Content)
    return Content.takeError();
  RowReader R(*Content);
  Shard S;
  R.words(S.Project);
  R.words(S.MainFile);
  R.flag(S.Partial);
  R.texts(S.Errors);
  R.facts(S.F);
  R.rows(S.Findings);
  if (!R.finished())
    return damaged(ShardKind, FileName);
  return S;
}

llvm::Expected<Shard> readShardFile(llvm::StringRef FileName,
                                    std::optional<llvm::StringRef> Project) {
  auto Buffer = readFile(ShardKind, FileName);
  if (!Buffer)
    return Buffer.takeError();
  return readShard((*Buffer)->getBuffer(), FileName, Project);
}

} // namespace nettune::summary
