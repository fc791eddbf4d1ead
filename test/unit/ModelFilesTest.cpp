//===- ModelFilesTest.cpp - which packs a run has ---------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ModelFiles.h"
#include "model/EmbeddedPacks.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace nettune::model;
namespace fs = std::filesystem;

namespace {

class ModelFiles : public testing::Test {
protected:
  void SetUp() override {
    Directory =
        fs::canonical(fs::temp_directory_path()) / ("nettune-unit-" + std::to_string(getpid()));
    fs::create_directories(Directory);
  }
  void TearDown() override { fs::remove_all(Directory); }

  std::string write(const std::string &Name, const std::string &Text) {
    const fs::path Path = Directory / Name;
    fs::create_directories(Path.parent_path());
    std::ofstream(Path, std::ios::binary) << Text;
    return Path.string();
  }

  /// The error's text without the file's directory.
  static std::string readError(const std::string &Path) {
    ModelError Error;
    if (readPack(Path, Error))
      return "";
    EXPECT_EQ(Error.File, Path);
    return Error.str().substr(Path.size());
  }

  fs::path Directory;
};

std::string packAbout(const std::string &Function, const std::string &Instead) {
  return "{\"library\": \"user\", \"blocking\": [{\"functions\": [\"" + Function +
         "\"], \"category\": \"wait\", \"grade\": \"always\", \"instead\": \"" + Instead +
         "\", \"source\": \"s\"}]}";
}

} // namespace

TEST_F(ModelFiles, WhatCannotBeRead) {
  EXPECT_EQ(readError((Directory / "none.json").string()),
            ": error: cannot read the model: No such file or directory");
  EXPECT_EQ(readError(Directory.string()), ": error: cannot read the model: it is a directory");
  EXPECT_EQ(readError(write("empty.json", "")), ":1:1: error: the file is empty");
  EXPECT_EQ(readError("/dev/zero"), ": error: cannot read the model: it is not a regular file");
  EXPECT_EQ(readError(""), ": error: cannot read the model: No such file or directory");
}

TEST_F(ModelFiles, UnreadableFile) {
  const std::string Path = write("secret.json", packAbout("f", "g"));
  fs::permissions(Path, fs::perms::none);
  // Root reads every file: become nobody for a moment.
  const bool IsRoot = geteuid() == 0;
  fs::permissions(Directory, fs::perms::all);
  ASSERT_TRUE(!IsRoot || seteuid(65534) == 0);
  EXPECT_EQ(readError(Path), ": error: cannot read the model: Permission denied");
  ASSERT_TRUE(!IsRoot || seteuid(0) == 0);
}

TEST_F(ModelFiles, ReadError) {
  // A regular file that opens; its first page is never mapped.
  EXPECT_EQ(readError("/proc/self/mem"), ": error: cannot read the model: Input/output error");
}

TEST_F(ModelFiles, LargeFileIsNotReadWhole) {
  const std::string Path = write("large.json", "{");
  fs::resize_file(Path, 100 * 1024 * 1024);
  EXPECT_EQ(readError(Path), ": error: cannot read the model: it is larger than 4 MiB");
  const std::string Text = packAbout("f", "g");
  EXPECT_EQ(readError(write("most.json", Text + std::string(MaxPackSize - Text.size(), ' '))), "");
  EXPECT_EQ(readError(write("more.json", Text + std::string(MaxPackSize - Text.size() + 1, ' '))),
            ": error: cannot read the model: it is larger than 4 MiB");
}

TEST_F(ModelFiles, BesideSources) {
  const auto found = [](const fs::path &From) {
    ModelError Error;
    const auto Paths = findBesideSources(From.string(), Error);
    EXPECT_TRUE(Paths) << Error.str();
    return Paths.value_or(std::vector<std::string>{"?"});
  };
  using List = std::vector<std::string>;
  fs::create_directories(Directory / "src/net/deep");
  EXPECT_EQ(found(Directory / "src/net/deep"), List());
  const std::string B = write(".nettune/b.json", "{}");
  const std::string A = write(".nettune/a.json", "{}");
  write(".nettune/notes.txt", "");
  write(".nettune/.a.json", "");
  EXPECT_EQ(found(Directory / "src/net/deep"), (List{A, B}));
  EXPECT_EQ(found(Directory), (List{A, B}));
  EXPECT_EQ(found(Directory / "src/../src/net/"), (List{A, B}));
  // A file of that name is no directory of models; the nearest directory wins.
  write("src/net/deep/.nettune", "");
  EXPECT_EQ(found(Directory / "src/net/deep"), (List{A, B}));
  const std::string C = write("src/.nettune/c.json", "{}");
  EXPECT_EQ(found(Directory / "src/net/deep"), List{C});
  EXPECT_EQ(found("/"), List());
}

TEST_F(ModelFiles, BuiltInModelIsShared) {
  ModelError Error;
  const auto Model = loadModel({}, Error);
  ASSERT_TRUE(Model) << Error.str();
  EXPECT_EQ(Model->packs().size(), embeddedPacks().size());
  EXPECT_EQ(Model, loadModel({}, Error));
}

TEST_F(ModelFiles, UserPacksComeFirst) {
  const std::string One = write("one.json", packAbout("getaddrinfo", "ask the cache"));
  const std::string Two = write("two.json", packAbout("getaddrinfo", "ask twice"));
  ModelError Error;
  const auto Model = loadModel({One, Two}, Error);
  ASSERT_TRUE(Model) << Error.str();
  const auto Entries = Model->function("getaddrinfo");
  ASSERT_GE(Entries.size(), 2u);
  EXPECT_EQ(Entries[0]->Instead, "ask the cache");
  EXPECT_EQ(Entries[1]->Instead, "ask twice");
  EXPECT_EQ(Entries[0]->Place, One + ":1");
  EXPECT_EQ(Model->packs().size(), embeddedPacks().size() + 2);
}

TEST_F(ModelFiles, OneBadUserPackIsAnError) {
  const std::string Good = write("good.json", packAbout("f", "g"));
  const std::string Bad = write("bad.json", "{\n \"library\": 1}");
  ModelError Error;
  EXPECT_FALSE(loadModel({Good, Bad}, Error));
  EXPECT_EQ(Error.str(),
            Bad + ":2:13: error: 'library' must be a string, not an integer (at /library)");
}
