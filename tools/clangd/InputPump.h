//===- InputPump.h - messages of our own between those of the editor -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_CLANGD_INPUTPUMP_H
#define NETTUNE_CLANGD_INPUTPUMP_H

#include <llvm/ADT/StringRef.h>

#include <cstdio>
#include <functional>
#include <mutex>
#include <string>

namespace nettune::editor {

/// Copies the editor's messages from one stream to another, whole ones at a time, so that
/// others may come in between. Lives as long as the process.
class InputPump {
public:
  explicit InputPump(std::FILE *From);
  InputPump(const InputPump &) = delete;

  /// What the server reads; null: no pipe could be made.
  std::FILE *stream() const { return Into; }

  /// Starts the copying, and asks \p Poll each second for a message to put in; empty: none.
  /// The server's input ends, too, when \p IsOver says so: a signal that came to a process
  /// does not always reach the thread that reads.
  void start(std::function<std::string()> Poll, std::function<bool()> IsOver);

private:
  struct Line {
    char *Text = nullptr;
    std::size_t Capacity = 0;
  };
  void copy();
  /// False: there is no more, or nobody takes it.
  bool copyMessage(Line &L);
  bool write(const std::string &Bytes);
  bool writePart(llvm::StringRef Bytes);
  void end();

  std::FILE *From, *Into = nullptr;
  int Out = -1;
  std::mutex Guard;
};

} // namespace nettune::editor

#endif // NETTUNE_CLANGD_INPUTPUMP_H
