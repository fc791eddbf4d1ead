//===- Container.h - the frame of nettune's binary files --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   offset  bytes
//        0      8  magic: which kind of file
//        8      4  version of the format
//       12      4  fingerprint of nettune's version
//       16      8  fingerprint of the project
//       24      8  length of the content
//       32      8  checksum of all before it and of the content (XXH3)
//       40         content
//
// Integers are little-endian. All errors are one sentence that names the file
// and says what to do.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_CONTAINER_H
#define NETTUNE_SUMMARY_CONTAINER_H

#include <optional>
#include <string>

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/MemoryBuffer.h>

namespace nettune::summary {

struct ContainerKind {
  llvm::StringLiteral Magic; ///< 8 characters
  llvm::StringLiteral Name;  ///< "shard"
  llvm::StringLiteral Maker; ///< "nettune summarize"
};
inline constexpr ContainerKind ShardKind{"ntShard\n", "shard", "nettune summarize"};
inline constexpr ContainerKind IndexKind{"ntIndex\n", "index", "nettune check"};

/// \p Project is any text that tells one project from another.
std::string seal(const ContainerKind &Kind, llvm::StringRef Project, llvm::StringRef Content);

/// The content of \p Bytes, if they are an undamaged file of that kind, written by
/// this version and, where it is asked for, for that project.
llvm::Expected<llvm::StringRef> unseal(const ContainerKind &Kind, llvm::StringRef Bytes,
                                       llvm::StringRef FileName,
                                       std::optional<llvm::StringRef> Project);

/// The error for content that its checksum says is whole, and that yet is none.
llvm::Error damaged(const ContainerKind &Kind, llvm::StringRef FileName);

/// Maps the file into memory where that is worth it.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readFile(const ContainerKind &Kind,
                                                             llvm::StringRef FileName);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_CONTAINER_H
