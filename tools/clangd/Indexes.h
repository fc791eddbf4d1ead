//===- Indexes.h - what is known of whole programs --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_INDEXES_H
#define NETTUNE_CLANGD_INDEXES_H

#include "Messages.h"

#include "summary/IndexCache.h"
#include "summary/Program.h"

#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace nettune::editor {

/// One index, read when it is first asked for and again when it has changed.
class LoopIndex {
public:
  explicit LoopIndex(std::string Path) : Path(std::move(Path)) {}

  /// Looks at the file. True: it is another one than at the last look.
  bool refresh();
  bool usable() const { return Read && !Read->Programs.empty(); }
  bool exists() const { return Stamp.has_value(); }
  const std::string &problem() const { return Problem; } ///< empty: none

  /// Why the function runs on a loop. A key of what other files do not see begins with
  /// the name of its file.
  std::optional<LoopReason> ofFunction(llvm::StringRef Usr, const std::string &File);
  /// Why code at that line does, from 1.
  std::optional<LoopReason> at(const std::string &File, unsigned Line);

private:
  void solve();
  std::string relative(const std::string &File) const;
  LoopReason reason(const summary::Program &P, summary::FunctionId Fn) const;

  std::string Path, Root, Problem;
  std::optional<summary::FileStamp> Stamp;
  std::shared_ptr<const summary::Index> Read;
  std::vector<std::unique_ptr<summary::Program>> Solved; ///< its programs, once somebody asked
};

/// All that this process has met. Safe to use from several threads.
class Indexes {
public:
  /// \p CommandsDir: of `--compile-commands-dir`; empty: searched above each file.
  explicit Indexes(std::string CommandsDir) : CommandsDir(std::move(CommandsDir)) {}

  /// The index for a source, if it can be read; empty: there is none.
  std::string usableFor(const std::string &File);
  std::optional<LoopReason> ofFunction(llvm::StringRef Usr, const std::string &File);
  std::optional<LoopReason> at(const std::string &File, unsigned Line);

  /// Has one of them changed since it was last asked?
  bool changed();
  struct Word {
    std::string Text;
    bool Serious; ///< a damaged index; else that there is none
  };
  /// What is to be said, each once.
  std::vector<Word> takeWords();

private:
  LoopIndex *find(const std::string &File);
  std::string pathFor(const std::string &File) const;

  std::mutex Guard;
  std::string CommandsDir;
  std::map<std::string, std::unique_ptr<LoopIndex>> ByPath;
  std::set<std::string> Said;
  std::vector<Word> Words;
};

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_INDEXES_H
