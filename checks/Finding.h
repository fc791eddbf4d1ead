//===- Finding.h - what a check says ----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_FINDING_H
#define NETTUNE_FINDING_H

#include "summary/LocalFacts.h"

#include <llvm/ADT/StringRef.h>

#include <string>
#include <vector>

namespace clang::tidy::nettune {

/// A template with %0, %1 ... and what stands for them.
struct Message {
  llvm::StringLiteral Template;
  std::vector<std::string> Arguments;

  /// What clang's diagnostics make of it.
  std::string str() const {
    std::string Text;
    llvm::StringRef Rest = Template;
    while (true) {
      auto [Before, After] = Rest.split('%');
      Text += Before;
      if (After.empty())
        return Text;
      Text += Arguments[After.front() - '0'];
      Rest = After.drop_front();
    }
  }
};

/// The same for clang-tidy, clangd and every report.
struct Finding {
  ::nettune::summary::Place Where;
  Message Text;
  struct Note {
    ::nettune::summary::Place Where;
    Message Text;
  };
  std::vector<Note> Notes;
  std::vector<::nettune::summary::Edit> Fixes;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_FINDING_H
