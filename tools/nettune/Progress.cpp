//===- Progress.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include <unistd.h>

namespace nettune::cli {

Progress::Progress(llvm::StringRef Way, llvm::StringRef Phase)
    : Bar(Way == "bar" || (Way == "auto" && isatty(STDERR_FILENO))), Json(Way == "json"), Phase(Phase) {}

void Progress::step(unsigned Done, unsigned Total, llvm::StringRef File) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  if (Bar) {
    Out << "\r\x1b[K[" << Done << "/" << Total << "] " << File.substr(0, 70);
  } else if (Json) {
    llvm::json::OStream J(Out);
    J.object([&] {
      J.attribute("event", "progress");
      J.attribute("phase", Phase);
      J.attribute("done", Done);
      J.attribute("total", Total);
      J.attribute("file", llvm::json::fixUTF8(File));
    });
    Out << "\n";
  }
  llvm::errs() << Text; // in one piece
}

void Progress::finish() {
  if (Bar)
    llvm::errs() << "\r\x1b[K";
}

} // namespace nettune::cli
