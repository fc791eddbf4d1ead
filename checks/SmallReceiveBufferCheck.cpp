//===- SmallReceiveBufferCheck.cpp ----------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallReceiveBufferCheck.h"

#include "FactOrder.h"

#include <map>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

/// Below it, reads cost more than what they bring, whatever the messages are.
static constexpr std::int64_t TinyBytes = 64;

static std::string count(std::int64_t N) { return std::to_string(N); }

static std::string bytes(std::int64_t N) { return count(N) + (N == 1 ? " byte" : " bytes"); }

static bool isTooSmall(std::int64_t Buffer, std::int64_t Message) {
  return Buffer < ::nettune::model::builtInReference().Limits.AmpleReadBuffer && Message >= 2 * Buffer;
}

static Finding forMessages(Place Where, std::int64_t Buffer, std::int64_t Message, Place Said) {
  std::int64_t Reads = (Message + Buffer - 1) / Buffer;
  Finding F{Where,
            {"read buffer of %0 takes %1 reads for a message of %2; give it the size of a message",
             {bytes(Buffer), count(Reads), bytes(Message)}},
            {},
            {}};
  if (Said.Line != 0)
    F.Notes.push_back({Said, {"a message has %0 here", {bytes(Message)}}});
  return F;
}

void SmallReceiveBufferCheck::settings(const TuFacts &Facts) {
  for (const ReadBufferSetting *S : onePerPlace(Facts.P, Facts.Local.Counts.ReadBuffers)) {
    bool Told = S->Message > 0;
    std::int64_t Message = Told ? S->Message : options().TypicalMessageBytes;
    if (isTooSmall(S->Bytes, Message))
      report(forMessages(S->Where, S->Bytes, Message, Told ? S->MessageAt : Place()));
  }
}

/// The largest message that the program reads whole from the stream.
static std::int64_t wholeFrame(const std::vector<const StreamRead *> &Reads, const StreamRead &R, Place &Said) {
  std::int64_t Largest = 0;
  for (const StreamRead *Other : Reads)
    if (Other->Whole && Other->Stream == R.Stream && Other->Bytes > Largest) {
      Largest = Other->Bytes;
      Said = Other->Where;
    }
  return Largest;
}

void SmallReceiveBufferCheck::analyze(const TuFacts &Facts) {
  // Many idle connections pay for each byte of their buffers.
  const bool MemoryFirst = options().savesReadBuffers();
  if (!MemoryFirst)
    settings(Facts);
  std::vector<const StreamRead *> Reads = onePerPlace(Facts.P, Facts.Local.Counts.Reads);
  for (const StreamRead *R : Reads) {
    bool Again = R->Repeated || (R->Later && R->Loops.empty() && Facts.runsOnLoop(R->In, {}));
    if (!Again || R->Whole)
      continue;
    Place Said = R->FrameAt;
    std::int64_t Message = R->Frame ? R->Frame : wholeFrame(Reads, *R, Said);
    if (!Message)
      Message = options().TypicalMessageBytes;
    if (!MemoryFirst && R->Bytes >= TinyBytes && isTooSmall(R->Bytes, Message))
      report(forMessages(R->Where, R->Bytes, Message, Said));
    else if (R->Bytes < TinyBytes && R->Gathers)
      report({R->Where,
              {"%0 takes %1 at a time from a stream; read into a larger buffer and cut messages there",
               {"'" + R->Api + "'", bytes(R->Bytes)}},
              {},
              {}});
  }
}

} // namespace clang::tidy::nettune
