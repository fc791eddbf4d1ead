//===- Tidy.cpp - nettune tidy --------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FileUtilities.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/raw_ostream.h>

#include <cstring>
#include <unistd.h>

namespace nettune::cli {
namespace {

struct Run {
  int Code = 0;
  std::string Output, Errors;
};

std::string contents(llvm::StringRef File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  return Buffer ? (*Buffer)->getBuffer().str() : std::string();
}

/// Runs the first of the words; nothing if it could not be started, Error says why.
std::optional<Run> run(const std::vector<std::string> &Words, std::string &Error) {
  llvm::SmallString<128> Output, Errors;
  if (std::error_code Code = llvm::sys::fs::createTemporaryFile("nettune-tidy", "out", Output)) {
    Error = "no temporary file: " + Code.message();
    return std::nullopt;
  }
  llvm::FileRemover RemoveOutput(Output);
  if (std::error_code Code = llvm::sys::fs::createTemporaryFile("nettune-tidy", "err", Errors)) {
    Error = "no temporary file: " + Code.message();
    return std::nullopt;
  }
  llvm::FileRemover RemoveErrors(Errors);
  std::vector<llvm::StringRef> Arguments(Words.begin(), Words.end());
  std::optional<llvm::StringRef> Redirects[] = {llvm::StringRef(), Output.str(), Errors.str()};
  bool Failed = false;
  int Code = llvm::sys::ExecuteAndWait(Words[0], Arguments, std::nullopt, Redirects, 0, 0, &Error, &Failed);
  if (Failed)
    return std::nullopt;
  return Run{Code, contents(Output), contents(Errors)};
}

/// The plugin of this nettune: of the build tree, or installed. Empty: there is none.
std::string pluginOf(const std::string &Executable, std::string &Error) {
  llvm::SmallString<256> Prefix(llvm::sys::path::parent_path(Executable));
  llvm::sys::path::append(Prefix, "..");
  llvm::sys::path::remove_dots(Prefix, /*remove_dot_dot=*/true);
  std::string Sought;
  for (const char *Place : {"lib/libnettune.so", "lib/nettune/libnettune.so"}) {
    llvm::SmallString<256> Path(Prefix);
    llvm::sys::path::append(Path, Place);
    if (llvm::sys::fs::exists(Path))
      return Path.str().str();
    Sought += (Sought.empty() ? "neither " : " nor ") + Path.str().str();
  }
  Error = "error: the plugin is not there, " + Sought;
  return "";
}

std::string firstLines(const Run &R) {
  llvm::SmallVector<llvm::StringRef, 4> Lines;
  llvm::StringRef(R.Errors.empty() ? R.Output : R.Errors).trim().split(Lines, '\n', 3);
  if (Lines.size() > 3)
    Lines.resize(3);
  return llvm::join(Lines, "\n");
}

bool listsOurs(const Run &R) { return R.Code == 0 && llvm::StringRef(R.Output).contains("\n    nettune-"); }

/// Whether this clang-tidy has loaded the plugin. It goes on without one that it cannot
/// open, and finds nothing then. Warns if the arguments leave all checks of it off.
bool hasLoaded(const std::string &Tidy, const std::string &Plugin, const std::vector<std::string> &Arguments, std::string &Error) {
  std::vector<std::string> Words{Tidy, "-load", Plugin, "--list-checks"};
  Words.insert(Words.end(), Arguments.begin(), Arguments.end());
  auto Enabled = run(Words, Error);
  if (!Enabled || listsOurs(*Enabled))
    return Enabled.has_value();
  auto All = run({Tidy, "-load", Plugin, "--list-checks", "--config={}", "-checks=-*,nettune-*"}, Error);
  if (!All)
    return false;
  if (!listsOurs(*All)) {
    Error = "error: " + Tidy + " does not load " + Plugin + ", which is for clang-tidy " + std::to_string(LLVM_VERSION_MAJOR) + "." + std::to_string(LLVM_VERSION_MINOR) + "; it says:\n" +
            firstLines(*All);
    return false;
  }
  if (Enabled->Code == 0 && llvm::StringRef(Enabled->Output).starts_with("Enabled checks:"))
    llvm::errs() << "nettune: warning: no nettune check is enabled; -checks='-*,nettune-*' or Checks in .clang-tidy enables them\n";
  return true;
}

} // namespace

int tidy(const std::vector<std::string> &Arguments, const std::string &Executable) {
  const std::string Versioned = "clang-tidy-" + std::to_string(LLVM_VERSION_MAJOR);
  std::string Error, Plugin = pluginOf(Executable, Error);
  if (Plugin.empty())
    return fail(Error);
  auto Tidy = llvm::sys::findProgramByName(Versioned);
  if (!Tidy)
    Tidy = llvm::sys::findProgramByName("clang-tidy");
  if (!Tidy)
    return fail("error: " + Versioned + " is not installed");
  if (!hasLoaded(*Tidy, Plugin, Arguments, Error))
    return fail(Error);
  std::vector<std::string> Words{*Tidy, "-load", Plugin};
  Words.insert(Words.end(), Arguments.begin(), Arguments.end());
  std::vector<char *> Raw;
  for (std::string &Word : Words)
    Raw.push_back(Word.data());
  Raw.push_back(nullptr);
  execv(Raw[0], Raw.data());
  return fail("error: " + *Tidy + ": " + std::strerror(errno));
}

} // namespace nettune::cli
