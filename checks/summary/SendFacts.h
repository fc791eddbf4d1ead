//===- SendFacts.h - what becomes of a send's report ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_SENDFACTS_H
#define NETTUNE_SUMMARY_SENDFACTS_H

#include "summary/Edit.h"

#include <set>
#include <string>
#include <vector>

namespace nettune::summary {

/// What became of a value that tells whether, or how much, was sent.
enum class Fate {
  Used,        ///< something depends on it, or nothing is known
  Tested,      ///< a count: only asked whether there was an error
  Discarded,   ///< nobody takes it
  Voided,      ///< thrown away in so many words: cast to void, std::ignore
  NeverRead,   ///< kept in Holder
  Overwritten, ///< kept in Holder, and the loop's next one replaces it
  Logged,      ///< only printed
  Added,       ///< added to Holder, -1 and all
  AsBool,      ///< -1 is true as well
  Ignored,     ///< a handler's parameter that has no name or is not read
  Unbound,     ///< the handler is not given it
  Replaced     ///< Holder is bound in its place
};

/// What tells of an error.
enum class Teller { Result, ErrorCode, Handler };

/// One call that sends.
struct SendUse {
  FunctionId In;
  std::string Api;
  std::string Loses; ///< model::Entry::Loses
  Place Where;
  Fate Error = Fate::Used;
  /// Where the error is lost: of a handler its parameter.
  Place Lost;
  std::string Holder;
  Teller Told = Teller::Result;
  /// The call may send a part, and says how much.
  bool Partial = false;
  Fate Count = Fate::Used;
  /// The library's call that sends everything, "asio::write"; empty: there is none.
  std::string Whole;
  /// Makes Whole of it.
  std::vector<Edit> Fixes;
  /// Of a C function: who holds the descriptor.
  std::string Descriptor;
  /// The function takes descriptors of any kind: a finding needs to know that
  /// this one is a socket.
  bool AnyKind = false;
};

/// A loop goes on to its next message although this one was not sent.
struct DroppedMessage {
  FunctionId In;
  std::string Api;
  Place Send;
  Place Where;
  std::string Statement; ///< what goes on: "continue", "return", or the name of a pause
  std::string Message;   ///< the variable that holds it
  std::string Pause;     ///< the call that lets time pass before, empty if there is none
  std::string Descriptor;
  bool AnyKind = false;
};

/// One descriptor flows into a parameter.
struct DescriptorFlow {
  std::string From, To;
};

struct SendFacts {
  std::vector<SendUse> Uses;
  std::vector<DroppedMessage> Dropped;
  /// Descriptors that are sockets: accepted, connected, received from.
  std::vector<std::string> Sockets;
  std::vector<std::string> Datagrams; ///< made with SOCK_DGRAM
  /// Sockets that keep the limits of messages: SOCK_SEQPACKET, pairs of SOCK_DGRAM.
  std::vector<std::string> Packets;
  std::vector<DescriptorFlow> Flows;
  /// Into variables: a copy, an element of a pair, what a listener accepts.
  std::vector<DescriptorFlow> Copies;
};

/// What is known about the descriptors of one TU, parameters included.
class SocketSet {
public:
  explicit SocketSet(const SendFacts &F);

  /// The call sends on a stream socket, as far as is known.
  template <typename Fact> bool isStream(const Fact &F) const {
    return Datagrams.count(F.Descriptor) == 0 && (!F.AnyKind || Sockets.count(F.Descriptor) != 0);
  }

  /// The call may send a part.
  template <typename Fact> bool isCut(const Fact &F) const {
    return isStream(F) && Packets.count(F.Descriptor) == 0;
  }

private:
  std::set<std::string> Sockets, Datagrams, Packets;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_SENDFACTS_H
