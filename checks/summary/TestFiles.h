//===- TestFiles.h - which sources are tests --------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SUMMARY_TESTFILES_H
#define NETTUNE_SUMMARY_TESTFILES_H

#include <llvm/ADT/StringRef.h>

namespace nettune::summary {

/// By the name alone: "test_queue.cpp", "queue_test.cpp", "QueueTests.cpp".
bool isTestFile(llvm::StringRef Path);

} // namespace nettune::summary

#endif // NETTUNE_SUMMARY_TESTFILES_H
