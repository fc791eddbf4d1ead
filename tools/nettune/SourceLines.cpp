//===- SourceLines.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceLines.h"

#include <llvm/Support/Path.h>

#include <algorithm>

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
  File &F = It->second;
  if (New)
    if (auto Buffer = FileSystem->getBufferForFile(It->first())) {
      F.Buffer = std::move(*Buffer);
      F.Starts.push_back(0);
      const llvm::StringRef Text = F.Buffer->getBuffer();
      for (std::size_t End = Text.find('\n'); End != Text.npos; End = Text.find('\n', End + 1))
        F.Starts.push_back(End + 1);
    }
  const std::size_t Number = std::max(1u, P.Line) - 1;
  return F.Buffer && Number < F.Starts.size() ? F.Buffer->getBuffer().drop_front(F.Starts[Number]) : llvm::StringRef();
}

llvm::StringRef SourceLines::line(const NamedPlace &P) { return fromLine(P).split('\n').first.rtrim('\r'); }

llvm::StringRef SourceLines::from(const NamedPlace &P) {
  llvm::StringRef Rest = fromLine(P);
  return P.Column == 0 ? Rest : Rest.drop_front(std::min<std::size_t>(P.Column - 1, Rest.size()));
}

} // namespace nettune::cli
