//===- Documents.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Documents.h"

#include <algorithm>
#include <limits>

namespace nettune::editor {
namespace json = llvm::json;

static std::size_t lineBegin(llvm::StringRef Text, unsigned Line) {
  std::size_t At = 0;
  for (; Line && At < Text.size(); --Line) {
    std::size_t End = Text.find('\n', At);
    At = End == llvm::StringRef::npos ? Text.size() : End + 1;
  }
  return At;
}

std::size_t offsetOf(llvm::StringRef Text, unsigned Line, unsigned Character, ColumnUnit Unit) {
  std::size_t At = lineBegin(Text, Line);
  while (Character && At < Text.size() && Text[At] != '\n') {
    unsigned char Lead = Text[At];
    unsigned Bytes = Lead < 0x80 ? 1 : Lead < 0xe0 ? 2 : Lead < 0xf0 ? 3 : 4;
    unsigned Units = Unit == ColumnUnit::Utf8 ? Bytes : Unit == ColumnUnit::Utf16 && Bytes == 4 ? 2 : 1;
    At = std::min<std::size_t>(At + Bytes, Text.size());
    Character -= std::min(Units, Character);
  }
  return At;
}

/// What is no number that a position can have is its nearest.
static unsigned number(const json::Object &Position, llvm::StringRef Key) {
  return static_cast<unsigned>(std::clamp<std::int64_t>(Position.getInteger(Key).value_or(0), 0, std::numeric_limits<unsigned>::max()));
}

static std::size_t offsetOf(llvm::StringRef Text, const json::Object *Position, ColumnUnit Unit) {
  return Position ? offsetOf(Text, number(*Position, "line"), number(*Position, "character"), Unit) : Text.size();
}

static void apply(std::string &Text, const json::Object &Change, ColumnUnit Unit) {
  auto New = Change.getString("text");
  if (!New)
    return;
  const json::Object *Range = Change.getObject("range");
  if (!Range) {
    Text = New->str();
    return;
  }
  std::size_t Begin = offsetOf(Text, Range->getObject("start"), Unit);
  std::size_t End = std::max(Begin, offsetOf(Text, Range->getObject("end"), Unit));
  Text.replace(Begin, End - Begin, New->str());
}

void Documents::countIn(llvm::StringRef Encoding) {
  std::lock_guard<std::mutex> Lock(Guard);
  Unit = Encoding == "utf-8" ? ColumnUnit::Utf8 : Encoding == "utf-32" ? ColumnUnit::Utf32 : ColumnUnit::Utf16;
}

void Documents::onNotify(llvm::StringRef Method, const json::Value &Params) {
  const json::Object *P = Params.getAsObject();
  const json::Object *Document = P ? P->getObject("textDocument") : nullptr;
  auto Uri = Document ? Document->getString("uri") : std::nullopt;
  if (!Uri)
    return;
  std::lock_guard<std::mutex> Lock(Guard);
  if (Method == "textDocument/didOpen") {
    Texts[*Uri] = {Document->getString("text").value_or("").str(), Document->getInteger("version")};
  } else if (Method == "textDocument/didClose") {
    Texts.erase(*Uri);
  } else if (Method == "textDocument/didChange") {
    auto Found = Texts.find(*Uri);
    if (Found == Texts.end())
      return; // clangd knows nothing of it, either
    Text &Known = Found->second;
    if (auto Version = Document->getInteger("version"))
      Known.Version = Version;
    if (const json::Array *Changes = P->getArray("contentChanges"))
      for (const json::Value &C : *Changes)
        if (const json::Object *Change = C.getAsObject())
          apply(Known.Content, *Change, Unit);
  }
}

std::vector<Documents::Open> Documents::all() const {
  std::lock_guard<std::mutex> Lock(Guard);
  std::vector<Open> All;
  for (const auto &T : Texts)
    All.push_back({T.first().str(), T.second.Version});
  std::sort(All.begin(), All.end(), [](const Open &A, const Open &B) { return A.Uri < B.Uri; });
  return All;
}

std::string Documents::indentation(llvm::StringRef Uri, unsigned Line) const {
  std::lock_guard<std::mutex> Lock(Guard);
  auto Found = Texts.find(Uri);
  if (Found == Texts.end())
    return {};
  llvm::StringRef Rest = llvm::StringRef(Found->second.Content).drop_front(lineBegin(Found->second.Content, Line));
  return Rest.take_while([](char C) { return C == ' ' || C == '\t'; }).str();
}

} // namespace nettune::editor
