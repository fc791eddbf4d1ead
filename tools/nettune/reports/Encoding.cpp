//===- Encoding.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Encoding.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/ConvertUTF.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/Unicode.h>

namespace nettune::cli {
namespace {

constexpr llvm::UTF32 Invalid = ~llvm::UTF32(0);

/// The first character of the text, which is not empty, and how many bytes it takes;
/// a byte that begins none: Invalid and 1.
std::pair<llvm::UTF32, unsigned> firstCharacter(llvm::StringRef Text) {
  const auto *At = reinterpret_cast<const llvm::UTF8 *>(Text.bytes_begin());
  const unsigned Bytes = llvm::getNumBytesForUTF8(*At);
  llvm::UTF32 Character = 0, *Out = &Character;
  if (Bytes > Text.size() || !llvm::isLegalUTF8Sequence(At, At + Bytes) ||
      llvm::ConvertUTF8toUTF32(&At, At + Bytes, &Out, &Character + 1, llvm::strictConversion) != llvm::conversionOK)
    return {Invalid, 1};
  return {Character, Bytes};
}

template <typename F> void forEachCharacter(llvm::StringRef Text, F Do) {
  while (!Text.empty()) {
    const auto [Character, Bytes] = firstCharacter(Text);
    Do(Character, Text.take_front(Bytes));
    Text = Text.drop_front(Bytes);
  }
}

bool isXmlCharacter(llvm::UTF32 C) {
  return C == '\t' || C == '\n' || C == '\r' || (C >= 0x20 && C != 0xFFFE && C != 0xFFFF && C != Invalid);
}

} // namespace

std::string printable(llvm::StringRef Text, bool KeepTabs) {
  std::string Out;
  forEachCharacter(Text, [&](llvm::UTF32 C, llvm::StringRef Bytes) {
    if (C == Invalid)
      Out += llvm::formatv("<{0:X-2}>", static_cast<unsigned char>(Bytes.front())).str();
    else if ((KeepTabs && C == '\t') || llvm::sys::unicode::isPrintable(static_cast<int>(C)))
      Out += Bytes;
    else
      Out += llvm::formatv("<U+{0}>", llvm::utohexstr(C, /*LowerCase=*/false, /*Width=*/4)).str();
  });
  return Out;
}

unsigned terminalWidth(llvm::StringRef Printable) {
  return static_cast<unsigned>(std::max(0, llvm::sys::unicode::columnWidthUTF8(Printable)));
}

std::string xmlText(llvm::StringRef Text) {
  std::string Out;
  forEachCharacter(Text, [&](llvm::UTF32 C, llvm::StringRef Bytes) {
    if (!isXmlCharacter(C))
      Out += "\xEF\xBF\xBD";
    else if (C < 0x20 || C == '&' || C == '<' || C == '>' || C == '"' || C == '\'')
      Out += ("&#" + llvm::Twine(C) + ";").str();
    else
      Out += Bytes;
  });
  return Out;
}

std::string percentEncoded(llvm::StringRef Path) {
  std::string Out;
  for (unsigned char C : Path) {
    if (llvm::isAlnum(static_cast<char>(C)) || llvm::StringRef("/-._~").contains(static_cast<char>(C)))
      Out += static_cast<char>(C);
    else
      Out += llvm::formatv("%{0:X-2}", C).str();
  }
  return Out;
}

unsigned utf16Length(llvm::StringRef Text) {
  unsigned Units = 0;
  forEachCharacter(Text, [&](llvm::UTF32 C, llvm::StringRef) { Units += C != Invalid && C > 0xFFFF ? 2 : 1; });
  return Units;
}

} // namespace nettune::cli
