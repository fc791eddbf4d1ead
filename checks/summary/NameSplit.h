//===- NameSplit.h - names that several programs define ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Knows keys only by their form (docs/ARCHITECTURE.md, Identity): a lambda's
// begins with its function's, a local variable's holds it, a method's and a
// field's begin with their class's.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_NAMESPLIT_H
#define NETTUNE_SUMMARY_NAMESPLIT_H

#include "summary/Facts.h"

#include <string>

#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>

namespace nettune::summary {

class NameSplit {
public:
  /// \p Strings are all that the TUs have.
  explicit NameSplit(const StringTable &Strings) : Strings(Strings), Known(Strings.size()) {}

  /// First each TU is told with see(), then decide() is called, then each TU is
  /// told with seeClasses(). \p Ids are the TU's strings in the common table.
  void see(const Facts &Tu, llvm::ArrayRef<StringId> Ids, llvm::StringRef MainFile);
  void decide();
  void seeClasses(const Facts &Tu);
  bool any() const { return !Split.empty() || !Declared.empty(); }

  /// What one TU's names become.
  class View {
  public:
    View(const NameSplit &All, const Facts &Tu, llvm::StringRef MainFile);
    std::string function(const Function &F) const;
    /// Of a field or variable.
    std::string slot(const Slot &S) const;

  private:
    bool isOwnClass(llvm::StringRef Class) const;

    const NameSplit &All;
    const Facts &Tu;
    std::string Suffix;
    llvm::StringSet<> Held;        ///< split functions whose body this TU has
    llvm::StringSet<> HeldClasses; ///< their classes
  };

private:
  /// Where a function's bodies stand, or its declarations while no body was seen.
  struct Places {
    StringId File = 0;
    unsigned Line = 0;
    bool Seen = false, HasBody = false, Several = false;
  };

  const StringTable &Strings;
  std::vector<Places> Known;          ///< by key
  llvm::StringMap<std::string> Mains; ///< the keys of main, with the first main file
  llvm::StringSet<> Split;            ///< bodies at several places
  llvm::StringSet<> Declared;         ///< methods without a body, declared at several places
  llvm::StringSet<> Classes;          ///< of split methods
  llvm::StringSet<> Shared; ///< of those: a TU knows them and has not all the bodies it needs
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_NAMESPLIT_H
