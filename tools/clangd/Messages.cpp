//===- Messages.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Messages.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

namespace nettune::editor {
namespace json = llvm::json;

bool isOurs(const json::Object &Diagnostic) {
  auto Code = Diagnostic.getString("code");
  return Code && Code->starts_with("nettune-");
}

std::string pathOf(llvm::StringRef Uri) {
  if (!Uri.consume_front("file://"))
    return {};
  Uri = Uri.drop_front(std::min(Uri.find('/'), Uri.size())); // an authority
  std::string Path;
  for (std::size_t I = 0; I < Uri.size(); ++I) {
    unsigned Value;
    if (Uri[I] == '%' && I + 2 < Uri.size() && !Uri.substr(I + 1, 2).getAsInteger(16, Value)) {
      Path += static_cast<char>(Value);
      I += 2;
    } else {
      Path += Uri[I];
    }
  }
  return Path;
}

std::string uriOf(llvm::StringRef Path) {
  std::string Uri = "file://";
  for (char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      Uri += C;
    else
      Uri += "%" + llvm::utohexstr(static_cast<unsigned char>(C), /*LowerCase=*/false, /*Width=*/2);
  }
  return Uri;
}

std::string guideUrl(llvm::StringRef Link, llvm::StringRef Bin) {
  if (Link.contains("://"))
    return Link.str();
  auto [Path, Anchor] = Link.split('#');
  std::string End = Anchor.empty() ? std::string() : "#" + Anchor.str();
  if (llvm::sys::path::is_absolute(Path))
    return uriOf(Path) + End;
  std::string Page = (llvm::sys::path::stem(Path) + ".html").str();
  std::string Repository = (Bin + "/../..").str();
  std::vector<std::string> Candidates{(Bin + "/../share/doc/nettune/html/" + Page).str()};
  if (llvm::sys::fs::exists(Repository + "/checks/Checks.def")) // other directories may have docs, too
    for (const std::string &File : {"/build/html/" + Page, "/" + Path.str()})
      Candidates.push_back(Repository + File);
  for (llvm::StringRef Name : Candidates) {
    llvm::SmallString<256> Candidate(Name);
    llvm::sys::path::remove_dots(Candidate, /*remove_dot_dot=*/true);
    if (llvm::sys::fs::exists(Candidate))
      return uriOf(Candidate) + End;
  }
  return Link.str();
}

/// Behind "guide: ", which clangd may begin with a capital.
static std::string linkIn(llvm::StringRef Text) {
  std::size_t At = Text.find_insensitive("guide: ");
  if (At == llvm::StringRef::npos || (At && !llvm::isSpace(Text[At - 1])))
    return {};
  return Text.drop_front(At + 7).take_until([](char C) { return C == '\n' || C == '\r'; }).trim().str(); // a path may have blanks
}

void decorateDiagnostics(json::Value &Params, bool ShowsLinks,
                         llvm::function_ref<std::string(llvm::StringRef)> Guide) {
  json::Object *O = Params.getAsObject();
  json::Array *All = O ? O->getArray("diagnostics") : nullptr;
  if (!All)
    return;
  for (json::Value &V : *All) {
    json::Object *D = V.getAsObject();
    if (!D || !isOurs(*D))
      continue;
    (*D)["source"] = "nettune";
    json::Array *Notes = D->getArray("relatedInformation");
    std::string Link = linkIn(D->getString("message").value_or("")); // where the editor shows no notes
    for (std::size_t I = 0; Notes && I < Notes->size(); ++I) {
      const json::Object *Note = (*Notes)[I].getAsObject();
      std::string InNote = linkIn(Note ? Note->getString("message").value_or("") : "");
      if (InNote.empty())
        continue;
      Link = InNote;
      if (ShowsLinks) // the same twice
        Notes->erase(Notes->begin() + static_cast<std::ptrdiff_t>(I));
      break;
    }
    if (Link.empty())
      D->erase("codeDescription"); // to a page that does not exist
    else
      (*D)["codeDescription"] = json::Object{{"href", Guide(Link)}};
  }
}

static std::optional<unsigned> lineOf(const json::Object *Range, llvm::StringRef End) {
  const json::Object *Position = Range ? Range->getObject(End) : nullptr;
  auto Line = Position ? Position->getInteger("line") : std::nullopt;
  return Line ? std::optional(static_cast<unsigned>(*Line)) : std::nullopt;
}

using SymbolKinds = llvm::ArrayRef<std::int64_t>;
static constexpr std::int64_t Functions[] = {6, 9, 12, 25}; // method, constructor, function, operator
static constexpr std::int64_t Variables[] = {7, 8, 13, 14}; // property, field, variable, constant

static const json::Object *rangeOf(const json::Object &Symbol) {
  const json::Object *Location = Symbol.getObject("location");
  return (Location ? Location : &Symbol)->getObject("range");
}

/// The innermost of these kinds around a line.
static const json::Object *symbolAround(const json::Value &Outline, unsigned Line, SymbolKinds Kinds) {
  const json::Object *Found = nullptr;
  const json::Array *Symbols = Outline.getAsArray();
  for (std::size_t I = 0; Symbols && I < Symbols->size(); ++I) {
    const json::Object *S = (*Symbols)[I].getAsObject(), *Range = S ? rangeOf(*S) : nullptr;
    auto First = lineOf(Range, "start"), Last = lineOf(Range, "end");
    if (!First || !Last || Line < *First || Line > *Last)
      continue;
    if (S->getString("name") && llvm::is_contained(Kinds, S->getInteger("kind").value_or(0)))
      Found = S;
    if (const json::Value *Inner = S->get("children"))
      if (const json::Object *Deeper = symbolAround(*Inner, Line, Kinds))
        Found = Deeper;
  }
  return Found;
}

std::optional<FunctionAround> functionAround(const json::Value &Outline, unsigned Line) {
  const json::Object *S = symbolAround(Outline, Line, Functions);
  if (!S)
    return std::nullopt;
  llvm::StringRef Name = *S->getString("name");
  std::size_t Scope = Name.take_front(Name.find("operator")).rfind("::"); // not that of the type it converts to
  return FunctionAround{Name.drop_front(Scope == llvm::StringRef::npos ? 0 : Scope + 2).str(),
                        lineOf(S->getObject("selectionRange"), "start").value_or(*lineOf(rangeOf(*S), "start")) + 1};
}

bool isOutside(const json::Value &Outline, unsigned Line) {
  return Outline.getAsArray() && !symbolAround(Outline, Line, Functions) && !symbolAround(Outline, Line, Variables);
}

static std::string paragraph(const LoopReason &Why, bool Markdown) {
  llvm::StringRef Strong = Markdown ? "**" : "";
  llvm::StringRef Says = Why.Certain ? "Runs on the event loop" : "May run on the event loop";
  return (Strong + Says + Strong + ": " + Why.Because).str();
}

void addHover(json::Value &Result, const LoopReason &Why, bool Markdown) {
  if (Result.kind() == json::Value::Null) {
    Result = json::Object{{"contents", json::Object{{"kind", Markdown ? "markdown" : "plaintext"}, {"value", paragraph(Why, Markdown)}}}};
    return;
  }
  json::Object *Hover = Result.getAsObject();
  json::Object *Contents = Hover ? Hover->getObject("contents") : nullptr;
  auto Text = Contents ? Contents->getString("value") : std::nullopt;
  if (!Text)
    return; // a form of old: better none than a wrong one
  bool IsMarkdown = Contents->getString("kind").value_or("") == "markdown";
  std::string Both = Text->str() + (IsMarkdown ? "\n\n---\n" : "\n\n") + paragraph(Why, IsMarkdown);
  (*Contents)["value"] = std::move(Both);
}

/// The column of a step, from 0. Who counts other things than bytes has to see the line.
static std::int64_t character(const LoopReason::Step &S, ColumnUnit Columns) {
  std::int64_t Bytes = S.Column ? S.Column - 1 : 0;
  if (Columns == ColumnUnit::Utf8 || !S.Line)
    return Bytes;
  auto Text = llvm::MemoryBuffer::getFile(S.File);
  if (!Text)
    return Bytes;
  llvm::StringRef Content = (*Text)->getBuffer();
  std::size_t At = offsetOf(Content, S.Line - 1, static_cast<unsigned>(Bytes), ColumnUnit::Utf8);
  return positionOf(Content, At, Columns).getInteger("character").value_or(Bytes);
}

json::Value explanation(const LoopReason &Why, ColumnUnit Columns) {
  json::Array Steps;
  for (const LoopReason::Step &S : Why.Steps) {
    json::Object At{{"line", S.Line ? S.Line - 1 : 0}, {"character", character(S, Columns)}};
    Steps.push_back(json::Object{
        {"text", S.Text},
        {"location", json::Object{{"uri", uriOf(S.File)},
                                  {"range", json::Object{{"start", json::Object(At)}, {"end", json::Object(At)}}}}}});
  }
  return json::Object{{"name", Why.Name}, {"onLoop", true}, {"origin", Why.Origin}, {"steps", std::move(Steps)}};
}

} // namespace nettune::editor
