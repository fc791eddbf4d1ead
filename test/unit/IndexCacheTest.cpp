//===- IndexCacheTest.cpp - each index is read once -----------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/AtomicFile.h"
#include "summary/IndexCache.h"

#include <gtest/gtest.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <atomic>
#include <thread>

using namespace nettune::summary;

namespace {

class Indexes : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> Directory;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("nettune-index", Directory));
    Home = Directory.str().str();
    Path = Home + "/program.nti";
  }
  void TearDown() override { llvm::sys::fs::remove_directories(Home); }

  /// As nettune check does: beside, and renamed.
  void write(const std::string &Root) { store(writeIndex({"", Root, {}, {Facts()}, {}, {}})); }
  void store(const std::string &Bytes) { ASSERT_FALSE(static_cast<bool>(writeAtomically(Path, Bytes))); }

  /// The root that it names, or the error.
  std::string root() {
    auto Got = Cache.get(Path);
    return Got ? (*Got)->Root : llvm::toString(Got.takeError());
  }

  std::string Home, Path;
  IndexCache Cache;
};

TEST_F(Indexes, AreReadOnce) {
  write("one");
  auto First = Cache.get(Path), Second = Cache.get(Path);
  ASSERT_TRUE(First && Second);
  EXPECT_EQ(*First, *Second);
  EXPECT_EQ(Cache.reads(), 1u);
}

TEST_F(Indexes, AreReadAgainWhenTheFileIsAnother) {
  write("one");
  auto Before = Cache.get(Path);
  ASSERT_TRUE(static_cast<bool>(Before));
  write("two"); // as long as it was
  EXPECT_EQ(root(), "two");
  EXPECT_EQ(root(), "two");
  EXPECT_EQ(Cache.reads(), 2u);
  EXPECT_EQ((*Before)->Root, "one"); // who holds it still has it
}

TEST_F(Indexes, ThatAreDamagedAreToldOfAndReadAgainWhenRepaired) {
  store("no index");
  std::string Error = root();
  EXPECT_NE(Error.find("program.nti"), std::string::npos) << Error;
  EXPECT_EQ(root(), Error);
  EXPECT_EQ(Cache.reads(), 1u);
  write("good");
  EXPECT_EQ(root(), "good");
}

TEST_F(Indexes, ThatAreGoneAreNotGivenOut) {
  write("one");
  EXPECT_EQ(root(), "one");
  llvm::sys::fs::remove(Path);
  EXPECT_NE(root(), "one");
  write("two");
  EXPECT_EQ(root(), "two");
}

TEST_F(Indexes, OfSeveralPlacesAreKeptApart) {
  write("one");
  EXPECT_EQ(root(), "one");
  std::string First = Path;
  Path = Home + "/other.nti";
  write("other");
  EXPECT_EQ(root(), "other");
  Path = First;
  EXPECT_EQ(root(), "one");
  EXPECT_EQ(Cache.reads(), 2u);
}

/// The file changes under threads that ask: nobody gets one that is older than what was
/// there when he asked.
TEST_F(Indexes, AreSharedByThreads) {
  constexpr unsigned Writes = 50;
  auto Numbered = [&](unsigned Number) { write(std::string(Number + 1, 'x')); }; // no two of one size
  Numbered(0);
  std::atomic<unsigned> Written = 0;
  std::atomic<bool> Done = false, Stale = false;
  std::vector<std::thread> Readers;
  for (unsigned I = 0; I < 4; ++I)
    Readers.emplace_back([&] {
      while (!Done) {
        unsigned Least = Written;
        std::string Got = root();
        if (Got.size() <= Least || Got.find_first_not_of('x') != std::string::npos)
          Stale = true;
      }
    });
  for (unsigned I = 1; I <= Writes; ++I) {
    Numbered(I);
    Written = I;
  }
  Done = true;
  for (std::thread &T : Readers)
    T.join();
  EXPECT_FALSE(Stale);
  EXPECT_EQ(root().size(), Writes + 1);
  EXPECT_LE(Cache.reads(), 2 * Writes + 1); // one that came between look and reading is read again
}

} // namespace
