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

void InputPump::start(std::function<std::string()> Poll, std::function<bool()> IsOver) {
  // Signals are the server's: its thread looks for them between two reads.
  sigset_t All, Before;
  sigfillset(&All);
  pthread_sigmask(SIG_SETMASK, &All, &Before);
  std::thread([this] { copy(); }).detach();
  std::thread([this, Poll = std::move(Poll), IsOver = std::move(IsOver)] {
    while (true) {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      // In the middle of a message the next second will do.
      if (std::unique_lock<std::mutex> Lock(Guard, std::try_to_lock); Lock && IsOver())
        return end();
      if (std::string Message = Poll(); !Message.empty() && !write(framed(Message)))
        return;
    }
  }).detach();
  pthread_sigmask(SIG_SETMASK, &Before, nullptr);
}

bool InputPump::write(const std::string &Bytes) {
  std::lock_guard<std::mutex> Lock(Guard);
  return writePart(Bytes);
}

bool InputPump::writePart(llvm::StringRef Bytes) {
  for (std::size_t Done = 0; Out >= 0 && Done < Bytes.size();) {
    ssize_t N = ::write(Out, Bytes.data() + Done, Bytes.size() - Done);
    if (N < 0 && errno != EINTR)
      return false;
    Done += N > 0 ? static_cast<std::size_t>(N) : 0;
  }
  return Out >= 0;
}

/// A header's end is an empty line; what is behind it has the length that a header said.
bool InputPump::copyMessage(Line &L) {
  ssize_t Size = getline(&L.Text, &L.Capacity, From);
  std::lock_guard<std::mutex> Lock(Guard); // until the message is whole
  for (std::size_t Length = 0; Size > 0; Size = getline(&L.Text, &L.Capacity, From)) {
    llvm::StringRef Header(L.Text, static_cast<std::size_t>(Size));
    if (!writePart(Header))
      return false;
    Header = Header.trim();
    if (Header.consume_front_insensitive("content-length:"))
      Header.trim().getAsInteger(0, Length); // the base as clangd takes it
    if (!Header.empty())
      continue;
    char Part[1 << 16];
    while (Length) {
      std::size_t Got = fread(Part, 1, std::min(Length, sizeof Part), From);
      if (!Got || !writePart({Part, Got}))
        return false;
      Length -= Got;
    }
    return true;
  }
  return false;
}

void InputPump::copy() {
  Line L;
  while (copyMessage(L))
    ;
  free(L.Text);
  std::lock_guard<std::mutex> Lock(Guard);
  end();
}

void InputPump::end() {
  if (Out >= 0)
    close(Out);
  Out = -1;
}

} // namespace nettune::editor
