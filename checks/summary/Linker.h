//===- Linker.h - the facts of many TUs as one program ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions and slots are the same if their keys are; rows that say the same are
// one. So built twins, inline functions and instantiations collapse.
//
// Sources that were not told which executable they belong to may define one name
// several times: two sample programs each have a Server::run. Such a name is
// split (docs/ARCHITECTURE.md, Linking).
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_LINKER_H
#define NETTUNE_SUMMARY_LINKER_H

#include "summary/Facts.h"

#include <string>

#include <llvm/ADT/STLFunctionalExtras.h>

namespace nettune::summary {

/// The facts of a TU, which its owner keeps, and its name.
struct LinkedTu {
  const Facts *F;
  std::string MainFile;
};

class Linker {
public:
  /// \p Tu is read by take() and must live until then.
  void add(const Facts &Tu, llvm::StringRef MainFile) { Tus.push_back({&Tu, MainFile.str()}); }

  /// The program. The same for the same TUs, in whatever order they were added.
  Facts take();

private:
  std::vector<LinkedTu> Tus;
};

/// One program for each set of indexes into \p Tus, in that order; a TU may be in
/// several. TUs that are in none make a last one. \p Take has one at a time: together
/// they may be many times the TUs.
void linkPrograms(llvm::ArrayRef<LinkedTu> Tus, std::vector<std::vector<unsigned>> Executables,
                  llvm::function_ref<void(Facts)> Take);
std::vector<Facts> linkPrograms(llvm::ArrayRef<LinkedTu> Tus,
                                llvm::ArrayRef<std::vector<unsigned>> Executables);

/// Adds the rows of a linked program to those of a TU, whose rows keep their numbers. Of
/// functions that are \p Stale, by number in \p Program, only what others say is added.
void appendProgram(Facts &Tu, const Facts &Program, const std::vector<bool> &Stale);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_LINKER_H
