//===- NettuneModule.cpp - the clang-tidy module --------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LlvmVersion.h"

#include "NettuneChecks.h"

#include "CheckHeaders.inc" // generated from Checks.def

#include <clang-tidy/GlobList.h>

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringSwitch.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdlib>

namespace {

/// A plugin of another LLVM release loads without complaint, lists its checks,
/// finds nothing, and the run passes: refuse such a host. Patch releases keep the
/// interface; so do the library names of the package, libclang-cpp.so.22.1.
struct HostGuard {
  HostGuard() {
    const std::string Host = clang::getClangFullVersion();
    const std::string Release = std::to_string(CLANG_VERSION_MAJOR) + "." + std::to_string(CLANG_VERSION_MINOR);
    if (Host.find("version " + Release + ".") != std::string::npos)
      return;
    llvm::errs() << "nettune: error: built for clang " << Release << ", loaded into " << Host
                 << "; use the plugin that was built for this version\n";
    std::_Exit(2);
  }
} Guard;

} // namespace

namespace clang::tidy {
namespace nettune {

StringRef guideAnchor(StringRef CheckName) {
  return llvm::StringSwitch<StringRef>(CheckName)
#define NETTUNE_CHECK(CLASS, NAME, ANCHOR, SEVERITY, SINCE) .Case(NAME, ANCHOR)
#include "Checks.def"
#undef NETTUNE_CHECK
      .Default("");
}

std::vector<StringRef> checkNames() {
  return {
#define NETTUNE_CHECK(CLASS, NAME, ANCHOR, SEVERITY, SINCE) NAME,
#include "Checks.def"
#undef NETTUNE_CHECK
  };
}

/// A name that is none says nothing; clangd adds those that it cannot run.
static bool wantsNone(StringRef Globs) {
  SmallVector<StringRef> Words;
  Globs.split(Words, ',', -1, /*KeepEmpty=*/false);
  bool None = false;
  for (StringRef Word : Words) {
    Word = Word.trim();
    None = Word.starts_with("-") && (None || Word == "-*" || Word.contains("nettune"));
  }
  return None;
}

std::vector<StringRef> wantedChecks(StringRef Globs) {
  std::vector<StringRef> All = checkNames(), Named;
  GlobList Enabled(Globs);
  llvm::copy_if(All, std::back_inserter(Named), [&](StringRef Name) { return Enabled.contains(Name); });
  return Named.empty() && !wantsNone(Globs) ? All : Named;
}

class NettuneModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
#define NETTUNE_CHECK(CLASS, NAME, ANCHOR, SEVERITY, SINCE) Factories.registerCheck<CLASS>(NAME);
#include "Checks.def"
#undef NETTUNE_CHECK
  }
};

} // namespace nettune

static ClangTidyModuleRegistry::Add<nettune::NettuneModule>
    Registration("nettune-module", "Finds network-performance anti-patterns.");

} // namespace clang::tidy
