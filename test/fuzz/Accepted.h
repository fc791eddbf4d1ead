//===- Accepted.h - what the fuzzers of binary files require ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_FUZZ_ACCEPTED_H
#define NETTUNE_TEST_FUZZ_ACCEPTED_H

#include "summary/Container.h"

#include <cstdio>
#include <cstdlib>

namespace nettune::summary {

inline void require(bool Holds, const char *What) {
  if (Holds)
    return;
  std::fprintf(stderr, "broken: %s\n", What);
  std::abort();
}

/// The input as a whole file, or as the content of one.
inline std::string fileOf(const ContainerKind &Kind, const unsigned char *Data, std::size_t Size) {
  llvm::StringRef Rest(reinterpret_cast<const char *>(Data), Size);
  bool Whole = !Rest.empty() && Rest.front() == Kind.Magic.front();
  return Whole ? Rest.str() : seal(Kind, "fuzz", Rest);
}

inline void checkError(llvm::StringRef Error, llvm::StringRef File) {
  require(Error.contains(("'" + File + "'").str()), "the error names the file");
  require(Error.contains("; "), "the error says what to do");
  require(Error.size() < 200 && !Error.contains('\n'), "the error is one short line");
}

} // namespace nettune::summary

#endif // NETTUNE_TEST_FUZZ_ACCEPTED_H
