//===- CoreCountEvalTest.cpp - multiples of the machine's cores -----------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProbedCode.h"

using namespace nettune::analysis;

namespace {

/// What the check asks of a quantity: its value on machines of 0, 2 and 8 cores.
struct Seen {
  double AtNone, AtTwo, AtEight;
  bool Clamped;
  bool operator==(const Seen &) const = default;
};
void PrintTo(const Seen &S, std::ostream *Out) {
  *Out << "{" << S.AtNone << ", " << S.AtTwo << ", " << S.AtEight << ", " << S.Clamped << "}";
}
constexpr bool Clamped = true, Bare = false;
constexpr std::nullopt_t Unknown = std::nullopt;

const std::string Machine = R"(#include <algorithm>
  #include <thread>
  static unsigned cores() { return std::thread::hardware_concurrency(); }
  static unsigned usable() { const unsigned n = std::thread::hardware_concurrency(); return std::max(1u, n); }
)";

std::vector<std::optional<Seen>> seen(const std::string &Code) {
  std::vector<std::optional<Seen>> All;
  for (const std::optional<Quantity> &Q : ProbedCode(Machine + Code).quantities())
    All.push_back(Q && Q->Cores ? std::optional(Seen{Q->at(0), Q->at(2), Q->at(8), Q->Clamped}) : std::nullopt);
  return All;
}
using Expected = std::vector<std::optional<Seen>>;

TEST(CoreCountEval, Arithmetic) {
  EXPECT_EQ(seen(R"(void f(unsigned given) {
      const unsigned n = std::thread::hardware_concurrency();
      probe(n); probe(n - 1); probe(n / 2); probe(2 * n); probe(n * 2 + 1); probe((n + 1) * 2);
      probe(n << 1); probe(n >> 1); probe(n * 0.5); probe(std::jthread::hardware_concurrency() * 3);
      probe(static_cast<int>(n) - 1); probe(cores() * 4);
    })"),
            (Expected{{{0, 2, 8, Bare}}, {{-1, 1, 7, Bare}}, {{0, 1, 4, Bare}}, {{0, 4, 16, Bare}},
                      {{1, 5, 17, Bare}}, {{2, 6, 18, Bare}}, {{0, 4, 16, Bare}}, {{0, 1, 4, Bare}},
                      {{0, 1, 4, Bare}}, {{0, 6, 24, Bare}}, {{-1, 1, 7, Bare}}, {{0, 8, 32, Bare}}}));
}

TEST(CoreCountEval, WhatIsNoMultipleIsUnknown) {
  EXPECT_EQ(seen(R"(void f(unsigned given) {
      const unsigned n = std::thread::hardware_concurrency();
      probe(8 - n); probe(64 / n); probe(n % 4); probe(n * given); probe(n + given); probe(n * n); probe(n + n);
      probe(n / 0); probe(n * 0); probe(n & 3); probe(1 << n);
      unsigned m = n; m = given; probe(m);
      unsigned k = n; ++k; probe(k);
    })"),
            Expected(13));
}

TEST(CoreCountEval, Bounds) {
  EXPECT_EQ(seen(R"(void f() {
      const unsigned n = std::thread::hardware_concurrency();
      probe(std::max(1u, n)); probe(std::max(n, 4u) - 1); probe(std::max(1u, n / 2)); probe(std::min(n, 4u));
      probe(std::min(4u, n) * 2); probe(std::clamp(n, 1u, 4u)); probe(std::clamp(n - 1, 2u, 16u) + 1);
      probe(usable() * 2);
    })"),
            (Expected{{{1, 2, 8, Clamped}}, {{3, 3, 7, Clamped}}, {{1, 1, 4, Clamped}}, {{0, 2, 4, Bare}},
                      {{0, 4, 8, Bare}}, {{1, 2, 4, Clamped}}, {{3, 3, 8, Clamped}}, {{2, 4, 16, Clamped}}}));
}

// The outer bound wins over the inner one.
TEST(CoreCountEval, BoundsOfBounds) {
  EXPECT_EQ(seen(R"(void f() {
      const unsigned n = std::thread::hardware_concurrency();
      probe(std::max(2u, std::min(n, 4u))); probe(std::min(4u, std::max(n, 2u)));
      probe(std::max(8u, std::min(n, 4u))); probe(std::min(4u, std::max(n, 16u)));
      probe(std::clamp(std::min(n, 2u), 4u, 8u)); probe(std::clamp(std::max(n, 16u), 4u, 8u));
    })"),
            (Expected{{{2, 2, 4, Clamped}}, {{2, 2, 4, Clamped}}, {{8, 8, 8, Clamped}}, {{4, 4, 4, Clamped}},
                      {{4, 4, 4, Clamped}}, {{8, 8, 8, Clamped}}}));
}

TEST(CoreCountEval, Choices) {
  EXPECT_EQ(seen(R"(void f(bool b, unsigned given) {
      probe(cores() ? cores() : 4); probe(cores() > 1 ? cores() - 1 : 1); probe(cores() == 0 ? 2 : cores() * 2);
      probe(cores() ?: 4u); probe(true ? cores() / 2 : given);
      probe(b ? cores() : given); probe(b ? cores() : cores() * 2);
    })"),
            (Expected{{{0, 2, 8, Clamped}}, {{-1, 1, 7, Clamped}}, {{0, 4, 16, Clamped}}, {{0, 2, 8, Clamped}},
                      {{0, 1, 4, Bare}}, Unknown, Unknown}));
}

TEST(CoreCountEval, Conditions) {
  EXPECT_EQ(seen("void f() { unsigned n = cores(); if (n == 0) n = 4; probe(n * 2); }"),
            (Expected{{{0, 4, 16, Clamped}}}));
  EXPECT_EQ(seen("void f() { const unsigned n = cores(); if (n < 2) return; probe(n - 1); }"),
            (Expected{{{-1, 1, 7, Clamped}}}));
  EXPECT_EQ(seen("void f() { const unsigned n = cores(); switch (n) { case 0: return; } probe(n - 1); }"),
            (Expected{{{-1, 1, 7, Clamped}}}));
  EXPECT_EQ(seen("void f() { unsigned n = cores(); n = 4; probe(n); }"), Expected(1));
}

TEST(CoreCountEval, ThroughNames) {
  EXPECT_EQ(seen("void start(unsigned n = cores() * 2) { probe(n); } void f() { start(); }"),
            (Expected{{{0, 4, 16, Bare}}}));
  EXPECT_EQ(seen("void start(unsigned n) { probe(n); } void f() { start(cores() - 1); }"),
            (Expected{{{-1, 1, 7, Bare}}}));
  // Two different values, though both of the cores.
  EXPECT_EQ(seen("void start(unsigned n) { probe(n); } void f() { start(cores()); start(cores() * 2); }"),
            Expected(1));
  EXPECT_EQ(seen("struct config { unsigned workers = cores() * 2; }; void f(const config &c) { probe(c.workers); }"),
            (Expected{{{0, 4, 16, Bare}}}));
  EXPECT_EQ(seen("struct config { unsigned workers = 1; };\n"
                 "void f() { config c{.workers = cores() * 4}; probe(c.workers); }"),
            (Expected{{{0, 8, 32, Bare}}}));
  EXPECT_EQ(seen("struct pool { unsigned n; pool() : n(cores() / 2) {} void run() { probe(n); } };"),
            (Expected{{{0, 1, 4, Bare}}}));
}

TEST(CoreCountEval, FunctionsThatNeverSayNone) {
  EXPECT_EQ(seen("extern \"C\" int get_nprocs(void) noexcept; void f() { probe(get_nprocs() * 2); }"),
            (Expected{{{0, 4, 16, Clamped}}}));
  EXPECT_EQ(seen("struct machine { static unsigned hardware_concurrency(); };\n"
                 "void f() { probe(machine::hardware_concurrency() * 2); }"),
            Expected(1));
}

// What a fix would have to clamp: the innermost − ÷ × and the call in it.
TEST(CoreCountEval, SaysWhatToClamp) {
  ProbedCode Code(Machine + "void f() { probe((std::thread::hardware_concurrency() / 2 + 1) * 3); }");
  std::optional<Quantity> Q = Code.quantity();
  ASSERT_TRUE(Q && Q->Arithmetic && Q->Cores);
  EXPECT_EQ(Q->Arithmetic->getOpcode(), clang::BO_Div);
  EXPECT_EQ(Q->Arithmetic->getLHS()->IgnoreParenImpCasts(), Q->Cores);
  EXPECT_EQ(Q->PerCore, 1.5);
  EXPECT_EQ(Q->Constant, 3);
}

} // namespace
