//===- Affinity.h - handlers of objects on other threads --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Some libraries run a handler on the thread of the object that it belongs to.
// Which object that is nobody can say, but its class is known: if the program
// moves an object of that class to another thread, its handlers may be there.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_AFFINITY_H
#define NETTUNE_SUMMARY_AFFINITY_H

#include "summary/Facts.h"

namespace nettune::summary {

/// \p F, where registrations and roots whose context is a moved class, a base or
/// a derived class of one run on a worker.
Facts withAffinity(Facts F);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_AFFINITY_H
