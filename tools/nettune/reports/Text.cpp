//===- Text.cpp -----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Text.h"

#include "CompileCommands.h"
#include "SourceLines.h"
#include "reports/Encoding.h"

#include <llvm/ADT/Twine.h>
#include <llvm/Support/FileSystem.h>

#include <algorithm>

namespace nettune::cli {

static void print(std::string &Out, SourceLines &Sources, const NamedPlace &Where, llvm::StringRef Root,
                  const std::string &Text) {
  Out += printPlace(Where, Root.str()) + ": " + printable(Text) + "\n";
  llvm::StringRef Source = Sources.line(Where);
  if (Source.empty() || Where.Column == 0 || Where.Column > Source.size() + 1)
    return;
  std::string Number = std::to_string(Where.Line);
  std::string Margin(std::max<std::size_t>(5, Number.size() + 1), ' ');
  std::string Indent; // as wide as what stands before, with its tabs
  for (llvm::StringRef Rest = Source.take_front(Where.Column - 1); !Rest.empty();) {
    auto [Word, More] = Rest.split('\t');
    Indent += std::string(terminalWidth(printable(Word)), ' ') + (Word.size() < Rest.size() ? "\t" : "");
    Rest = More;
  }
  Out += Margin.substr(Number.size()) + Number + " | " + printable(Source, /*KeepTabs=*/true) + "\n" + Margin + " | " + Indent + "^\n";
}

std::string printPlace(const NamedPlace &Where, const std::string &Root) {
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  std::string Shown = printable(relativeTo(Here.str().str(), SourceLines(Root).path(Where)));
  // A runner of GitHub would take the line for a command to itself.
  if (llvm::StringRef Name = llvm::StringRef(Shown).ltrim(); Name.starts_with("::") || Name.starts_with("##["))
    Shown = "./" + Shown;
  if (Where.Line == 0)
    return Shown;
  return (llvm::Twine(Shown) + ":" + llvm::Twine(Where.Line) + ":" + llvm::Twine(Where.Column)).str();
}

std::string printFindings(const std::vector<ReportedFinding> &Findings, const std::string &Root, bool All) {
  std::string Out;
  SourceLines Sources(Root);
  for (const ReportedFinding &F : Findings) {
    if (F.Is != State::New && !All)
      continue;
    print(Out, Sources, F.Where, Root, "warning: " + F.Text + " [" + F.Check + "]");
    for (const Line &N : F.Notes)
      print(Out, Sources, N.Where, Root, "note: " + N.Text);
    if (!F.Guide.empty())
      print(Out, Sources, F.Where, Root, "note: guide: " + F.Guide);
  }
  return Out;
}

} // namespace nettune::cli
