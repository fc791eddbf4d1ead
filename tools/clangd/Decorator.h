//===- Decorator.h - between clangd and the editor --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_DECORATOR_H
#define NETTUNE_CLANGD_DECORATOR_H

#include "ClangdInterface.h"
#include "Indexes.h"
#include "Settings.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>

namespace nettune::editor {

/// Passes all on, and adds what nettune knows.
class Decorator : public clang::clangd::Transport, public clang::clangd::Transport::MessageHandler {
public:
  using Value = llvm::json::Value;
  using Result = llvm::Expected<Value>;

  /// \p Guide: see decorateDiagnostics().
  Decorator(std::unique_ptr<Transport> Below, Indexes &Known, Settings &Given, std::function<std::string(llvm::StringRef)> Guide)
      : Below(std::move(Below)), Known(Known), Given(Given), Guide(std::move(Guide)) {}

  // From the server.
  void notify(llvm::StringRef Method, Value Params) override;
  void call(llvm::StringRef Method, Value Params, Value ID) override;
  void reply(Value ID, Result R) override;
  llvm::Error loop(MessageHandler &Server) override;

  // From the editor.
  bool onNotify(llvm::StringRef Method, Value Params) override;
  bool onCall(llvm::StringRef Method, Value Params, Value ID) override;
  bool onReply(Value ID, Result R) override;

  /// The method by which the pump says that an index has changed.
  static constexpr llvm::StringLiteral IndexChanged = "nettune/indexChanged";

private:
  /// A hover that waits for its own answer and for the symbol under it.
  struct Hover {
    Value ID;
    std::string File;
    std::optional<Value> Answer, Symbols;
  };
  void initialize(const Value &Params, const Value &ID);
  bool configure(Value Params);
  bool hover(Value Params, Value ID);
  bool explain(const Value &Params, Value ID);
  bool rebuildAll();
  void finish(std::map<unsigned, Hover>::iterator It);
  void send(Value ID, Result R);
  void sayWords();

  std::unique_ptr<Transport> Below;
  Indexes &Known;
  Settings &Given;
  std::function<std::string(llvm::StringRef)> Guide;
  MessageHandler *Server = nullptr;
  Documents Open;
  // What the editor can do; before anything else is asked.
  std::atomic<bool> ShowsLinks = false;   ///< it makes codeDescription a link
  std::atomic<bool> TakesActions = false; ///< code actions that are no commands
  std::atomic<bool> ReadsMarkdown = false; ///< in a hover
  std::mutex ToEditor; ///< one message at a time
  std::mutex Guard;    ///< of what follows
  std::map<unsigned, Hover> Hovers;
  std::map<std::string, unsigned> HoverOf;     ///< by the text of the ID
  std::map<std::string, Value> CodeActions;    ///< parameters, by the text of the ID
  std::string Initializing;                    ///< the text of the ID
  unsigned Count = 0;
};

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_DECORATOR_H
