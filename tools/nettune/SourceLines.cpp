//===- SourceLines.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceLines.h"

#include <llvm/Support/Path.h>

namespace nettune::cli {

std::string SourceLines::path(const NamedPlace &P) const {
  if (llvm::sys::path::is_absolute(P.File))
    return P.File;
  llvm::SmallString<256> Full(Root);
  llvm::sys::path::append(Full, P.File);
  return Full.str().str();
}

llvm::StringRef SourceLines::fromLine(const NamedPlace &P) {
  auto [It, New] = Buffers.try_emplace(path(P));
  if (New)
    if (auto Buffer = FileSystem->getBufferForFile(It->first()))
      It->second = std::move(*Buffer);
  if (!It->second)
    return {};
  llvm::StringRef Rest = It->second->getBuffer();
  for (unsigned N = 1; N < P.Line && !Rest.empty(); ++N)
    Rest = Rest.split('\n').second;
  return Rest;
}

llvm::StringRef SourceLines::line(const NamedPlace &P) { return fromLine(P).split('\n').first.rtrim('\r'); }

llvm::StringRef SourceLines::from(const NamedPlace &P) {
  llvm::StringRef Rest = fromLine(P);
  return P.Column == 0 ? Rest : Rest.drop_front(std::min<std::size_t>(P.Column - 1, Rest.size()));
}

} // namespace nettune::cli
