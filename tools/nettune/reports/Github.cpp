//===- Github.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Encoding.h"
#include "reports/Formats.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdlib>

namespace nettune::cli {
namespace {

/// GitHub shows that many warnings of a step.
constexpr std::size_t MostAnnotations = 10;
/// And takes no longer summary of a step; room for the last line is left.
constexpr std::uint64_t MostSummary = 1024 * 1024 - 4096;

/// As the runner reads it: actions/toolkit, command.ts. Bytes that could end the line or
/// the property do not get there.
std::string commandText(llvm::StringRef Text, bool Property) {
  std::string Out;
  for (char C : Text) {
    if (C == '%' || C == '\r' || C == '\n' || (Property && (C == ':' || C == ',')))
      Out += "%" + llvm::toHex(llvm::StringRef(&C, 1));
    else
      Out += C;
  }
  return Out;
}

/// Control characters do not get into the log, which people read in terminals as well.
std::string logged(llvm::StringRef Text) {
  std::string Out;
  for (auto [Line, Rest] = Text.split('\n');; std::tie(Line, Rest) = Rest.split('\n')) {
    Out += printable(Line, /*KeepTabs=*/true);
    if (Rest.empty())
      return Out;
    Out += "\n";
  }
}

std::string annotation(const ReportedFinding &F, ReportPlaces &Places) {
  const ReportPlaces::Region R = Places.utf16(F.Where);
  std::string Message = logged(F.Text);
  for (const Line &N : F.Notes)
    Message += "\n" + printable(Places.file(N.Where)) + ":" + std::to_string(N.Where.Line) + ": " + logged(N.Text);
  if (!F.Guide.empty())
    Message += "\nguide: " + F.Guide;
  // The name of the file is what it is: GitHub looks for it.
  return "::warning file=" + commandText(Places.file(F.Where), true) + ",line=" + std::to_string(R.Line) + ",endLine=" + std::to_string(R.Line) +
         ",col=" + std::to_string(R.Column) + ",endColumn=" + std::to_string(R.EndColumn) + ",title=" + commandText(F.Check, true) + "::" +
         commandText(Message, false) + "\n";
}

/// Of a cell of a table in Markdown: what could be markup is a character reference.
std::string cell(llvm::StringRef Text) {
  std::string Out;
  for (char C : printable(Text)) {
    if (llvm::StringRef("&<>\"'`|\\*_~[]()!#@:").contains(C))
      Out += "&#" + std::to_string(static_cast<int>(C)) + ";";
    else
      Out += C;
  }
  return Out;
}

std::string environment(const char *Name) {
  const char *Value = std::getenv(Name);
  return Value ? Value : "";
}

/// The place, as a link where GitHub says what it belongs to.
std::string linked(const NamedPlace &P, ReportPlaces &Places) {
  const std::string File = Places.file(P), Shown = cell(File + ":" + std::to_string(P.Line));
  const std::string Server = environment("GITHUB_SERVER_URL"), Name = environment("GITHUB_REPOSITORY"), Commit = environment("GITHUB_SHA");
  if (Server.empty() || Name.empty() || Commit.empty() || llvm::StringRef(File).starts_with("/"))
    return Shown;
  return "<a href=\"" + xmlText(Server) + "/" + percentEncoded(Name) + "/blob/" + percentEncoded(Commit) + "/" + percentEncoded(File) + "#L" +
         std::to_string(P.Line) + "\">" + Shown + "</a>";
}

std::string checkCell(const ReportedFinding &F) {
  return llvm::StringRef(F.Guide).starts_with("http") ? "<a href=\"" + xmlText(F.Guide) + "\">" + cell(F.Check) + "</a>" : cell(F.Check);
}

/// At most \p Most bytes, and a line that says what is left out.
std::string summaryTable(const std::vector<const ReportedFinding *> &Shown, const Analysis &A, ReportPlaces &Places, std::uint64_t Most) {
  std::string Out = "### nettune: " + std::to_string(Shown.size()) + (A.Compared && !A.ShowAll ? " new" : "") + (Shown.size() == 1 ? " finding\n\n" : " findings\n\n");
  if (!A.complete())
    Out += std::to_string(A.Lost.size()) + " of " + std::to_string(A.Tus) + " translation units could not be analysed, " +
           std::to_string(A.Partial.size()) + " have errors.\n\n";
  if (Shown.empty())
    return Out;
  Out += "| where | finding | check |\n|---|---|---|\n";
  std::size_t Written = 0;
  for (const ReportedFinding *F : Shown) {
    const std::string Row = "| " + linked(F->Where, Places) + " | " + cell(F->Text) + " | " + checkCell(*F) + " |\n";
    if (Out.size() + Row.size() > Most)
      break;
    Out += Row;
    ++Written;
  }
  if (Written < Shown.size())
    Out += "\n" + std::to_string(Shown.size() - Written) + " more do not fit here; the other reports have them.\n";
  return Out;
}

std::vector<const ReportedFinding *> shownOnes(const Analysis &A) {
  std::vector<const ReportedFinding *> Shown;
  for (const ReportedFinding &F : A.Findings)
    if (isShown(A, F))
      Shown.push_back(&F);
  return Shown;
}

} // namespace

std::string githubReport(const Analysis &A, ReportPlaces &Places) {
  const std::vector<const ReportedFinding *> Shown = shownOnes(A);
  std::string Out;
  for (std::size_t I = 0; I < std::min(Shown.size(), MostAnnotations); ++I)
    Out += annotation(*Shown[I], Places);
  if (Shown.size() > MostAnnotations)
    Out += "::notice title=nettune::" + std::to_string(Shown.size() - MostAnnotations) + " more findings, beyond the " +
           std::to_string(MostAnnotations) + " that GitHub shows of a step; they are in the summary of the job\n";
  return Out;
}

llvm::Error writeStepSummary(const Analysis &A, ReportPlaces &Places) {
  const std::string File = environment("GITHUB_STEP_SUMMARY");
  if (File.empty())
    return llvm::Error::success();
  std::uint64_t Taken = 0; // by what the step wrote before
  if (llvm::sys::fs::file_size(File, Taken))
    Taken = 0;
  if (Taken >= MostSummary)
    return llvm::Error::success();
  std::error_code Failed;
  llvm::raw_fd_ostream Stream(File, Failed, llvm::sys::fs::OF_Append);
  if (!Failed) {
    Stream << summaryTable(shownOnes(A), A, Places, MostSummary - Taken);
    Stream.close();
    Failed = Stream.error();
    Stream.clear_error();
  }
  return Failed ? llvm::createStringError(printable(File) + ": error: " + Failed.message()) : llvm::Error::success();
}

} // namespace nettune::cli
