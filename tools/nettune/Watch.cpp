//===- Watch.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Watch.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>

namespace nettune::cli {

static constexpr char NotThere = '-', WithContent = '=';
static constexpr std::size_t HexDigits = 32;

static std::string hexHash(FileSystem &FS, llvm::StringRef Name) {
  auto Content = FS.getBufferForFile(Name, -1, /*RequiresNullTerminator=*/false);
  return Content ? llvm::toHex(contentHash((*Content)->getBuffer())) : std::string();
}

bool canBeDependency(llvm::StringRef Name) {
  // Those that ninja 1.11 takes as they are, and those that are escaped.
  return llvm::all_of(Name, [](char C) {
    return llvm::isAlnum(C) || static_cast<unsigned char>(C) >= 0x80 || llvm::StringRef("+,/_:.~()}{%=@[]!- #$").contains(C);
  });
}

std::string watchText(const std::vector<std::string> &Files, const std::vector<std::string> &Absent, FileSystem &FS) {
  std::string Text;
  for (const std::string &Name : Files)
    if (!canBeDependency(Name))
      (((Text += WithContent) += hexHash(FS, Name)) += Name) += '\0';
  for (const std::string &Name : Absent)
    ((Text += NotThere) += Name) += '\0';
  return Text;
}

bool Watch::hasChanged(llvm::StringRef Text) {
  llvm::StringRef Line;
  while (!Text.empty()) {
    std::tie(Line, Text) = Text.split('\0');
    if (Line.consume_front(llvm::StringRef(&NotThere, 1))) {
      auto [It, New] = Exists.try_emplace(Line);
      if (New)
        It->second = llvm::sys::fs::exists(Line);
      if (It->second)
        return true;
    } else if (Line.consume_front(llvm::StringRef(&WithContent, 1)) && Line.size() > HexDigits) {
      auto [It, New] = Hashes.try_emplace(Line.drop_front(HexDigits));
      if (New)
        It->second = hexHash(*llvm::vfs::getRealFileSystem(), It->first());
      if (It->second != Line.take_front(HexDigits))
        return true;
    } else {
      return true;
    }
  }
  return false;
}

} // namespace nettune::cli
