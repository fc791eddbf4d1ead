//===- ClangdInterface.h - what is taken of clangd, whose headers are not shipped -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Declared as in clangd 22. Names and layouts are those of the library: the build
// refuses another major version, and test/editor notices what has changed.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_CLANGDINTERFACE_H
#define NETTUNE_CLANGD_CLANGDINTERFACE_H

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/JSON.h>

#include <clang/Basic/Version.h>

#include <cstdio>
#include <memory>

static_assert(CLANG_VERSION_MAJOR == 22, "clangd's interface is written down for this version");

namespace clang::clangd {

int clangdMain(int argc, char *argv[]);

/// A signal has asked the process to end.
bool shutdownRequested();

enum JSONStreamStyle { Standard, Delimited };

/// Carries messages between the server and the editor.
class Transport {
public:
  virtual ~Transport() = default;
  virtual void notify(llvm::StringRef Method, llvm::json::Value Params) = 0;
  virtual void call(llvm::StringRef Method, llvm::json::Value Params, llvm::json::Value ID) = 0;
  virtual void reply(llvm::json::Value ID, llvm::Expected<llvm::json::Value> Result) = 0;

  /// The server. False: shut down.
  class MessageHandler {
  public:
    virtual ~MessageHandler() = default;
    virtual bool onNotify(llvm::StringRef Method, llvm::json::Value Params) = 0;
    virtual bool onCall(llvm::StringRef Method, llvm::json::Value Params, llvm::json::Value ID) = 0;
    virtual bool onReply(llvm::json::Value ID, llvm::Expected<llvm::json::Value> Result) = 0;
  };
  virtual llvm::Error loop(MessageHandler &) = 0;
};

std::unique_ptr<Transport> newJSONTransport(std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *InMirror,
                                            bool Pretty, JSONStreamStyle Style);

} // namespace clang::clangd

#endif // NETTUNE_CLANGD_CLANGDINTERFACE_H
