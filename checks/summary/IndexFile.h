//===- IndexFile.h - the linked programs of a project, as a file *- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_INDEXFILE_H
#define NETTUNE_SUMMARY_INDEXFILE_H

#include "summary/RowWriter.h"
#include "summary/StoredFinding.h"

#include <optional>

#include <llvm/Support/Error.h>

namespace nettune::summary {

struct Index {
  struct TuInfo {
    std::string MainFile;
    bool Partial = false;
    bool operator==(const TuInfo &) const = default;
  };
  /// Tells projects apart; the same on every machine.
  std::string Project;
  std::string Root;
  std::vector<TuInfo> Tus;
  std::vector<Facts> Programs;
  std::vector<StoredFinding> Local; ///< what the TUs found alone
  StringTable Files;                ///< of the places of Local
};

std::string writeIndex(const Index &I);

/// The same where the programs are not there all at once.
class IndexWriter {
public:
  /// Whether \p I has programs does not matter; \p Programs will be added.
  IndexWriter(const Index &I, std::size_t Programs);
  void add(const Facts &Program);
  /// With the index that it was made for; to be called once.
  std::string finish(const Index &I);

private:
  RowWriter W;
};

/// \p FileName is for messages. With \p Project an index of another one is an error.
llvm::Expected<Index> readIndex(llvm::StringRef Bytes, llvm::StringRef FileName,
                                std::optional<llvm::StringRef> Project = std::nullopt);
llvm::Expected<Index> readIndexFile(llvm::StringRef FileName,
                                    std::optional<llvm::StringRef> Project = std::nullopt);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_INDEXFILE_H
