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
  ReceivedData(const Facts &F, const CallableSolver &Calls, const CopyFacts &Copies);

  bool holds(SlotId S) const { return Received.contains(S); }
  bool isReceived(const BufferCopy &C) const;

private:
  void addHandlers();
  void addPayloads(FunctionId Handler, const std::vector<model::Parameter> &Parameters);
  void addFlow(SlotId From, SlotId To) { Next[From].push_back(To); }
  void spread();

  const Facts &F;
  const CallableSolver &Calls;
  llvm::DenseMap<FunctionId, std::vector<const DataParameter *>> ParametersOf;
  llvm::DenseMap<SlotId, std::vector<SlotId>> Next;
  llvm::DenseSet<SlotId> Received;
  std::vector<SlotId> Work;
};

/// The copies of received data, sorted by place; one a place, whatever the
/// instantiations, with an edit only if all of them, received or not, agree on it.
std::vector<BufferCopy> copiesOfReceived(const Facts &F, const ReceivedData &Data,
                                         const CopyFacts &Copies);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_RECEIVEDDATA_H
