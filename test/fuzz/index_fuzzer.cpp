//===- index_fuzzer.cpp - no bytes break the reader of indexes --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libFuzzer target; see shard_fuzzer.cpp.
//
//===----------------------------------------------------------------------===//

#include "Accepted.h"

#include "summary/IndexFile.h"
#include "summary/Program.h"

using namespace nettune::summary;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *Data, std::size_t Size) {
  const std::string Bytes = fileOf(IndexKind, Data, Size);
  llvm::Expected<Index> Read = readIndex(Bytes, "fuzz.nti");
  if (!Read) {
    checkError(llvm::toString(Read.takeError()), "fuzz.nti");
    return 0;
  }
  const std::string Written = writeIndex(*Read);
  llvm::Expected<Index> Again = readIndex(Written, "fuzz.nti");
  require(bool(Again), "what was written can be read");
  require(writeIndex(*Again) == Written, "what was read is written the same");
  for (Facts &F : Read->Programs)
    (void)Program(std::move(F)).blockingCallsOnLoop();
  StringTable Files;
  for (StoredFinding &F : Read->Local)
    (void)moveToTable(std::move(F), Read->Files, Files);
  return 0;
}
