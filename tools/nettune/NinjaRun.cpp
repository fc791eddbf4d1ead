//===- NinjaRun.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NinjaRun.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Program.h>

#include <optional>

namespace nettune::cli {

/// With all that it prints in \p Log. The exit code, or an error if it did not run.
static llvm::Expected<int> ninja(std::vector<std::string> Words, const std::string &Log) {
  auto Ninja = llvm::sys::findProgramByName("ninja");
  if (!Ninja)
    return llvm::createStringError("error: ninja is not installed");
  std::vector<llvm::StringRef> Arguments{*Ninja};
  Arguments.insert(Arguments.end(), Words.begin(), Words.end());
  std::optional<llvm::StringRef> Redirects[] = {llvm::StringRef(), llvm::StringRef(Log), llvm::StringRef(Log)};
  std::string Error;
  int Code = llvm::sys::ExecuteAndWait(*Ninja, Arguments, std::nullopt, Redirects, 0, 0, &Error);
  if (!Error.empty())
    return llvm::createStringError("error: ninja: " + Error);
  return Code;
}

llvm::Error runNinja(const std::string &Directory, unsigned Jobs) {
  std::vector<std::string> Words{"-C", Directory, "-k", "0"};
  if (Jobs)
    Words.insert(Words.end(), {"-j", std::to_string(Jobs)});
  // What ninja prints is no finding.
  return ninja(std::move(Words), Directory + "/ninja.log").takeError();
}

llvm::Expected<llvm::StringMap<std::vector<std::string>>> recordedInputs(const std::string &Directory) {
  llvm::SmallString<128> Out;
  if (std::error_code EC = llvm::sys::fs::createTemporaryFile("nettune", "deps", Out))
    return llvm::createStringError("error: no temporary file: " + EC.message());
  llvm::StringMap<std::vector<std::string>> Inputs;
  auto Code = ninja({"-C", Directory, "-t", "deps"}, Out.str().str());
  if (auto Buffer = llvm::MemoryBuffer::getFile(Out); Buffer && Code) {
    // A line `OUTPUT: #deps 3, ...`, then one with a margin for each of them.
    std::vector<std::string> *Now = nullptr;
    llvm::StringRef Rest = (*Buffer)->getBuffer(), Line;
    while (!Rest.empty()) {
      std::tie(Line, Rest) = Rest.split('\n');
      if (Line.consume_front("    ") && Now)
        Now->push_back(Line.str());
      else if (std::size_t End = Line.rfind(": #deps "); End != llvm::StringRef::npos)
        Now = &Inputs[Line.take_front(End)];
    }
  }
  llvm::sys::fs::remove(Out);
  if (!Code)
    return Code.takeError();
  return Inputs;
}

} // namespace nettune::cli
