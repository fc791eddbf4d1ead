//===- CopyFacts.h - received data and copies of it -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a copy is one of received data is known only when the whole program
// is: a function copies its parameter, and who calls it with what stands
// elsewhere. So each copy names the slots that its bytes come from, and
// ReceivedData says which slots hold received data.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_COPYFACTS_H
#define NETTUNE_SUMMARY_COPYFACTS_H

#include "summary/Edit.h"

#include <string>
#include <vector>

namespace nettune::summary {

/// One copy whose uses in its function show that it is not needed.
struct BufferCopy {
  enum class Kind {
    Reads,       ///< an object of the same type, only read
    ReadsAsView, ///< an object made of a pointer and a length, only read as a view could be
    Parameter,   ///< a parameter taken by value, only read
    RunsAtOnce,  ///< captured by value in a lambda that runs before its source can change
    LastUse,     ///< captured or passed by value where the source is not used again
    EachTime,    ///< captured by value in each iteration, only read there
    Elements,    ///< std::move(first, last, out) over elements for which it is a copy
    ConstMoved   ///< std::move of what is const
  };
  FunctionId In;
  Kind K;
  std::vector<SlotId> Sources; ///< received if one of them is
  std::string From, Into;      ///< as written; Into may be empty
  std::string Instead;         ///< what would do: "a std::string_view", the text to write
  std::uint64_t MostBytes = 0; ///< 0: not known
  /// Reported wherever the bytes come from.
  bool Always = false;
  Place Where;
  Place Passed; ///< Parameter: the call
  std::vector<Edit> Fixes;
};

struct CopyFacts {
  std::vector<BufferCopy> Copies;
};

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_COPYFACTS_H
