//===- LocalFacts.h - what is found inside one function ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts that need no other function: how the result of a send is used, what is
// copied, how many threads are asked for. A check joins them with the Program,
// which says where the function runs. Plain data, like Facts.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_LOCALFACTS_H
#define NETTUNE_SUMMARY_LOCALFACTS_H

#include "summary/CopyFacts.h"
#include "summary/CountFacts.h"
#include "summary/Edit.h"
#include "summary/SendFacts.h"

namespace nettune::summary {

struct LocalFacts {
  CopyFacts Copies;
  CountFacts Counts;
  SendFacts Sends;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_LOCALFACTS_H
