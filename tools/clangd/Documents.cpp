//===- Documents.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Documents.h"

#include <algorithm>

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

std::size_t offsetOf(llvm::StringRef Text, unsigned Line, unsigned Character) {
  std::size_t At = lineBegin(Text, Line);
  while (Character && At < Text.size() && Text[At] != '\n') {
    unsigned char Lead = Text[At];
    unsigned Bytes = Lead < 0x80 ? 1 : Lead < 0xe0 ? 2 : Lead < 0xf0 ? 3 : 4;
    unsigned Units = Bytes == 4 ? 2 : 1;
    At = std::min<std::size_t>(At + Bytes, Text.size());
    Character -= std::min(Units, Character);
  }
  return At;
}

static std::size_t offsetOf(llvm::StringRef Text, const json::Object *Position) {
  if (!Position)
    return Text.size();
  return offsetOf(Text, static_cast<unsigned>(Position->getInteger("line").value_or(0)),
                  static_cast<unsigned>(Position->getInteger("character").value_or(0)));
}

static void apply(std::string &Text, const json::Object &Change) {
  auto New = Change.getString("text");
  if (!New)
    return;
  const json::Object *Range = Change.getObject("range");
  if (!Range) {
    Text = New->str();
    return;
  }
  std::size_t Begin = offsetOf(Text, Range->getObject("start"));
  std::size_t End = std::max(Begin, offsetOf(Text, Range->getObject("end")));
  Text.replace(Begin, End - Begin, New->str());
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
    Text &Known = Texts[*Uri];
    if (auto Version = Document->getInteger("version"))
      Known.Version = Version;
    if (const json::Array *Changes = P->getArray("contentChanges"))
      for (const json::Value &C : *Changes)
        if (const json::Object *Change = C.getAsObject())
          apply(Known.Content, *Change);
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
