//===- Junit.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Encoding.h"
#include "reports/Formats.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/Twine.h>

namespace nettune::cli {
namespace {

class JunitReport {
public:
  explicit JunitReport(ReportPlaces &Places) : Places(Places) {}

  std::string analysis(const Analysis &A) {
    const auto Failures = llvm::count_if(A.Findings, [&](const ReportedFinding &F) { return isShown(A, F); });
    const std::string Counts = " tests=\"" + std::to_string(A.Findings.size() + 1) + "\" failures=\"" + std::to_string(Failures) +
                               "\" errors=\"" + std::to_string(A.Lost.empty() ? 0 : 1) + "\" skipped=\"" +
                               std::to_string(A.Findings.size() - static_cast<std::size_t>(Failures)) + "\"";
    Out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"nettune\"" + Counts + ">\n";
    Out += "    <testcase classname=\"nettune\" name=\"analysis\"";
    std::string Lost;
    for (const Analysis::LostTu &T : A.Lost)
      Lost += "      " + T.File + ": could not be analysed; see " + T.Why + "\n";
    Out += Lost.empty() ? "/>\n" : ">\n      <error message=\"files could not be analysed\">" + content(Lost) + "</error>\n    </testcase>\n";
    for (const ReportedFinding &F : A.Findings)
      finding(F, isShown(A, F));
    return Out + "  </testsuite>\n</testsuites>\n";
  }

private:
  /// Of an element, whose line breaks stay.
  static std::string content(llvm::StringRef Text) {
    std::string Escaped;
    for (llvm::StringRef Rest = Text; !Rest.empty();) {
      auto [Line, More] = Rest.split('\n');
      Escaped += xmlText(Line) + (Line.size() < Rest.size() ? "\n" : "");
      Rest = More;
    }
    return Escaped;
  }

  std::string place(const NamedPlace &P) const {
    return (llvm::Twine(Places.file(P)) + ":" + llvm::Twine(P.Line) + ":" + llvm::Twine(P.Column)).str();
  }

  void finding(const ReportedFinding &F, bool Failed) {
    // Not by its line, which moves: hosts know by the name which tests failed before.
    const std::string Name = Places.file(F.Where) + ": " + F.Text + " [" + F.Fingerprint + "]";
    Out += "    <testcase classname=\"" + xmlText(F.Check) + "\" name=\"" + xmlText(Name) + "\">\n";
    if (Failed) {
      std::string Body = place(F.Where) + ": warning: " + F.Text + " [" + F.Check + "]\n";
      for (const Line &N : F.Notes)
        Body += place(N.Where) + ": note: " + N.Text + "\n";
      if (!F.Guide.empty())
        Body += "guide: " + F.Guide + "\n";
      Out += "      <failure type=\"" + xmlText(F.Check) + "\" message=\"" + xmlText(place(F.Where) + ": " + F.Text) + "\">" + content(Body) +
             "</failure>\n";
    } else {
      const std::string Why = F.Is == State::Accepted ? "accepted" + (F.Reason.empty() ? "" : ": " + F.Reason) : "was there before";
      Out += "      <skipped message=\"" + xmlText(Why) + "\"/>\n";
    }
    Out += "    </testcase>\n";
  }

  ReportPlaces &Places;
  std::string Out;
};

} // namespace

std::string junitReport(const Analysis &A, ReportPlaces &Places) { return JunitReport(Places).analysis(A); }

} // namespace nettune::cli
