//===- JsonText.h - what reports in JSON share -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_REPORTS_JSONTEXT_H
#define NETTUNE_TOOLS_REPORTS_JSONTEXT_H

#include "Findings.h"

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {

/// Bytes that are no UTF-8 become U+FFFD.
inline std::string utf8(llvm::StringRef Text) { return llvm::json::fixUTF8(Text); }

/// The JSON that \p Fill writes to an OStream, one value, and a line break.
template <typename F> std::string jsonText(F Fill, unsigned Indent = 0) {
  std::string Out;
  llvm::raw_string_ostream Stream(Out);
  llvm::json::OStream J(Stream, Indent);
  Fill(J);
  J.flush();
  return Out + "\n";
}

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_REPORTS_JSONTEXT_H
