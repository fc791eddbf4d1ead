//===- IndexFile.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/IndexFile.h"

#include "summary/Container.h"
#include "summary/RowReader.h"

namespace nettune::summary {

template <typename Stream> static void layout(Stream &S, Index::TuInfo &R) {
  S.words(R.MainFile);
  S.flag(R.Partial);
}

template <typename Stream> static void layout(Stream &S, Facts &F) { S.facts(F); }

IndexWriter::IndexWriter(const Index &I, std::size_t Programs) {
  W.words(I.Project);
  W.words(I.Root);
  W.rows(I.Tus);
  W.number(Programs);
}

void IndexWriter::add(const Facts &Program) { W.facts(Program); }

std::string IndexWriter::finish(const Index &I) {
  W.strings(I.Files);
  W.rows(I.Local);
  return seal(IndexKind, I.Project, W.take());
}

std::string writeIndex(const Index &I) {
  IndexWriter W(I, I.Programs.size());
  for (const Facts &F : I.Programs)
    W.add(F);
  return W.finish(I);
}

llvm::Expected<Index> readIndex(llvm::StringRef Bytes, llvm::StringRef FileName,
                                std::optional<llvm::StringRef> Project) {
  llvm::Expected<llvm::StringRef> Content = unseal(IndexKind, Bytes, FileName, Project);
  if (!Content)
    return Content.takeError();
  RowReader R(*Content);
  Index I;
  R.words(I.Project);
  R.words(I.Root);
  R.rows(I.Tus);
  R.rows(I.Programs);
  R.strings(I.Files);
  R.rows(I.Local);
  if (!R.finished())
    return damaged(IndexKind, FileName);
  return I;
}

llvm::Expected<Index> readIndexFile(llvm::StringRef FileName,
                                    std::optional<llvm::StringRef> Project) {
  auto Buffer = readFile(IndexKind, FileName);
  if (!Buffer)
    return Buffer.takeError();
  return readIndex((*Buffer)->getBuffer(), FileName, Project);
}

} // namespace nettune::summary
