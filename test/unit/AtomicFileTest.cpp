//===- AtomicFileTest.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/AtomicFile.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {
namespace fs = llvm::sys::fs;
using namespace nettune::summary;

class Outputs : public ::testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> Made;
    ASSERT_FALSE(fs::createUniqueDirectory("nettune-outputs", Made));
    Folder = Made.str().str();
  }
  void TearDown() override { fs::remove_directories(Folder); }

  static std::string textOf(llvm::Error E) { return E ? llvm::toString(std::move(E)) : ""; }
  static std::string contentOf(const std::string &File) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    return Buffer ? (*Buffer)->getBuffer().str() : "none";
  }
  std::vector<std::string> names() const {
    std::vector<std::string> Names;
    std::error_code Code;
    for (fs::directory_iterator It(Folder, Code), End; It != End && !Code; It.increment(Code))
      Names.push_back(llvm::sys::path::filename(It->path()).str());
    std::sort(Names.begin(), Names.end());
    return Names;
  }

  std::string Folder;
};

TEST_F(Outputs, GoThroughALink) {
  ASSERT_EQ(textOf(writeOutput(Folder + "/file", "first")), "");
  ASSERT_EQ(symlink("file", (Folder + "/link").c_str()), 0);
  EXPECT_EQ(textOf(checkOutput(Folder + "/link")), "");
  EXPECT_EQ(textOf(writeOutput(Folder + "/link", "second")), "");
  EXPECT_EQ(contentOf(Folder + "/file"), "second");
  EXPECT_TRUE(fs::is_symlink_file(Folder + "/link"));
}

TEST_F(Outputs, GoThroughALinkToNothing) {
  ASSERT_EQ(symlink("sub/file", (Folder + "/link").c_str()), 0);
  EXPECT_EQ(textOf(checkOutput(Folder + "/link")), "");
  EXPECT_EQ(textOf(writeOutput(Folder + "/link", "text")), "");
  EXPECT_EQ(contentOf(Folder + "/sub/file"), "text");
  EXPECT_TRUE(fs::is_symlink_file(Folder + "/link"));
}

TEST_F(Outputs, LeaveAPipeWhatItIs) {
  const std::string Pipe = Folder + "/pipe";
  ASSERT_EQ(mkfifo(Pipe.c_str(), 0600), 0);
  ASSERT_EQ(symlink("pipe", (Folder + "/link").c_str()), 0);
  const int Reader = open(Pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(Reader, 0);
  for (const char *Name : {"/pipe", "/link"}) {
    EXPECT_EQ(textOf(checkOutput(Folder + Name)), "");
    EXPECT_EQ(textOf(writeOutput(Folder + Name, "text")), "");
    char Text[8] = {};
    EXPECT_EQ(read(Reader, Text, sizeof Text), 4);
    EXPECT_STREQ(Text, "text");
  }
  close(Reader);
  struct stat Status;
  ASSERT_EQ(lstat(Pipe.c_str(), &Status), 0);
  EXPECT_TRUE(S_ISFIFO(Status.st_mode));
  EXPECT_EQ(names(), (std::vector<std::string>{"link", "pipe"}));
}

TEST_F(Outputs, AreFoundImpossibleBefore) {
  ASSERT_EQ(textOf(writeOutput(Folder + "/file", "text")), "");
  EXPECT_EQ(textOf(checkOutput(Folder + "/new/below/file")), "");
  EXPECT_EQ(textOf(checkOutput(Folder)), "cannot write '" + Folder + "': Is a directory");
  EXPECT_EQ(textOf(checkOutput(Folder + "/file/below/file")), "cannot write '" + Folder + "/file/below/file': Not a directory");
  EXPECT_EQ(textOf(checkOutput("/proc/no/such/file")), "cannot write '/proc/no/such/file': No such file or directory");
  EXPECT_EQ(names(), std::vector<std::string>{"file"}) << "nothing is left behind";
}

} // namespace
