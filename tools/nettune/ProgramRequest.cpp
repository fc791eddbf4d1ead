//===- ProgramRequest.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramRequest.h"

#include "reports/Encoding.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {

llvm::Expected<AnalysisRequest> requestOf(const ProgramArguments &A, const std::string &Executable,
                                          const std::vector<std::string> &Files) {
  AnalysisRequest R{A.BuildDir, A.Root, A.Jobs, A.Programs, A.NoLinkInfo, Executable};
  if (R.BuildDir.empty()) {
    auto Found = findBuildDir(Files);
    if (!Found)
      return Found.takeError();
    R.BuildDir = *Found;
  }
  if (!A.Root.empty() && !llvm::sys::fs::is_directory(A.Root))
    return llvm::createStringError(A.Root + ": error: --root: there is no such directory");
  auto Options = givenOptions(A.CheckOptions);
  if (!Options)
    return Options.takeError();
  R.Options = std::move(*Options);
  auto Size = parseSize(A.CacheSize);
  if (!Size)
    return llvm::createStringError("--cache-size: error: '" + A.CacheSize + "' is no size; 500M and 2G are");
  R.Progress = A.Progress;
  if (*Size)
    R.Store = {storeDirectory(A.CacheDir, absolutePath(R.BuildDir)), *Size};
  return R;
}

void tellIncomplete(const Analysis &A) {
  for (const Analysis::LostTu &T : A.Lost)
    llvm::errs() << "nettune: " << printable(T.File) << ": error: could not be analysed: " << printable(T.Why) << "\n";
  // One wrong header is all files' error.
  constexpr std::size_t Most = 5;
  for (const std::string &File : llvm::ArrayRef(A.Partial).take_front(Most)) {
    auto Why = A.FirstErrors.find(File);
    llvm::errs() << "nettune: " << printable(File) << ": warning: has errors, what could be parsed is analysed"
                 << (Why == A.FirstErrors.end() ? "" : ": " + printable(Why->second)) << "\n";
  }
  if (A.Partial.size() > Most)
    llvm::errs() << "nettune: " << A.Partial.size() - Most << " other files have errors, too\n";
}

int fail(llvm::Error Error) {
  int Code = BadUsage;
  Error = llvm::handleErrors(std::move(Error), [&](std::unique_ptr<Interrupted> Signal) -> llvm::Error {
    Code = Signal->code();
    return llvm::Error(std::move(Signal));
  });
  fail(llvm::toString(std::move(Error)));
  return Code;
}

} // namespace nettune::cli
