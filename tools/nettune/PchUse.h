//===- PchUse.h - whether a TU may stand behind a shared PCH ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shared PCH holds more than a file includes, in another order. The file would say
// the same behind its own includes if
//  - no macro that it has changed before an include is a word in these headers,
//  - each macro that it looks at, and each declaration that it names, comes from a
//    header that it includes, itself or by others.
// What is left is trusted, as everybody trusts it who sorts includes: that these headers
// do not look at each other's macros by their order; and that a declaration which is not
// included, and not chosen by the compiler, does not change which one is.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_PCHUSE_H
#define NETTUNE_TOOLS_PCHUSE_H

#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class CompilerInstance;
class Preprocessor;
} // namespace clang

namespace nettune::cli {

/// What a PCH was made of.
class PchContents {
public:
  /// The number of a file.
  unsigned file(llvm::StringRef Name);
  std::optional<unsigned> find(llvm::StringRef Name) const;
  void addInclude(unsigned From, unsigned To) { Includes[From].push_back(To); }
  void addWord(llvm::StringRef Word) { Words.insert(Word); }
  bool hasWord(llvm::StringRef Word) const { return Words.contains(Word); }
  const std::vector<unsigned> &includesOf(unsigned File) const { return Includes[File]; }
  unsigned size() const { return Includes.size(); }

  std::string text() const;
  /// Nothing, if it is damaged.
  static std::optional<PchContents> read(llvm::StringRef Text);

private:
  llvm::StringMap<unsigned> Numbers;
  std::vector<std::vector<unsigned>> Includes;
  llvm::StringSet<> Words;
};

/// Notes what is included while a PCH is made. \p Into outlives the preprocessor.
void noteIncludes(clang::Preprocessor &PP, PchContents &Into);
/// At the end: all identifiers that were read.
void noteWords(clang::Preprocessor &PP, PchContents &Into);

/// Watches the use of a PCH by one TU.
class PchUse {
public:
  explicit PchUse(PchContents C) : Contents(std::move(C)), Visible(Contents.size()) {}
  /// Before the TU is read; this outlives the preprocessor.
  void watch(clang::CompilerInstance &CI);
  /// When the TU, whose traversal scope is its own, is parsed.
  void lookAtNames(clang::ASTContext &Ctx);
  /// Why the TU may be another without the PCH; empty: it is not.
  const std::string &doubt() const { return Doubt; }

private:
  friend class PchWatcher;
  friend class NameVisitor;
  void include(llvm::StringRef File);
  void define(llvm::StringRef Macro, llvm::StringRef File);
  void undefine(llvm::StringRef Macro, bool IsOfPch);
  /// Something of \p File is used; empty: it is not known of which.
  void use(llvm::StringRef File, llvm::StringRef What);
  bool isVisible(llvm::StringRef File) const;

  PchContents Contents;
  llvm::BitVector Visible;
  llvm::StringSet<> Changed; ///< words of the PCH that are macros of the TU, or are none any more
  std::string Doubt;
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_PCHUSE_H
