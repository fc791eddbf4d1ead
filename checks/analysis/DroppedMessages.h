//===- DroppedMessages.h - loops that leave a message unsent ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_DROPPEDMESSAGES_H
#define NETTUNE_ANALYSIS_DROPPEDMESSAGES_H

#include "analysis/CallFacts.h"
#include "analysis/ResultUse.h"
#include "summary/SendFacts.h"

namespace nettune::analysis {

/// \p Site is a send in the body that \p Uses is of. If the loop around it takes
/// its next message after a failure and did nothing with this one, says so;
/// \p Use has the call's name, place and descriptor.
void findDroppedMessage(Extraction &X, ResultUse &Uses, const CallSite &Site, const model::Entry &M,
                        const summary::SendUse &Use);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_DROPPEDMESSAGES_H
