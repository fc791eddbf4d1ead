//===- StableKey.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/StableKey.h"

#include <llvm/ADT/StringExtras.h>

namespace nettune::summary {

/// A USR names the file of what is not visible from others as `c:file.cpp@`, with
/// the offset behind it where the name alone does not do: `c:file.cpp@120@`.
static llvm::StringRef withoutFile(llvm::StringRef Usr) {
  if (Usr.starts_with("@"))
    return Usr;
  Usr = Usr.drop_front(std::min(Usr.find('@'), Usr.size()));
  auto [Offset, Rest] = Usr.drop_front(Usr.empty() ? 0 : 1).split('@');
  if (!Offset.empty() && llvm::all_of(Offset, llvm::isDigit))
    return Usr.drop_front(1 + Offset.size());
  return Usr;
}

std::string stableKey(llvm::StringRef Key) {
  Key = Key.take_front(Key.find("/lambda#"));
  std::size_t Usr = Key.find("c:");
  if (Usr == llvm::StringRef::npos)
    return Key.str(); // no USR: a place
  // Before it, the file again.
  return ("c:" + withoutFile(Key.drop_front(Usr + 2))).str();
}

} // namespace nettune::summary
