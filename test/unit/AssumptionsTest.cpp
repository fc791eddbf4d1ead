//===- AssumptionsTest.cpp - callables given to unseen code ---------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Assumptions.h"

#include <gtest/gtest.h>

namespace nettune::summary {
namespace {

/// How many registrations are assumed if a callable is given to such a function.
std::size_t assumed(llvm::StringRef Taker, unsigned Flags = 0, CallKind K = CallKind::Direct, bool Overridden = false) {
  Facts F;
  FunctionId Main = F.function("c:main"), Handler = F.function("c:handler"), Given = F.function("c:taker");
  F.Functions[Given].Name = F.string(Taker);
  F.Functions[Given].Flags = Flags;
  F.call({Main, K, Given, {}, {{}, {Atom::function(Handler)}}, {}, {}});
  if (Overridden)
    F.Overrides.push_back({F.function("c:derived"), Given});
  F = withAssumptions(std::move(F));
  for (const Registration &R : F.Registrations) {
    EXPECT_TRUE(R.Assumed);
    EXPECT_EQ(R.Callables, AtomSet{Atom::function(Handler)});
    EXPECT_EQ(F.text(R.Api), Taker);
  }
  return F.Registrations.size();
}

TEST(Assumptions, NamesThatSpeakOfEvents) {
  for (llvm::StringRef Name : {"set_callback", "net::Loop::addHandler", "on_read", "Loop::onRead", "subscribe", "asyncCall",
                               "Loop::registerTimer", "setOnClose", "http::server::route"})
    EXPECT_EQ(assumed(Name), 1u) << Name.str();
  for (llvm::StringRef Name : {"for_each", "sort", "onion", "once", "only_if", "events::visit", "watcher::sort", "retry"})
    EXPECT_EQ(assumed(Name), 0u) << Name.str();
}

TEST(Assumptions, OnlyOfTheProjectsUnseenFunctions) {
  EXPECT_EQ(assumed("on_read", Function::HasBody), 0u);
  EXPECT_EQ(assumed("on_read", Function::Library), 0u);
  EXPECT_EQ(assumed("on_read", 0, CallKind::Virtual), 1u);
  EXPECT_EQ(assumed("on_read", 0, CallKind::Virtual, /*Overridden=*/true), 0u);
}

} // namespace
} // namespace nettune::summary
