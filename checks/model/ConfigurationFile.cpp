//===- ConfigurationFile.cpp - is a configuration right? --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConfigurationFile.h"

#include "ConfigurationReader.h"

#include <algorithm>

namespace nettune::model {

namespace {

/// A message stands behind its length (messaging.h, "Wire format").
constexpr std::int64_t LengthBytes = 4;

class Rules {
public:
  Rules(const ConfigurationReader &Values, const Thresholds &Limits,
        const ConfigurationTarget &Target, ConfigurationFindings &Into)
      : Values(Values), Limits(Limits), Target(Target), Into(Into) {}

  void apply() {
    threads();
    loops();
    messageLimit();
    pendingLimit();
    readBuffer();
    zeroCopy();
    connections();
    memory();
    if (Target.For)
      for (const Want &W : Target.For->Wants)
        wanted(W);
  }

private:
  bool isFor(std::string_view Name) const { return Target.For && Target.For->Name == Name; }

  /// More loop threads than cores cannot run at a time. Where no workload is named they may do
  /// other work as well.
  void threads() {
    const std::optional<Given> Threads = Values.server("thread_count");
    const bool Known = Target.For && !isFor("default");
    const std::int64_t Each = Known ? Limits.LoopThreadsPerCore : Limits.ThreadsPerCore;
    if (!Threads || Threads->Value <= Target.Cores * Each)
      return;
    Into.addAt(Threads->Node, "thread-count",
               counted(Threads->Value, "event-loop threads") + " for " +
                   counted(Target.Cores, "cores") +
                   "; remove 'thread_count', the default is one a usable CPU",
               "thread-oversubscription");
  }

  void loops() {
    const std::optional<Given> Loops = Values.server("io_threads");
    const std::optional<Given> Threads = Values.server("thread_count");
    const std::int64_t Most = Threads ? Threads->Value : Target.Cores;
    if (Loops && Loops->Node && Loops->Value > Most)
      Into.addAt(Loops->Node, "loops",
                 counted(Loops->Value, "event loops") + " for " + counted(Most, "threads") +
                     "; give 'io_threads' at most " + std::to_string(Most),
                 "thread-oversubscription");
  }

  void messageLimit() {
    const std::optional<Given> Payload = Values.load("payload");
    const std::optional<Given> Limit = Values.server("max_message_size");
    if (Payload && Limit && Payload->Value > Limit->Value)
      Into.addAt(Limit->Node ? Limit->Node : Payload->Node, "message-limit",
                 "messages of " + counted(Payload->Value, "bytes") +
                     " exceed 'max_message_size' of " + counted(Limit->Value, "bytes") +
                     "; send them in pieces, or raise it",
                 "settings");
  }

  /// A message is taken by an empty queue whatever its size, but then the next one is refused
  /// until it is gone.
  void pendingLimit() {
    const std::optional<Given> Pending = Values.server("max_pending_bytes");
    const std::optional<Given> Limit = Values.server("max_message_size");
    const bool Chosen = Pending && Limit && (Pending->Node || Limit->Node);
    if (Chosen && Pending->Value < Limit->Value)
      Into.addAt(Pending->Node ? Pending->Node : Limit->Node, "pending-limit",
                 "'max_pending_bytes' of " + counted(Pending->Value, "bytes") +
                     " is less than one message of " + counted(Limit->Value, "bytes") +
                     "; give it that much at least",
                 "ignored-send-result");
  }

  void readBuffer() {
    const std::optional<Given> Payload = Values.load("payload");
    const std::optional<Given> Buffer = Values.server("receive_buffer_size");
    const bool MemoryFirst = Target.For && Target.For->onlyLimits("receive_buffer_size");
    if (!Payload || !Buffer || MemoryFirst)
      return;
    const std::int64_t Message = Payload->Value + LengthBytes;
    const std::int64_t Enough = std::min(Message, Limits.AmpleReadBuffer);
    if (Buffer->Value >= Enough)
      return;
    const std::int64_t Reads = (Message + Buffer->Value - 1) / Buffer->Value;
    Into.addAt(Buffer->Node ? Buffer->Node : Payload->Node, "read-buffer",
               "a message of " + counted(Payload->Value, "bytes") + " takes " +
                   counted(Reads, "reads") + " of " + counted(Buffer->Value, "bytes") +
                   "; give 'receive_buffer_size' at least " + std::to_string(Enough),
               "small-receive-buffer");
  }

  void zeroCopy() {
    const std::optional<Given> ZeroCopy = Values.server("zero_copy");
    std::optional<Given> Size = Values.load("payload");
    if (!Size)
      Size = Values.server("max_message_size");
    if (ZeroCopy && ZeroCopy->Node && ZeroCopy->Value && Size && Size->Value < Limits.LeastZeroCopy)
      Into.addAt(ZeroCopy->Node, "zero-copy",
                 "'zero_copy' for messages of at most " + counted(Size->Value, "bytes") +
                     ", which are copied faster; remove it",
                 "file-transfer");
  }

  void connections() {
    const std::optional<Given> Limit = Values.server("max_connections");
    const std::optional<Given> Load = Values.load("connections");
    if (Limit && Load && Load->Value > Limit->Value)
      Into.addAt(Limit->Node ? Limit->Node : Load->Node, "connection-limit",
                 "the load has " + counted(Load->Value, "connections") + ", 'max_connections' is " +
                     std::to_string(Limit->Value) + "; give it that many at least",
                 "high-connections");
  }

  /// What slow receivers on all connections can make the server hold.
  void memory() {
    const std::optional<Given> Connections = Values.server("max_connections");
    const std::optional<Given> Bytes = Values.server("max_pending_bytes");
    const std::optional<Given> Messages = Values.server("max_pending_messages");
    const std::optional<Given> Size = Values.server("max_message_size");
    const std::optional<Given> Buffer = Values.server("receive_buffer_size");
    if (!Connections || !Bytes || !Messages || !Size || !Buffer)
      return;
    const double Pending = std::min(static_cast<double>(Bytes->Value),
                                    static_cast<double>(Messages->Value) * Size->Value);
    const double Worst = static_cast<double>(Connections->Value) * (Pending + Buffer->Value);
    const JsonNode *Where = nullptr; // defaults alone are measured by nobody's wish
    for (const Given *G : {&*Buffer, &*Bytes, &*Connections})
      if (G->Node)
        Where = G->Node;
    if (!Where || Worst <= static_cast<double>(Target.MemoryBytes))
      return;
    Into.addAt(Where, "memory",
               counted(Connections->Value, "connections") + " may hold " +
                   std::to_string(static_cast<std::int64_t>(Worst / (1 << 30))) + " GiB of " +
                   std::to_string(Target.MemoryBytes >> 30) +
                   " GiB; lower 'max_connections' or 'max_pending_bytes'",
               "high-connections");
  }

  void wanted(const Want &W) {
    const std::optional<Given> Has = Values.server(W.Key);
    if (W.Absent) {
      if (Has && Has->Node)
        say(W, *Has, "is given", "remove it");
      return;
    }
    if (!Has)
      return;
    if (W.Is && (Has->Value != 0) != *W.Is)
      say(W, *Has, *W.Is ? "is false" : "is true", *W.Is ? "set it to true" : "remove it");
    else if (W.Least && Has->Value < *W.Least)
      say(W, *Has, "is " + std::to_string(Has->Value),
          "give it at least " + std::to_string(*W.Least));
    else if (W.Most && Has->Value > *W.Most)
      say(W, *Has, "is " + std::to_string(Has->Value),
          "give it at most " + std::to_string(*W.Most));
  }

  void say(const Want &W, const Given &Has, const std::string &Seen, const std::string &Action) {
    Into.addAt(Has.Node, "workload",
               inQuotes(W.Key) + " " + Seen + (Has.Node ? "" : " by default") + " for " +
                   Target.For->Name + ", where " + W.Why + "; " + Action,
               Target.For->Section);
  }

  const ConfigurationReader &Values;
  const Thresholds &Limits;
  const ConfigurationTarget &Target;
  ConfigurationFindings &Into;
};

} // namespace

std::vector<ConfigurationFinding> checkConfiguration(std::string_view Text, const Reference &R,
                                                     const ConfigurationTarget &Target) {
  ConfigurationFindings Found(Text);
  JsonError Error;
  const std::optional<JsonNode> Root = parseJson(Text, Error);
  if (!Root) {
    Found.add(Error.Offset, "syntax", Error.Message, "settings");
    return Found.take();
  }
  ConfigurationReader Values(R, Found);
  Values.read(*Root);
  Rules(Values, R.Limits, Target, Found).apply();
  return Found.take();
}

} // namespace nettune::model
