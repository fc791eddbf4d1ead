//===- ReceivedData.h - which slots hold received data ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows received bytes from where the models say they come in, a payload
// parameter of a registered handler or a buffer that a read fills, along
// references, views, copies and arguments. In which order things happen is not
// asked.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_RECEIVEDDATA_H
#define NETTUNE_SUMMARY_RECEIVEDDATA_H

#include "summary/CallableSolver.h"
#include "summary/CopyFacts.h"

namespace nettune::summary {

class ReceivedData {
public:
  /// \p Calls is solved.
  ReceivedData(const Facts &F, const CallableSolver &Calls);

  bool holds(SlotId S) const { return Received.contains(S); }
  bool isReceived(const BufferCopy &C) const;
  /// Where what a slot holds was received: the read, or the handler that it is
  /// given to; Line 0 if holds() is false.
  Place origin(SlotId S) const { return Received.lookup(S); }
  /// That of the first received source.
  Place origin(const BufferCopy &C) const;

private:
  void addHandlers();
  void addPayloads(FunctionId Handler, const std::vector<model::Parameter> &Parameters);
  void addFlow(SlotId From, SlotId To) { Next[From].push_back(To); }
  void spread();

  struct Arrival {
    SlotId At;
    Place Origin;
  };

  const Facts &F;
  const CallableSolver &Calls;
  llvm::DenseMap<FunctionId, std::vector<const DataParameter *>> ParametersOf;
  llvm::DenseMap<SlotId, std::vector<SlotId>> Next;
  llvm::DenseMap<SlotId, Place> Received;
  std::vector<Arrival> Work;
};

/// The copies of received data, sorted by place; one a place, whatever the
/// instantiations, with an edit only if all of them, received or not, agree on it.
std::vector<BufferCopy> copiesOfReceived(const Facts &F, const ReceivedData &Data,
                                         const CopyFacts &Copies);
/// The other places where bytes are copied, likewise, with all sources of each.
std::vector<BufferCopy> copiesOfUnknown(const Facts &F, const ReceivedData &Data,
                                        const CopyFacts &Copies);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_RECEIVEDDATA_H
