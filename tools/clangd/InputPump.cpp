//===- InputPump.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InputPump.h"

#include <llvm/ADT/StringRef.h>

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace nettune::editor {

InputPump::InputPump(std::FILE *From) : From(From) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC))
    return;
  Into = fdopen(Ends[0], "r");
  Out = Ends[1];
}

static std::string framed(const std::string &Message) {
  return "Content-Length: " + std::to_string(Message.size()) + "\r\n\r\n" + Message;
}

void InputPump::start(std::function<std::string()> Poll) {
  // Signals are the server's: its thread looks for them between two reads.
  sigset_t All, Before;
  sigfillset(&All);
  pthread_sigmask(SIG_SETMASK, &All, &Before);
  std::thread([this] { copy(); }).detach();
  std::thread([this, Poll = std::move(Poll)] {
    while (true) {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      if (std::string Message = Poll(); !Message.empty() && !write(framed(Message)))
        return;
    }
  }).detach();
  pthread_sigmask(SIG_SETMASK, &Before, nullptr);
}

bool InputPump::write(const std::string &Bytes) {
  std::lock_guard<std::mutex> Lock(Guard);
  for (std::size_t Done = 0; Out >= 0 && Done < Bytes.size();) {
    ssize_t N = ::write(Out, Bytes.data() + Done, Bytes.size() - Done);
    if (N < 0 && errno != EINTR)
      return false;
    Done += N > 0 ? static_cast<std::size_t>(N) : 0;
  }
  return Out >= 0;
}

/// A header's end is an empty line; what is behind it has the length that a header said.
void InputPump::copy() {
  char *Line = nullptr;
  std::size_t Capacity = 0, Length = 0;
  std::string Message;
  for (ssize_t Size; (Size = getline(&Line, &Capacity, From)) > 0;) {
    Message.append(Line, static_cast<std::size_t>(Size));
    llvm::StringRef Header = llvm::StringRef(Line, static_cast<std::size_t>(Size)).trim();
    if (Header.consume_front_insensitive("content-length:"))
      Header.trim().getAsInteger(10, Length);
    if (!Header.empty())
      continue;
    std::size_t Begin = Message.size();
    // Read in parts: a wrong length is no reason to take that much memory.
    for (std::size_t Left = Length; Left;) {
      char Part[1 << 16];
      std::size_t Got = fread(Part, 1, std::min(Left, sizeof Part), From);
      if (!Got)
        break;
      Message.append(Part, Got);
      Left -= Got;
    }
    bool Whole = Message.size() - Begin == Length;
    if (!write(Message) || !Whole)
      break;
    Message.clear();
    Length = 0;
  }
  free(Line);
  std::lock_guard<std::mutex> Lock(Guard);
  close(Out);
  Out = -1;
}

} // namespace nettune::editor
