//===- ShardTest.cpp - shards and indexes as bytes and as files -----------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsText.h"

#include "summary/AtomicFile.h"
#include "summary/Container.h"
#include "summary/IndexFile.h"
#include "summary/Shard.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <gtest/gtest.h>

using namespace nettune::summary;
using namespace nettune;

namespace {

StoredFinding finding(StringTable &Files) {
  Place At{Files.add("src/a.cpp"), 7, 3};
  return {.Check = "nettune-short-write",
          .Where = At,
          .Text = "'send' may send a part",
          .Function = "Peer::flush",
          .Entity = "c:@S@Peer@F@flush#",
          .Until = "2027-01-31",
          .Notes = {{{Files.add("src/b.h"), 1, 1}, "it is called here"}, {{}, "no place"}},
          .Fixes = {{At, {At.File, 7, 9}, "asio::write"}}};
}

/// Each table has rows, each field a value that is not its default.
Facts everything() {
  Facts F;
  auto At = [&F](unsigned Line) { return Place{F.string("src/a.cpp"), Line, Line % 80 + 1}; };
  FunctionId Main = F.function("c:@F@main"), Handler = F.function("src/a.cpp:c:a.cpp@F@handler");
  FunctionId Base = F.function("c:@S@Base@F@run#"), Derived = F.function("c:@S@Derived@F@run#");
  F.Functions[Main] = {F.Functions[Main].Key, F.string("main"), At(90), Function::HasBody};
  F.Functions[Handler].Flags = Function::HasBody | Function::Lambda | Function::AnnotatedWorker;
  SlotId Field = F.slot(Slot::Kind::Field, "fc:@S@Base.cb"),
         Local = F.slot(Slot::Kind::Variable, "vc:@g");
  F.flow(Field, {Atom::function(Handler), Atom::slot(F.parameter(Main, 2))});
  F.flow(Local, {Atom::slot(F.returned(Base))});
  F.call({Main,
          CallKind::Direct,
          Handler,
          {},
          {{}, {Atom::function(Base)}, {Atom::slot(Field)}},
          {0, 1},
          At(3)});
  F.call({Main, CallKind::Virtual, Base, {}, {}, {}, At(2)});
  F.call({Handler,
          CallKind::Through,
          None,
          {Atom::function(Base), Atom::slot(Field)},
          {},
          {65535},
          {F.string("src/b.h"), 4000000000u, 1}});
  F.Registrations.push_back({Main,
                             {Atom::slot(Local)},
                             model::Thread::Worker,
                             F.string("asio::post"),
                             At(5),
                             {model::Parameter::Payload, model::Parameter::Other}});
  F.Roots.push_back({Derived,
                     Root::Kind::Annotation,
                     model::Thread::Loop,
                     F.string("nettune::handler"),
                     {model::Parameter::Error}});
  F.Overrides.push_back({Derived, Base});
  F.Waits.push_back({Main, F.string("epoll_wait"), 3, {0}, At(6)});
  F.Accepts.push_back({Main, {0, 2}, At(7)});
  F.Sites.push_back({.In = Handler,
                     .Api = F.string("getaddrinfo"),
                     .Instead = F.string("use async_resolve"),
                     .Waits = model::Category::Dns,
                     .G = model::Grade::Usually,
                     .Annotated = true,
                     .UnlessNonblocking = F.string("posix"),
                     .Loops = {4},
                     .Where = At(8)});
  F.NonblockingFds.push_back({F.string("posix"), At(9)});
  F.DataFlows.push_back({Main, Field, Local});
  F.DataArguments.push_back({Handler, {Atom::function(Base), Atom::slot(Field)}, 1, Local});
  F.DataParameters.push_back({Handler, 1, 2, Local});
  F.DataEntries.push_back({Handler, Local, At(13)});
  F.CopySources.push_back({At(14), F.string("'b' is copied"), Local});
  F.ConstantArguments.push_back({Main, Handler, 2, ~0u, At(3)});
  F.ParameterConditions.push_back({Handler, 2, ~0u, true, At(12)});
  F.Moves.push_back({{F.string("c:@S@Worker"), F.string("c:@S@Base")}, At(11)});
  F.Contexts.push_back({F.string("io"), ContextUse::Kind::Feeds, Handler, F.string("timer")});
  F.Takers.push_back({F.string("uv_poll_start"), At(10)});
  return F;
}

Shard shard() {
  Shard S{.Project = "chat",
          .MainFile = "src/a.cpp",
          .Partial = true,
          .Errors = {"a.cpp:1:1: error: no", ""},
          .F = everything(),
          .Findings = {}};
  S.Findings.push_back(finding(S.F.Strings));
  return S;
}

Index linkedIndex() {
  Index I{.Project = "chat",
          .Root = "server",
          .Tus = {{"src/a.cpp", true}, {"src/b.cpp", false}},
          .Programs = {everything(), Facts()},
          .Local = {},
          .Files = {}};
  I.Local.push_back(finding(I.Files));
  return I;
}

template <typename T> std::string errorOf(llvm::Expected<T> Result) {
  return Result ? "" : llvm::toString(Result.takeError());
}
std::string errorOf(llvm::Error E) { return E ? llvm::toString(std::move(E)) : ""; }

TEST(Shard, ReadsWhatWasWritten) {
  Shard S = shard();
  llvm::Expected<Shard> Again = readShard(writeShard(S), "a.nts");
  ASSERT_TRUE(bool(Again)) << llvm::toString(Again.takeError());
  EXPECT_EQ(Again->Project, S.Project);
  EXPECT_EQ(Again->MainFile, S.MainFile);
  EXPECT_EQ(Again->Partial, S.Partial);
  EXPECT_EQ(Again->Errors, S.Errors);
  EXPECT_EQ(Again->Findings, S.Findings);
  expectSameTables(Again->F, S.F);
}

TEST(Shard, WhatWasReadCanGrow) {
  llvm::Expected<Shard> Again = readShard(writeShard(shard()), "a.nts");
  ASSERT_TRUE(bool(Again));
  Facts F = everything(), &G = Again->F;
  EXPECT_EQ(G.function("c:@F@main"), F.function("c:@F@main"));
  EXPECT_EQ(G.slot(Slot::Kind::Variable, "vc:@g"), F.slot(Slot::Kind::Variable, "vc:@g"));
  EXPECT_EQ(G.findParameter(0, 2), F.findParameter(0, 2));
  EXPECT_EQ(G.returned(2), F.returned(2));
  EXPECT_EQ(G.function("new"), F.function("new"));
  EXPECT_EQ(G.text(G.string("another")), "another");
  G.call({0, CallKind::Direct, 1, {}, {}, {0, 1}, {}});
  EXPECT_EQ(G.Calls.back().Loops, G.Calls.front().Loops);
}

TEST(Shard, TheBytesAreTheSameEachTime) {
  EXPECT_EQ(writeShard(shard()), writeShard(shard()));
  llvm::Expected<Shard> Again = readShard(writeShard(shard()), "a.nts");
  ASSERT_TRUE(bool(Again));
  EXPECT_EQ(writeShard(*Again), writeShard(shard()));
}

TEST(Shard, ACopyOfFactsGrowsAlone) {
  Facts F = everything(), Copy = F;
  StringId A = F.string("only in the first"), B = Copy.string("only in the copy");
  EXPECT_EQ(A, B);
  EXPECT_EQ(F.text(A), "only in the first");
  EXPECT_EQ(Copy.text(B), "only in the copy");
}

TEST(Shard, EachTruncationIsAnError) {
  std::string Bytes = writeShard(shard());
  for (std::size_t Size = 1; Size < Bytes.size(); ++Size) {
    std::string Error = errorOf(readShard(llvm::StringRef(Bytes).take_front(Size), "a.nts"));
    EXPECT_EQ(Error, "'a.nts' is cut short; run 'nettune summarize' again") << Size;
  }
  EXPECT_EQ(errorOf(readShard("", "a.nts")), "'a.nts' is empty; run 'nettune summarize' again");
  EXPECT_EQ(errorOf(readShard(Bytes + "x", "a.nts")),
            "'a.nts' is damaged; run 'nettune summarize' again");
}

TEST(Shard, EachFlippedBitIsAnError) {
  std::string Bytes = writeShard(shard());
  for (std::size_t Bit = 0; Bit < 8 * Bytes.size(); ++Bit) {
    Bytes[Bit / 8] ^= char(1 << Bit % 8);
    EXPECT_NE(errorOf(readShard(Bytes, "a.nts")), "") << Bit;
    Bytes[Bit / 8] ^= char(1 << Bit % 8);
  }
  EXPECT_EQ(errorOf(readShard(Bytes, "a.nts")), "");
}

/// As a file that a program with an error would write: the checksum is right.
TEST(Shard, EachTruncationOfTheContentIsAnError) {
  std::string Bytes = writeShard(shard());
  llvm::Expected<llvm::StringRef> Content = unseal(ShardKind, Bytes, "a.nts", std::nullopt);
  ASSERT_TRUE(bool(Content));
  for (std::size_t Size = 0; Size < Content->size(); ++Size)
    EXPECT_EQ(errorOf(readShard(seal(ShardKind, "chat", Content->take_front(Size)), "a.nts")),
              "'a.nts' is damaged; run 'nettune summarize' again")
        << Size;
  for (std::size_t At = 0; At < Content->size(); ++At)
    for (char Wrong : {'\x00', '\x7f', '\xff'}) {
      std::string Changed = Content->str();
      Changed[At] = Wrong; // either still a shard or an error
      (void)errorOf(readShard(seal(ShardKind, "chat", Changed), "a.nts"));
    }
}

TEST(Shard, ForeignFilesAreNamed) {
  std::string Bytes = writeShard(shard()), Other = Bytes;
  Other[8] = char(Other[8] + 1);
  EXPECT_EQ(errorOf(readShard(Other, "a.nts")),
            "'a.nts' was written by another version of nettune; run 'nettune summarize' again");
  Other = Bytes;
  Other[12] = char(Other[12] + 1);
  EXPECT_EQ(errorOf(readShard(Other, "a.nts")),
            "'a.nts' was written by another version of nettune; run 'nettune summarize' again");
  EXPECT_EQ(errorOf(readShard("int main() {}\n", "main.cpp")),
            "'main.cpp' is not a nettune shard; name a file that 'nettune summarize' wrote");
  EXPECT_EQ(errorOf(readShard(writeIndex(linkedIndex()), "p.nti")),
            "'p.nti' holds a nettune index, not a nettune shard; name a file that 'nettune "
            "summarize' wrote");
  EXPECT_EQ(
      errorOf(readIndex(Bytes, "a.nts")),
      "'a.nts' holds a nettune shard, not a nettune index; name a file that 'nettune check' wrote");
  EXPECT_EQ(errorOf(readShard(Bytes, "a.nts", "mail")),
            "'a.nts' belongs to another project; remove it or name files of one project only");
  EXPECT_EQ(errorOf(readShard(Bytes, "a.nts", "chat")), "");
}

TEST(IndexFile, ReadsWhatWasWritten) {
  Index I = linkedIndex();
  llvm::Expected<Index> Again = readIndex(writeIndex(I), "p.nti");
  ASSERT_TRUE(bool(Again)) << llvm::toString(Again.takeError());
  EXPECT_EQ(Again->Root, I.Root);
  EXPECT_EQ(Again->Tus, I.Tus);
  EXPECT_EQ(Again->Local, I.Local);
  EXPECT_EQ(Again->Files[Again->Local[0].Where.File], "src/a.cpp");
  ASSERT_EQ(Again->Programs.size(), 2u);
  expectSameTables(Again->Programs[0], I.Programs[0]);
  EXPECT_EQ(writeIndex(*Again), writeIndex(I));
}

TEST(IndexFile, EachTruncationAndFlippedBitIsAnError) {
  std::string Bytes = writeIndex(linkedIndex());
  for (std::size_t Size = 0; Size < Bytes.size(); ++Size)
    EXPECT_NE(errorOf(readIndex(llvm::StringRef(Bytes).take_front(Size), "p.nti")), "") << Size;
  for (std::size_t Bit = 0; Bit < 8 * Bytes.size(); ++Bit) {
    Bytes[Bit / 8] ^= char(1 << Bit % 8);
    EXPECT_NE(errorOf(readIndex(Bytes, "p.nti")), "") << Bit;
    Bytes[Bit / 8] ^= char(1 << Bit % 8);
  }
}

TEST(IndexFile, AFindingMovesToAnotherTable) {
  Shard S = shard();
  StringTable Files;
  Files.add("another");
  StoredFinding Moved = moveToTable(S.Findings[0], S.F.Strings, Files);
  EXPECT_EQ(Files[Moved.Where.File], "src/a.cpp");
  EXPECT_EQ(Files[Moved.Notes[0].Where.File], "src/b.h");
  EXPECT_EQ(Moved.Notes[1].Where, Place());
  EXPECT_EQ(Files[Moved.Fixes[0].End.File], "src/a.cpp");
}

class Files : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> Made;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("nettune-shards", Made));
    Folder = Made.str().str();
  }
  void TearDown() override { llvm::sys::fs::remove_directories(Folder); }
  std::vector<std::string> names() const {
    std::vector<std::string> Names;
    std::error_code Code;
    for (llvm::sys::fs::directory_iterator It(Folder, Code), End; It != End && !Code;
         It.increment(Code))
      Names.push_back(llvm::sys::path::filename(It->path()).str());
    return Names;
  }
  std::string Folder;
};

TEST_F(Files, AreWrittenWholeAndReplaced) {
  std::string Path = Folder + "/new/a.nts";
  EXPECT_EQ(errorOf(writeAtomically(Path, "first")), "");
  EXPECT_EQ(errorOf(writeAtomically(Path, writeShard(shard()))), "");
  EXPECT_EQ(errorOf(readShardFile(Path)), "");
  EXPECT_EQ(names(), std::vector<std::string>{"new"});
  std::string Percent = Folder + "/new/feature%2Fa/%%.nts"; // as CI systems name the clone of a branch
  EXPECT_EQ(errorOf(writeAtomically(Percent, writeShard(shard()))), "");
  EXPECT_EQ(errorOf(readShardFile(Percent)), "");
}

TEST_F(Files, ThatCannotBeReadOrWrittenAreNamed) {
  std::string Missing = Folder + "/none.nts";
  EXPECT_EQ(errorOf(readShardFile(Missing)),
            "cannot read the shard '" + Missing + "': No such file or directory");
  EXPECT_EQ(errorOf(readIndexFile(Folder)),
            "cannot read the index '" + Folder + "': Is a directory");
  EXPECT_EQ(errorOf(writeAtomically(Folder, "x")), "cannot write '" + Folder + "': Is a directory");
  EXPECT_EQ(errorOf(writeAtomically(Folder + "/a", "x")), "");
  EXPECT_EQ(errorOf(writeAtomically(Folder + "/a/b", "x")),
            "cannot write '" + Folder + "/a/b': Not a directory");
  EXPECT_EQ(names(), std::vector<std::string>{"a"});
}

} // namespace
