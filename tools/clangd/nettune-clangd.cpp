//===- nettune-clangd.cpp - clangd with the module inside -----------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdInterface.h"
#include "Decorator.h"
#include "InputPump.h"
#include "NettuneChecks.h"

#include <clang-tidy/ClangTidyOptions.h>

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

using namespace nettune::editor;
using clang::tidy::ClangTidyOptions;

namespace {

/// Live until the process has ended: clangd's threads ask them until then.
Indexes *Known = nullptr;
Settings *Given = nullptr;

/// What a flag of clangd's says, on the command line or in CLANGD_FLAGS, once that was read.
template <typename T> T flag(llvm::StringRef Name) {
  auto &All = llvm::cl::getRegisteredOptions();
  auto Found = All.find(Name);
  return Found == All.end() ? T() : static_cast<llvm::cl::opt<T> *>(Found->second)->getValue();
}

std::string ownDirectory() {
  llvm::SmallString<256> Path;
  if (llvm::sys::fs::real_path("/proc/self/exe", Path))
    return {};
  return llvm::sys::path::parent_path(Path).str();
}

std::string guide(llvm::StringRef Link) {
  static const std::string Here = ownDirectory();
  return guideUrl(Link, Here);
}

/// As the gate.
void enableChecks(ClangTidyOptions &O) {
  std::string Checks = O.Checks.value_or("");
  for (llvm::StringRef Name : clang::tidy::nettune::wantedChecks(Checks))
    O.Checks = (O.Checks.value_or("") + "," + Name).str();
}

void setUnlessSet(ClangTidyOptions &O, const std::string &Option, const std::string &Value) {
  O.CheckOptions.try_emplace(Option, ClangTidyOptions::ClangTidyValue(Value));
}

} // namespace

// The linker puts these in the place of clangd's own (-Wl,--wrap).
extern "C" {
std::optional<bool> realIsFast(llvm::StringRef) __asm__("__real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");
std::optional<bool> isFast(llvm::StringRef) __asm__("__wrap__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");

using TidyProvider = llvm::function_ref<void(ClangTidyOptions &, llvm::StringRef)>;
ClangTidyOptions realTidyOptions(TidyProvider, llvm::StringRef) __asm__(
    "__real__ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy16ClangTidyOptionsENS1_9StringRefEEEES6_");
ClangTidyOptions tidyOptions(TidyProvider, llvm::StringRef) __asm__(
    "__wrap__ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy16ClangTidyOptionsENS1_9StringRefEEEES6_");

std::unique_ptr<clang::clangd::Transport> realTransport(std::FILE *, llvm::raw_ostream &, llvm::raw_ostream *, bool,
                                                        clang::clangd::JSONStreamStyle) __asm__(
    "__real__ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_15JSONStreamStyleE");
std::unique_ptr<clang::clangd::Transport> transport(std::FILE *, llvm::raw_ostream &, llvm::raw_ostream *, bool,
                                                    clang::clangd::JSONStreamStyle) __asm__(
    "__wrap__ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_15JSONStreamStyleE");
}

/// clangd runs no check whose speed it has not measured.
std::optional<bool> isFast(llvm::StringRef Check) {
  return Check.starts_with("nettune-") ? true : realIsFast(Check);
}

ClangTidyOptions tidyOptions(TidyProvider Provider, llvm::StringRef File) {
  ClangTidyOptions O = realTidyOptions(Provider, File);
  if (!flag<bool>("clang-tidy")) // no check is wanted
    return O;
  enableChecks(O);
  for (const auto &[Option, Value] : Given->options())
    setUnlessSet(O, Option, Value);
  if (std::string Index = Known->usableFor(File.str()); !Index.empty())
    setUnlessSet(O, "nettune.Index", Index);
  return O;
}

std::unique_ptr<clang::clangd::Transport> transport(std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *Mirror,
                                                    bool Pretty, clang::clangd::JSONStreamStyle Style) {
  // Streams of tests hold messages of another form, and nothing changes meanwhile.
  if (Style == clang::clangd::Standard)
    if (auto *Pump = new InputPump(In); Pump->stream()) { // lives until the process has ended
      In = Pump->stream();
      Pump->start([] {
        return Known->changed() ? R"({"jsonrpc":"2.0","method":")" + Decorator::IndexChanged.str() + R"(","params":{}})"
                                : std::string();
      }, clang::clangd::shutdownRequested);
    }
  return std::make_unique<Decorator>(realTransport(In, Out, Mirror, Pretty, Style), *Known,
                                     *Given, guide);
}

namespace clang::clangd {
class SymbolIndex {
public:
  virtual ~SymbolIndex() = default;
};
namespace remote {
/// Debian's clangd has no remote index either, and this needs no gRPC.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef, llvm::StringRef);
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef, llvm::StringRef) { return nullptr; }
} // namespace remote
} // namespace clang::clangd

/// `--check=FILE`: a run without an editor.
static bool isCheck(int argc, char **argv) {
  return std::any_of(argv + 1, argv + argc, [](llvm::StringRef Word) { return Word.ltrim('-').split('=').first == "check"; });
}

int main(int argc, char **argv) {
  Known = new Indexes([] { return flag<std::string>("compile-commands-dir"); });
  Given = new Settings(std::getenv(clang::tidy::nettune::OptionsVariable));
  if (isCheck(argc, argv)) // no editor is there to say it
    for (const std::string &Error : Given->takeErrors())
      llvm::errs() << "nettune: " << Error << "\n";
  return clang::clangd::clangdMain(argc, argv);
}
