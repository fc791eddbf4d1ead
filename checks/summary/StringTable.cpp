//===- StringTable.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/StringTable.h"

#include <algorithm>

namespace nettune::summary {

StringTable::StringTable(const StringTable &Other)
    : Texts(Other.Texts), Chunks(Other.Chunks), Known(Other.Known) {}

StringTable &StringTable::operator=(const StringTable &Other) { return *this = StringTable(Other); }

void StringTable::index() {
  for (StringId I = 0; I < Texts.size(); ++I)
    Known.add(hash(Texts[I]), I, [](StringId) { return false; });
}

StringId StringTable::add(llvm::StringRef Text) {
  if (Known.empty())
    index();
  auto New = static_cast<StringId>(Texts.size());
  StringId Id = Known.add(hash(Text), New, [&](StringId I) { return Texts[I] == Text; });
  if (Id == New)
    Texts.push_back(keep(Text));
  return Id;
}

llvm::StringRef StringTable::keep(llvm::StringRef Text) {
  if (Left < Text.size()) {
    std::size_t Grown = std::size_t(4096) << std::min<std::size_t>(Chunks.size(), 8);
    Left = std::max(Grown, Text.size());
    Chunks.emplace_back(new char[Left]);
    Free = Chunks.back().get();
  }
  std::copy(Text.begin(), Text.end(), Free);
  llvm::StringRef Kept(Free, Text.size());
  Free += Text.size();
  Left -= Text.size();
  return Kept;
}

void StringTable::adopt(llvm::StringRef Blob, llvm::ArrayRef<std::uint32_t> Lengths) {
  Known = {};
  Left = 0; // a chunk of its own
  llvm::StringRef Rest = keep(Blob);
  Texts.reserve(Texts.size() + Lengths.size());
  for (std::uint32_t Length : Lengths) {
    Texts.push_back(Rest.take_front(Length));
    Rest = Rest.drop_front(Length);
  }
}

} // namespace nettune::summary
