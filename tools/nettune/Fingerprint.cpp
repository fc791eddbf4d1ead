//===- Fingerprint.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fingerprint.h"

#include <clang/Lex/Lexer.h>

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/xxhash.h>

namespace nettune::cli {
namespace tok = clang::tok;

std::string statementText(llvm::StringRef From, unsigned Most) {
  std::string Code = From.take_front(1 << 14).str(); // the lexer wants a zero at the end
  clang::LangOptions Cxx;
  Cxx.CPlusPlus = Cxx.CPlusPlus20 = Cxx.LineComment = Cxx.Bool = true;
  clang::Lexer Lexer(clang::SourceLocation(), Cxx, Code.data(), Code.data(), Code.data() + Code.size());
  std::string Text;
  unsigned Open = 0;
  for (unsigned Count = 0; Count < Most; ++Count) {
    clang::Token T;
    Lexer.LexFromRawLexer(T);
    bool Closes = T.isOneOf(tok::r_paren, tok::r_square);
    if (T.isOneOf(tok::eof, tok::semi, tok::l_brace, tok::r_brace) || (Closes && Open == 0))
      break;
    Open += T.isOneOf(tok::l_paren, tok::l_square) ? 1 : Closes ? -1 : 0;
    const char *End = Lexer.getBufferLocation();
    Text.append(End - T.getLength(), T.getLength());
    Text += ' ';
  }
  return Text;
}

void setFingerprints(std::vector<ReportedFinding> &Findings, SourceLines &Sources) {
  std::map<std::string, unsigned> Count;
  for (ReportedFinding &F : Findings) {
    std::string Key = F.Check + '\n' + F.Entity + '\n' + F.Api + '\n' + statementText(Sources.from(F.Where));
    if (unsigned Ordinal = Count[Key]++)
      Key += '\n' + std::to_string(Ordinal);
    F.Fingerprint = llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true, /*Width=*/16);
  }
}

} // namespace nettune::cli
