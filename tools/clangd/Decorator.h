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

  struct Hooks {
    std::function<std::string(llvm::StringRef)> Guide;       ///< see decorateDiagnostics()
    std::function<void(const llvm::json::Object &)> Settings; ///< `nettune` of the initializationOptions
  };
  Decorator(std::unique_ptr<Transport> Below, Indexes &Known, Hooks H)
      : Below(std::move(Below)), Known(Known), H(std::move(H)) {}

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
  /// A question that waits for the file's outline.
  struct Explain {
    Value ID;
    std::string File;
    unsigned Line; ///< from 0
  };
  bool hover(Value Params, Value ID);
  bool explain(Value Params, Value ID);
  bool rebuildAll();
  void finish(unsigned HoverNumber);
  void finish(const Explain &Asked, const Value &Outline);
  bool replyOwn(llvm::StringRef ID, Result &R);
  void send(Value ID, Result R);
  void sayWords();

  std::unique_ptr<Transport> Below;
  Indexes &Known;
  Hooks H;
  MessageHandler *Server = nullptr;
  Documents Open;
  std::atomic<bool> ShowsLinks = false; ///< the editor makes codeDescription a link
  std::mutex ToEditor; ///< one message at a time
  std::mutex Guard;    ///< of what follows
  std::map<unsigned, Hover> Hovers;
  std::map<unsigned, Explain> Explains;
  std::map<std::string, unsigned> HoverOf;     ///< by the text of the ID
  std::map<std::string, Value> CodeActions;    ///< parameters, by the text of the ID
  std::string Initialize; ///< the text of that request's ID
  unsigned Count = 0;
};

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_DECORATOR_H
