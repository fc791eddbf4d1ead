//===- ProgramSets.h - which TUs are linked with which ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From what a build links to what is solved: plugins join their hosts, what is
// the same is solved once, and a build of very many executables stays affordable
// (docs/ARCHITECTURE.md, One program for each executable).
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_PROGRAMSETS_H
#define NETTUNE_SUMMARY_PROGRAMSETS_H

#include "summary/Linker.h"

namespace nettune::summary {

/// The TUs of an executable, its libraries' included; or those of a library that
/// no executable links, which is a plugin of some.
struct TuSet {
  std::string Name; ///< of the file that is linked
  bool IsPlugin = false;
  std::vector<unsigned> Tus; ///< sorted, numbers of a list that the holder names
  bool operator==(const TuSet &) const = default;
};

/// So many calls, and one for each TU, may all programs of \p Tus hold together.
std::size_t mostLinked(llvm::ArrayRef<LinkedTu> Tus);

/// The programs that \p Linked makes of \p Tus, for linkPrograms(): each TU is in
/// one at least. At most \p MostTus in sum; what is beyond is together in the last.
/// The same for the same sets, in whatever order.
std::vector<std::vector<unsigned>> programSets(llvm::ArrayRef<LinkedTu> Tus, std::vector<TuSet> Linked,
                                               std::size_t Most);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_PROGRAMSETS_H
