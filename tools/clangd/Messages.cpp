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
#include <llvm/Support/Path.h>

namespace nettune::editor {
namespace json = llvm::json;

static bool isOurs(const json::Object &Diagnostic) {
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

void addSuppressions(json::Value &Result, const json::Value &Params, const Documents &Open) {
  const json::Object *P = Params.getAsObject();
  const json::Object *Context = P ? P->getObject("context") : nullptr;
  const json::Array *Diagnostics = Context ? Context->getArray("diagnostics") : nullptr;
  const json::Object *Document = P ? P->getObject("textDocument") : nullptr;
  auto Uri = Document ? Document->getString("uri") : std::nullopt;
  if (!Diagnostics || !Uri)
    return;
  if (const json::Array *Only = Context->getArray("only"))
    if (llvm::none_of(*Only, [](const json::Value &K) {
          auto Kind = K.getAsString();
          return Kind && (Kind->empty() || *Kind == "quickfix");
        }))
      return;
  for (const json::Value &V : *Diagnostics) {
    const json::Object *D = V.getAsObject();
    const json::Object *Range = D && isOurs(*D) ? D->getObject("range") : nullptr;
    const json::Object *Start = Range ? Range->getObject("start") : nullptr;
    if (!Start)
      continue;
    std::int64_t Line = Start->getInteger("line").value_or(0);
    std::string Check = D->getString("code")->str();
    std::string Text = Open.indentation(*Uri, static_cast<unsigned>(Line)) + "// NOLINTNEXTLINE(" + Check + "): reason\n";
    json::Object Begin{{"line", Line}, {"character", 0}};
    json::Object Edit{{"range", json::Object{{"start", json::Object(Begin)}, {"end", json::Object(Begin)}}}, {"newText", Text}};
    json::Object Action{{"title", "Suppress '" + Check + "' with a reason"},
                        {"kind", "quickfix"},
                        {"diagnostics", json::Array{json::Value(V)}},
                        {"edit", json::Object{{"changes", json::Object{{Uri->str(), json::Array{std::move(Edit)}}}}}}};
    if (Result.kind() == json::Value::Null)
      Result = json::Array();
    if (Result.kind() != json::Value::Array)
      return;
    Result.getAsArray()->push_back(std::move(Action));
  }
}

static std::string shortPlace(const LoopReason::Step &S) {
  return llvm::sys::path::filename(S.File).str() + ":" + std::to_string(S.Line);
}

static std::string paragraph(const LoopReason &Why, bool Markdown) {
  const LoopReason::Step &First = Why.Steps.front();
  llvm::StringRef Strong = Markdown ? "**" : "";
  // Who waits there is the loop itself; what is given to somebody is registered.
  llvm::StringRef How = First.Text.find("given to") != std::string::npos ? ", registered at " : ", at ";
  return (Strong + "Runs on the event loop" + Strong + ": called from " + Why.Origin + How + shortPlace(First)).str();
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

json::Value explanation(const LoopReason &Why) {
  json::Array Steps;
  for (const LoopReason::Step &S : Why.Steps) {
    json::Object At{{"line", S.Line ? S.Line - 1 : 0}, {"character", S.Column ? S.Column - 1 : 0}};
    Steps.push_back(json::Object{
        {"text", S.Text},
        {"location", json::Object{{"uri", uriOf(S.File)},
                                  {"range", json::Object{{"start", json::Object(At)}, {"end", json::Object(At)}}}}}});
  }
  return json::Object{{"name", Why.Name}, {"onLoop", true}, {"origin", Why.Origin}, {"steps", std::move(Steps)}};
}

} // namespace nettune::editor
