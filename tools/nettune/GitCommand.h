//===- GitCommand.h - git, whatever its user has configured -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_GITCOMMAND_H
#define NETTUNE_TOOLS_GITCOMMAND_H

#include <llvm/Support/Error.h>

#include <string>
#include <vector>

namespace nettune::cli {

/// A working tree, by a directory in it. Only git's plumbing is to be called: that is what
/// git promises to keep, and what the settings for people (`diff.*`, `color.*`) leave alone.
class GitCommand {
public:
  explicit GitCommand(std::string Directory) : Directory(std::move(Directory)) {}

  /// What it prints; the error has the first line of why. \p Input is its standard input.
  /// The index is never written.
  llvm::Expected<std::string> run(std::vector<std::string> Words, llvm::StringRef Input = {}) const;
  /// Whether it ends with 0.
  bool succeeds(std::vector<std::string> Words) const;
  /// That, of one line.
  llvm::Expected<std::string> line(std::vector<std::string> Words) const;
  /// That of names, each of which ends with a zero.
  llvm::Expected<std::vector<std::string>> names(std::vector<std::string> Words) const;

  const std::string &directory() const { return Directory; }

  /// A repository within: what the environment says of this one is not said of that.
  GitCommand below(const std::string &Name) const {
    GitCommand Inner(Directory + "/" + Name);
    Inner.IsWithin = true;
    return Inner;
  }

private:
  std::string Directory;
  bool IsWithin = false;
};

/// What stands between zeros; nothing is no name.
std::vector<std::string> betweenZeros(llvm::StringRef Text);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_GITCOMMAND_H
