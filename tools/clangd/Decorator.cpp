//===- Decorator.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decorator.h"

#include <llvm/Support/raw_ostream.h>

#include <limits>

namespace nettune::editor {
namespace json = llvm::json;

/// Of requests that we make in the editor's name. The editor's are texts, numbers or null.
static json::Value ownId(unsigned Number) { return json::Object{{"nettune", Number}}; }

static std::optional<unsigned> ownNumber(const json::Value &ID) {
  const json::Object *Own = ID.getAsObject();
  auto Number = Own ? Own->getInteger("nettune") : std::nullopt;
  return Number ? std::optional(static_cast<unsigned>(*Number)) : std::nullopt;
}

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

/// What stands in an object's objects; null: nothing.
static const json::Value *within(const json::Value &Root, std::initializer_list<llvm::StringRef> Keys) {
  const json::Value *V = &Root;
  for (llvm::StringRef Key : Keys) {
    const json::Object *O = V->getAsObject();
    if (!O || !(V = O->get(Key)))
      return nullptr;
  }
  return V;
}

static bool isTrue(const json::Value *V) { return V && V->getAsBoolean().value_or(false); }

void Decorator::notify(llvm::StringRef Method, Value Params) {
  if (Method == "textDocument/publishDiagnostics")
    decorateDiagnostics(Params, ShowsLinks, Guide);
  sayWords();
  std::lock_guard<std::mutex> Lock(ToEditor);
  Below->notify(Method, std::move(Params));
}

/// In the editor's own window, or its log where nothing is wrong.
void Decorator::sayWords() {
  std::vector<Indexes::Word> Words = Known.takeWords();
  for (std::string &Error : Given.takeErrors())
    Words.push_back({std::move(Error), true});
  for (const Indexes::Word &W : Words) {
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

void Decorator::reply(Value ID, Result R) {
  std::unique_lock<std::mutex> Lock(Guard);
  if (auto Number = ownNumber(ID)) {
    auto It = Hovers.find(*Number);
    Value Symbols = R ? std::move(*R) : Value(nullptr);
    if (!R)
      llvm::consumeError(R.takeError());
    if (It == Hovers.end())
      return;
    It->second.Symbols = std::move(Symbols);
    Lock.unlock();
    return finish(It);
  }
  std::string Key = text(ID);
  if (auto It = HoverOf.find(Key); It != HoverOf.end()) {
    auto Held = Hovers.find(It->second);
    HoverOf.erase(It);
    if (R) {
      Held->second.Answer = std::move(*R);
      Lock.unlock();
      return finish(Held);
    }
    Hovers.erase(Held);
  } else if (auto Asked = CodeActions.find(Key); Asked != CodeActions.end()) {
    Value Params = std::move(Asked->second);
    CodeActions.erase(Asked);
    if (R && TakesActions)
      addSuppressions(*R, Params, Open);
  } else if (!Initializing.empty() && Key == Initializing) {
    Initializing.clear();
    // The protocol's name, and clangd's of old.
    if (R)
      for (const Value *V : {within(*R, {"capabilities", "positionEncoding"}), within(*R, {"offsetEncoding"})})
        if (auto Encoding = V ? V->getAsString() : std::nullopt)
          Open.countIn(*Encoding);
  }
  Lock.unlock();
  send(std::move(ID), std::move(R));
}

/// Answers once both parts are there.
void Decorator::finish(std::map<unsigned, Hover>::iterator It) {
  std::unique_lock<std::mutex> Lock(Guard);
  if (!It->second.Answer || !It->second.Symbols)
    return;
  Hover Whole = std::move(It->second);
  Hovers.erase(It);
  Lock.unlock();
  if (const json::Array *Symbols = Whole.Symbols->getAsArray())
    for (const Value &V : *Symbols) {
      const json::Object *S = V.getAsObject();
      auto Usr = S ? S->getString("usr") : std::nullopt;
      if (!Usr)
        continue;
      const json::Object *Declared = S->getObject("declarationRange");
      std::string Home = Declared ? pathOf(Declared->getString("uri").value_or("")) : std::string();
      if (auto Why = Known.ofFunction(*Usr, Home.empty() ? Whole.File : Home)) {
        addHover(*Whole.Answer, *Why, ReadsMarkdown);
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
  if (Method == "workspace/didChangeConfiguration")
    return configure(std::move(Params));
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
    return explain(Params, std::move(ID));
  if (Method == "textDocument/hover")
    return hover(std::move(Params), std::move(ID));
  if (Method == "initialize") {
    initialize(Params, ID);
  } else if (Method == "textDocument/codeAction") {
    std::lock_guard<std::mutex> Lock(Guard);
    CodeActions.insert_or_assign(text(ID), Params);
  }
  return Server->onCall(Method, std::move(Params), std::move(ID));
}

void Decorator::initialize(const Value &Params, const Value &ID) {
  ShowsLinks = isTrue(within(Params, {"capabilities", "textDocument", "publishDiagnostics", "codeDescriptionSupport"}));
  TakesActions = within(Params, {"capabilities", "textDocument", "codeAction", "codeActionLiteralSupport"}) != nullptr;
  const Value *Formats = within(Params, {"capabilities", "textDocument", "hover", "contentFormat"});
  const json::Array *InOrder = Formats ? Formats->getAsArray() : nullptr;
  ReadsMarkdown = InOrder && !InOrder->empty() && InOrder->front() == Value("markdown"); // as clangd chooses
  if (const Value *Ours = within(Params, {"initializationOptions", "nettune"}))
    if (const json::Object *O = Ours->getAsObject())
      Given.take(*O);
  std::lock_guard<std::mutex> Lock(Guard);
  Initializing = text(ID);
}

/// clangd has settings of its own in the same message.
bool Decorator::configure(Value Params) {
  const Value *Ours = within(Params, {"settings", "nettune"});
  const json::Object *O = Ours ? Ours->getAsObject() : nullptr;
  bool IsOther = O && Given.take(*O);
  bool Goes = Server->onNotify("workspace/didChangeConfiguration", std::move(Params));
  sayWords();
  return Goes && (!IsOther || rebuildAll());
}

bool Decorator::hover(Value Params, Value ID) {
  unsigned Number;
  {
    std::lock_guard<std::mutex> Lock(Guard);
    Number = ++Count;
    HoverOf[text(ID)] = Number;
    Hovers.emplace(Number, Hover{ID, fileOf(Params), std::nullopt, std::nullopt});
  }
  return Server->onCall("textDocument/symbolInfo", Params, ownId(Number)) &&
         Server->onCall("textDocument/hover", std::move(Params), std::move(ID));
}

bool Decorator::explain(const Value &Params, Value ID) {
  const json::Object *P = Params.getAsObject();
  const json::Object *Position = P ? P->getObject("position") : nullptr;
  auto Line = Position ? Position->getInteger("line") : std::nullopt;
  bool IsLine = Line && *Line >= 0 && *Line < std::numeric_limits<unsigned>::max();
  auto Why = IsLine ? Known.at(fileOf(Params), static_cast<unsigned>(*Line) + 1) : std::nullopt;
  send(std::move(ID), Why ? explanation(*Why) : Value(nullptr));
  return true;
}

bool Decorator::onReply(Value ID, Result R) { return Server->onReply(std::move(ID), std::move(R)); }

} // namespace nettune::editor
