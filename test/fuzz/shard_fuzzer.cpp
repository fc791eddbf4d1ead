//===- shard_fuzzer.cpp - no bytes break the reader of shards ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libFuzzer target. Whatever the bytes: either one error that names the file, or
// a shard that can be written, linked and solved. The first byte tells whether
// it is a whole file or the content of one, which the checksum then lets
// through.
//
//===----------------------------------------------------------------------===//

#include "Accepted.h"

#include "summary/Linker.h"
#include "summary/Program.h"
#include "summary/Shard.h"

using namespace nettune::summary;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *Data, std::size_t Size) {
  const std::string Bytes = fileOf(ShardKind, Data, Size);
  llvm::Expected<Shard> Read = readShard(Bytes, "fuzz.nts");
  if (!Read) {
    checkError(llvm::toString(Read.takeError()), "fuzz.nts");
    return 0;
  }
  const std::string Written = writeShard(*Read);
  llvm::Expected<Shard> Again = readShard(Written, "fuzz.nts");
  require(bool(Again), "what was written can be read");
  require(writeShard(*Again) == Written, "what was read is written the same");
  Linker L;
  L.add(Read->F, Read->MainFile);
  L.add(Again->F, "another.cpp");
  (void)Program(L.take()).blockingCallsOnLoop();
  return 0;
}
