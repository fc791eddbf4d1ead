//===- Decorator.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decorator.h"

#include "Suppressions.h"

#include <llvm/Support/raw_ostream.h>

namespace nettune::editor {
namespace json = llvm::json;

/// Of requests that we make in the editor's name.
static constexpr llvm::StringLiteral SymbolPrefix = "nettune-symbol-", OutlinePrefix = "nettune-outline-";

static std::string text(const json::Value &V) {
  std::string Text;
  llvm::raw_string_ostream(Text) << V;
  return Text;
}

static std::string fileOf(const json::Value &Params) {
  const json::Object *P = Params.getAsObject();
  const json::Object *Document = P ? P->getObject("textDocument") : nullptr;
  return Document ? pathOf(Document->getString("uri").value_or("")) : std::string();
}

static bool showsLinks(const json::Object &Initialize) {
  const json::Object *O = &Initialize;
  for (llvm::StringRef Key : {"capabilities", "textDocument", "publishDiagnostics"})
    if (!(O = O->getObject(Key)))
      return false;
  return O->getBoolean("codeDescriptionSupport").value_or(false);
}

void Decorator::notify(llvm::StringRef Method, Value Params) {
  if (Method == "textDocument/publishDiagnostics")
    decorateDiagnostics(Params, ShowsLinks, H.Guide);
  sayWords();
  std::lock_guard<std::mutex> Lock(ToEditor);
  Below->notify(Method, std::move(Params));
}

/// In the editor's own window, or its log where nothing is wrong.
void Decorator::sayWords() {
  for (const Indexes::Word &W : Known.takeWords()) {
    std::lock_guard<std::mutex> Lock(ToEditor);
    Below->notify(W.Serious ? "window/showMessage" : "window/logMessage",
                  json::Object{{"type", W.Serious ? 2 : 3}, {"message", "nettune: " + W.Text}});
  }
}

void Decorator::call(llvm::StringRef Method, Value Params, Value ID) {
  std::lock_guard<std::mutex> Lock(ToEditor);
  Below->call(Method, std::move(Params), std::move(ID));
}

void Decorator::send(Value ID, Result R) {
  std::lock_guard<std::mutex> Lock(ToEditor);
  Below->reply(std::move(ID), std::move(R));
}

/// An answer to a request of our own. False: it is to somebody else's.
bool Decorator::replyOwn(llvm::StringRef ID, Result &R) {
  bool IsOutline = ID.consume_front(OutlinePrefix);
  unsigned Number = 0;
  if ((!IsOutline && !ID.consume_front(SymbolPrefix)) || ID.getAsInteger(10, Number))
    return false;
  Value Got = R ? std::move(*R) : Value(nullptr);
  if (!R)
    llvm::consumeError(R.takeError());
  std::unique_lock<std::mutex> Lock(Guard);
  if (IsOutline) {
    auto Asked = Explains.extract(Number);
    Lock.unlock();
    if (!Asked.empty())
      finish(Asked.mapped(), Got);
  } else if (auto It = Hovers.find(Number); It != Hovers.end()) {
    It->second.Symbols = std::move(Got);
    Lock.unlock();
    finish(Number);
  }
  return true;
}

void Decorator::reply(Value ID, Result R) {
  if (auto Own = ID.getAsString(); Own && replyOwn(*Own, R))
    return;
  std::unique_lock<std::mutex> Lock(Guard);
  std::string Key = text(ID);
  if (auto It = HoverOf.find(Key); It != HoverOf.end()) {
    auto Held = Hovers.find(It->second);
    HoverOf.erase(It);
    if (R) {
      unsigned Number = Held->first;
      Held->second.Answer = std::move(*R);
      Lock.unlock();
      return finish(Number);
    }
    Hovers.erase(Held);
  } else if (auto Asked = CodeActions.find(Key); Asked != CodeActions.end()) {
    Value Params = std::move(Asked->second);
    CodeActions.erase(Asked);
    if (R)
      addSuppressions(*R, Params, Open);
  }
  if (R && Key == Initialize)
    Open.onInitialized(*R);
  Lock.unlock();
  send(std::move(ID), std::move(R));
}

/// One of the answers to `textDocument/symbolInfo`.
static std::optional<Symbol> symbol(const json::Value &V, const std::string &Asked) {
  const json::Object *S = V.getAsObject();
  auto Usr = S ? S->getString("usr") : std::nullopt, Name = S ? S->getString("name") : std::nullopt;
  if (!Usr || !Name)
    return std::nullopt;
  llvm::StringRef Container = S->getString("containerName").value_or("");
  Container.consume_back("::");
  const json::Object *Declared = S->getObject("declarationRange"), *Defined = S->getObject("definitionRange");
  const json::Object *Range = Defined ? Defined->getObject("range") : nullptr, *Start = Range ? Range->getObject("start") : nullptr;
  std::string Home = Declared ? pathOf(Declared->getString("uri").value_or("")) : std::string();
  return Symbol{.Usr = Usr->str(),
                .Name = ((Container.empty() ? "" : Container + "::") + *Name).str(),
                .File = Home.empty() ? Asked : Home,
                .Line = Start ? static_cast<unsigned>(Start->getInteger("line").value_or(-1) + 1) : 0};
}

/// Answers once both parts are there.
void Decorator::finish(unsigned Number) {
  std::unique_lock<std::mutex> Lock(Guard);
  auto It = Hovers.find(Number); // gone: the other part came at the same time
  if (It == Hovers.end() || !It->second.Answer || !It->second.Symbols)
    return;
  Hover Whole = std::move(It->second);
  Hovers.erase(It);
  Lock.unlock();
  if (const json::Array *Symbols = Whole.Symbols->getAsArray())
    for (const Value &V : *Symbols) {
      std::optional<Symbol> S = symbol(V, Whole.File);
      if (!S)
        continue;
      if (auto Why = Known.ofFunction(*S, Whole.File)) {
        addHover(*Whole.Answer, *Why);
        break;
      }
    }
  send(std::move(Whole.ID), std::move(*Whole.Answer));
}

llvm::Error Decorator::loop(MessageHandler &S) {
  Server = &S;
  return Below->loop(*this);
}

bool Decorator::onNotify(llvm::StringRef Method, Value Params) {
  if (Method == IndexChanged)
    return rebuildAll();
  Open.onNotify(Method, Params);
  return Server->onNotify(Method, std::move(Params));
}

/// As if each open file had changed: its diagnostics come anew.
bool Decorator::rebuildAll() {
  bool Goes = true;
  for (const Documents::Open &D : Open.all()) {
    json::Object Document{{"uri", D.Uri}};
    if (D.Version)
      Document["version"] = *D.Version;
    Goes &= Server->onNotify("textDocument/didChange", json::Object{{"textDocument", std::move(Document)},
                                                                     {"contentChanges", json::Array()},
                                                                     {"forceRebuild", true}});
  }
  return Goes;
}

bool Decorator::onCall(llvm::StringRef Method, Value Params, Value ID) {
  if (Method == "nettune/explain")
    return explain(std::move(Params), std::move(ID));
  if (Method == "textDocument/hover")
    return hover(std::move(Params), std::move(ID));
  if (Method == "initialize") {
    const json::Object *P = Params.getAsObject();
    ShowsLinks = P && showsLinks(*P);
    std::lock_guard<std::mutex> Lock(Guard);
    Initialize = text(ID);
    const json::Object *Options = P ? P->getObject("initializationOptions") : nullptr;
    if (const json::Object *Ours = Options ? Options->getObject("nettune") : nullptr)
      H.Settings(*Ours);
  } else if (Method == "textDocument/codeAction") {
    std::lock_guard<std::mutex> Lock(Guard);
    CodeActions.insert_or_assign(text(ID), Params);
  }
  return Server->onCall(Method, std::move(Params), std::move(ID));
}

bool Decorator::hover(Value Params, Value ID) {
  unsigned Number;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    Number = ++Count;
    HoverOf[text(ID)] = Number;
    Hovers.emplace(Number, Hover{ID, fileOf(Params), std::nullopt, std::nullopt});
  }
  return Server->onCall("textDocument/symbolInfo", Params, SymbolPrefix.str() + std::to_string(Number)) &&
         Server->onCall("textDocument/hover", std::move(Params), std::move(ID));
}

/// The lines of an index are those of the files that it was made of: the function around the
/// place is what both know.
bool Decorator::explain(Value Params, Value ID) {
  const json::Object *P = Params.getAsObject();
  const json::Object *Position = P ? P->getObject("position") : nullptr;
  const json::Object *Document = P ? P->getObject("textDocument") : nullptr;
  auto Line = Position ? Position->getInteger("line") : std::nullopt;
  if (!Line || *Line < 0 || !Document) {
    send(std::move(ID), Value(nullptr));
    return true;
  }
  json::Object Outline{{"textDocument", json::Object(*Document)}};
  unsigned Number;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    Number = ++Count;
    Explains.emplace(Number, Explain{std::move(ID), fileOf(Params), static_cast<unsigned>(*Line)});
  }
  return Server->onCall("textDocument/documentSymbol", std::move(Outline), OutlinePrefix.str() + std::to_string(Number));
}

void Decorator::finish(const Explain &Asked, const Value &Outline) {
  auto Why = isOutside(Outline, Asked.Line) ? std::nullopt : Known.at(Asked.File, Asked.Line + 1, functionAround(Outline, Asked.Line));
  send(Asked.ID, Why ? explanation(*Why, Open.units()) : Value(nullptr));
}

bool Decorator::onReply(Value ID, Result R) { return Server->onReply(std::move(ID), std::move(R)); }

} // namespace nettune::editor
