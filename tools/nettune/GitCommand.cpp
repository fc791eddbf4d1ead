//===- GitCommand.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GitCommand.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/ScopeExit.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdlib>
#include <unistd.h>

namespace nettune::cli {
namespace {

/// What changes the differences that even the plumbing prints.
constexpr llvm::StringLiteral OfDifferences[] = {"GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF"};
/// What git says of its own repository to its hooks. The repository here is that around the
/// directory; that a user means another is known by GIT_WORK_TREE.
constexpr llvm::StringLiteral OfHooks[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"};

std::vector<llvm::StringRef> environmentOfGit(bool OthersRepository) {
  std::vector<llvm::StringRef> Kept;
  for (char **Variable = environ; *Variable; ++Variable) {
    llvm::StringRef Name = llvm::StringRef(*Variable).split('=').first;
    bool Leaves = llvm::is_contained(OfDifferences, Name) || Name == "GIT_OPTIONAL_LOCKS" ||
                  (!OthersRepository && llvm::is_contained(OfHooks, Name));
    if (!Leaves)
      Kept.push_back(*Variable);
  }
  Kept.push_back("GIT_OPTIONAL_LOCKS=0");
  return Kept;
}

std::string contentOf(llvm::StringRef File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File, false, false, /*IsVolatile=*/true);
  return Buffer ? (*Buffer)->getBuffer().str() : std::string();
}

std::error_code write(llvm::StringRef File, llvm::StringRef Text) {
  std::error_code EC;
  llvm::raw_fd_ostream Out(File, EC);
  if (EC)
    return EC;
  Out << Text;
  Out.flush();
  EC = Out.error();
  Out.clear_error();
  return EC;
}

} // namespace

llvm::Expected<std::string> GitCommand::run(std::vector<std::string> Words, llvm::StringRef Input) const {
  auto Git = llvm::sys::findProgramByName("git");
  if (!Git)
    return llvm::createStringError("error: git is not installed");
  llvm::SmallString<128> In, Out, Err;
  auto Remove = llvm::make_scope_exit([&] {
    for (llvm::StringRef File : {In, Out, Err})
      if (!File.empty())
        llvm::sys::fs::remove(File);
  });
  for (llvm::SmallString<128> *File : {&In, &Out, &Err})
    if (std::error_code EC = llvm::sys::fs::createTemporaryFile("nettune", "git", *File))
      return llvm::createStringError("error: no temporary file: " + EC.message());
  if (std::error_code EC = write(In, Input))
    return llvm::createStringError("error: no temporary file: " + EC.message());
  std::vector<llvm::StringRef> Arguments{*Git, "-C", Directory, "-c", "core.quotePath=false", "-c", "core.fsmonitor=false"};
  Arguments.insert(Arguments.end(), Words.begin(), Words.end());
  const auto Environment = environmentOfGit(!IsWithin && std::getenv("GIT_WORK_TREE"));
  std::string Error;
  int Code = llvm::sys::ExecuteAndWait(*Git, Arguments, llvm::ArrayRef(Environment),
                                       {llvm::StringRef(In), llvm::StringRef(Out), llvm::StringRef(Err)}, 0, 0, &Error);
  if (Code != 0)
    return llvm::createStringError("git " + Words.front() + ": " +
                                   (Error.empty() ? llvm::StringRef(contentOf(Err)).split('\n').first.str() : Error));
  return contentOf(Out);
}

bool GitCommand::succeeds(std::vector<std::string> Words) const {
  auto Out = run(std::move(Words));
  if (Out)
    return true;
  llvm::consumeError(Out.takeError());
  return false;
}

llvm::Expected<std::string> GitCommand::line(std::vector<std::string> Words) const {
  auto Out = run(std::move(Words));
  if (Out && llvm::StringRef(*Out).ends_with("\n"))
    Out->pop_back();
  return Out;
}

llvm::Expected<std::vector<std::string>> GitCommand::names(std::vector<std::string> Words) const {
  auto Out = run(std::move(Words));
  if (!Out)
    return Out.takeError();
  return betweenZeros(*Out);
}

std::vector<std::string> betweenZeros(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef> Parts;
  Text.split(Parts, '\0', -1, /*KeepEmpty=*/false);
  return {Parts.begin(), Parts.end()};
}

} // namespace nettune::cli
