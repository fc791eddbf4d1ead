//===- Shard.h - what one TU contributes, as a file -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   std::string Bytes = writeShard(S);           // the same for the same S
//   llvm::Expected<Shard> Again = readShard(Bytes, "main.cpp.nts");
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_SHARD_H
#define NETTUNE_SUMMARY_SHARD_H

#include "summary/StoredFinding.h"

#include <optional>

#include <llvm/Support/Error.h>

namespace nettune::summary {

struct Shard {
  /// Tells projects apart; the same on every machine.
  std::string Project;
  std::string MainFile;
  /// The TU had compile errors: something may be missing.
  bool Partial = false;
  std::vector<std::string> Errors;
  Facts F;
  std::vector<StoredFinding> Findings; ///< the files of places are strings of F
};

std::string writeShard(const Shard &S);

/// \p FileName is for messages. With \p Project a shard of another one is an error.
llvm::Expected<Shard> readShard(llvm::StringRef Bytes, llvm::StringRef FileName,
                                std::optional<llvm::StringRef> Project = std::nullopt);
llvm::Expected<Shard> readShardFile(llvm::StringRef FileName,
                                    std::optional<llvm::StringRef> Project = std::nullopt);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_SHARD_H
