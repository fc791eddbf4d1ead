//===- CopyFinding.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CopyFinding.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

static std::string quoted(const std::string &Name) { return "'" + Name + "'"; }

/// The buffer's name, with the size where the code tells it.
static std::string described(const BufferCopy &C) {
  std::string Name = quoted(C.From);
  return C.MostBytes ? Name + " of up to " + std::to_string(C.MostBytes) + " bytes" : Name;
}

static Message message(const BufferCopy &C) {
  std::string From = described(C);
  switch (C.K) {
  case BufferCopy::Kind::Reads:
  case BufferCopy::Kind::Parameter:
    return {"received buffer %0 is copied into %1 but never modified; use it by reference",
            {From, quoted(C.Into)}};
  case BufferCopy::Kind::ReadsAsView:
    if (C.Into.empty())
      return {"received buffer %0 is copied but only read; use %1", {From, C.Instead}};
    return {"received buffer %0 is copied into %1 but only read; use %2",
            {From, quoted(C.Into), C.Instead}};
  case BufferCopy::Kind::RunsAtOnce:
    return {"received buffer %0 is copied into a lambda that runs at once; capture it by reference",
            {From}};
  case BufferCopy::Kind::LastUse:
    return {"received buffer %0 is copied at its last use; move it: %1", {From, quoted(C.Instead)}};
  case BufferCopy::Kind::EachTime:
    return {"received buffer %0 is copied once for each iteration; share one copy", {From}};
  case BufferCopy::Kind::Elements:
    return {"moving the elements of received buffer %0 copies them; move the whole buffer", {From}};
  case BufferCopy::Kind::ConstMoved:
    return {"received buffer %0 is const, so moving from it copies it; %1", {From, C.Instead}};
  }
  llvm_unreachable("all kinds are covered");
}

std::string copyText(const BufferCopy &C) { return message(C).str(); }

Finding describeCopy(const BufferCopy &C) {
  Finding F{C.Where, message(C), {}, C.Fixes};
  if (C.K == BufferCopy::Kind::Parameter)
    F.Notes.push_back({C.Passed, {"%0 is copied here", {quoted(C.From)}}});
  return F;
}

} // namespace clang::tidy::nettune
