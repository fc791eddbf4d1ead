//===- CountFacts.h - numbers of threads and of bytes -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_COUNTFACTS_H
#define NETTUNE_SUMMARY_COUNTFACTS_H

#include "summary/Edit.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace nettune::summary {

/// A number of threads that the code asks for: PerCore × cores + Constant, kept
/// between AtLeast and AtMost.
struct ThreadCount {
  FunctionId In;
  Place Where;
  double PerCore = 0, Constant = 0, AtLeast = 0, AtMost = 0;
  model::Pool Runs = model::Pool::Compute;
  /// Lives as long as the other counts of In that are Lasting.
  bool Lasting = false;
  /// Names the object that has the threads; the same object counts once.
  std::string Object;
  /// Where the constant is written; Line 0: at Where.
  Place Origin;

  double at(double Cores) const {
    return std::min(AtMost, std::max(AtLeast, PerCore * Cores + Constant));
  }
};

/// Arithmetic on a number of cores that may be 0, used as a count of threads.
struct UnclampedCores {
  FunctionId In;
  Place Where;
  std::string Cores;  ///< the function that says how many
  std::string AtZero; ///< what the arithmetic gives if that is 0
  /// The arithmetic wraps: it is the cores that need a least value, not the count.
  bool ClampCores = false;
  unsigned Least = 1;
  std::vector<Edit> Fix;
};

/// A statement that makes a thread each time it runs, unless the code around it
/// bounds how many there are.
struct ThreadMade {
  FunctionId In;
  LoopNest Loops;
  Place Where;
  std::string Api;
};

/// A read from a stream into a buffer of constant size.
struct StreamRead {
  FunctionId In;
  LoopNest Loops;
  Place Where;
  std::string Api;
  std::string Stream;      ///< names the stream's variable or field
  std::int64_t Bytes = 0;  ///< that one read can take
  bool Whole = false;      ///< reads until the buffer is full
  bool Repeated = false;   ///< by a loop that holds no other read of the stream
  bool Later = false;      ///< the call returns before the data is there
  bool Gathers = false;    ///< what was read is put into something larger, or looked at
  std::int64_t Frame = 0;  ///< the loop goes on until so many bytes are there; 0: not known
  Place FrameAt;
};

/// The size of an object's read buffer, given as a number.
struct ReadBufferSetting {
  FunctionId In;
  Place Where;
  std::int64_t Bytes = 0;
  std::int64_t Message = 0; ///< the size of a message, said in the same function; 0: not known
  Place MessageAt;
};

struct CountFacts {
  std::vector<ThreadCount> Threads;
  std::vector<UnclampedCores> Unclamped;
  std::vector<ThreadMade> Made;
  std::vector<StreamRead> Reads;
  std::vector<ReadBufferSetting> ReadBuffers;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_COUNTFACTS_H
