//===- FactsText.h - facts compared table by table --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_UNIT_FACTSTEXT_H
#define NETTUNE_TEST_UNIT_FACTSTEXT_H

#include "summary/Facts.h"

#include <gtest/gtest.h>

namespace nettune::summary {

template <typename T> void expectSameLists(const ListTable<T> &A, const ListTable<T> &B) {
  ASSERT_EQ(A.size(), B.size());
  for (std::uint32_t I = 0; I < A.size(); ++I)
    EXPECT_EQ(A[I], B[I]) << I;
}

/// Number for number.
inline void expectSameTables(const Facts &A, const Facts &B) {
  ASSERT_EQ(A.Strings.size(), B.Strings.size());
  for (StringId I = 0; I < A.Strings.size(); ++I)
    EXPECT_EQ(A.text(I), B.text(I));
  expectSameLists(A.AtomSets, B.AtomSets);
  expectSameLists(A.ArgumentLists, B.ArgumentLists);
  expectSameLists(A.Nests, B.Nests);
  EXPECT_TRUE(A.Functions == B.Functions);
  EXPECT_TRUE(A.Slots == B.Slots);
  EXPECT_TRUE(A.Flows == B.Flows);
  EXPECT_TRUE(A.Calls == B.Calls);
  EXPECT_TRUE(A.Registrations == B.Registrations);
  EXPECT_TRUE(A.Roots == B.Roots);
  EXPECT_TRUE(A.Overrides == B.Overrides);
  EXPECT_TRUE(A.Waits == B.Waits);
  EXPECT_TRUE(A.Accepts == B.Accepts);
  EXPECT_TRUE(A.Sites == B.Sites);
  EXPECT_TRUE(A.ConstantArguments == B.ConstantArguments);
  EXPECT_TRUE(A.ParameterConditions == B.ParameterConditions);
  EXPECT_TRUE(A.NonblockingFds == B.NonblockingFds);
  EXPECT_TRUE(A.Takers == B.Takers);
  EXPECT_TRUE(A.Moves == B.Moves);
  EXPECT_TRUE(A.Contexts == B.Contexts);
}

} // namespace nettune::summary

#endif // NETTUNE_TEST_UNIT_FACTSTEXT_H
