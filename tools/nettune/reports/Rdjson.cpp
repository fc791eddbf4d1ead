//===- Rdjson.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Formats.h"
#include "reports/JsonText.h"

#include <llvm/ADT/STLExtras.h>

namespace nettune::cli {
namespace {

using llvm::json::OStream;

class RdjsonReport {
public:
  RdjsonReport(OStream &J, ReportPlaces &Places) : J(J), Places(Places) {}

  void diagnostic(const ReportedFinding &F) {
    J.attribute("message", utf8(F.Text));
    J.attribute("severity", "WARNING");
    J.attributeObject("location", [&] { location(F.Where); });
    J.attributeObject("code", [&] {
      J.attribute("value", utf8(F.Check));
      if (llvm::StringRef(F.Guide).starts_with("http"))
        J.attribute("url", utf8(F.Guide));
    });
    J.attributeArray("related_locations", [&] {
      for (const Line &N : F.Notes)
        J.object([&] {
          J.attribute("message", utf8(N.Text));
          J.attributeObject("location", [&] { location(N.Where); });
        });
    });
    if (!F.Fixes.empty())
      suggestion(F.Fixes);
  }

private:
  /// reviewdog counts columns in bytes.
  void position(llvm::StringRef Key, unsigned Line, unsigned Column) {
    J.attributeObject(Key, [&] {
      J.attribute("line", Line);
      J.attribute("column", Column);
    });
  }

  void location(const NamedPlace &P) {
    const ReportPlaces::Region R = Places.bytes(P);
    J.attribute("path", utf8(Places.file(P)));
    J.attributeObject("range", [&] {
      position("start", R.Line, R.Column);
      position("end", R.Line, R.EndColumn);
    });
  }

  /// What the edits leave of the source from the first to the last of them: suggestions
  /// are taken one by one, and half a fix may not compile. Nothing if they are in several files.
  void suggestion(std::vector<NamedEdit> Edits) {
    llvm::sort(Edits);
    std::string Text;
    NamedPlace At = Edits.front().Begin;
    for (const NamedEdit &E : Edits) {
      if (E.Begin.File != At.File || E.Begin < At)
        return;
      const llvm::StringRef Before = Places.sources().from(At), After = Places.sources().from(E.Begin);
      if (After.size() > Before.size())
        return;
      Text += Before.drop_back(After.size());
      Text += E.Text;
      At = E.End;
    }
    J.attributeArray("suggestions", [&] {
      J.object([&] {
        J.attributeObject("range", [&] {
          position("start", Edits.front().Begin.Line, Edits.front().Begin.Column);
          position("end", At.Line, At.Column);
        });
        J.attribute("text", utf8(Text));
      });
    });
  }

  OStream &J;
  ReportPlaces &Places;
};

} // namespace

std::string rdjsonReport(const Analysis &A, ReportPlaces &Places) {
  auto Write = [&](OStream &J) {
    J.object([&] {
      J.attributeObject("source", [&] { J.attribute("name", "nettune"); });
      J.attribute("severity", "WARNING");
      J.attributeArray("diagnostics", [&] {
        for (const ReportedFinding &F : A.Findings)
          if (isShown(A, F))
            J.object([&] { RdjsonReport(J, Places).diagnostic(F); });
      });
    });
  };
  return jsonText(Write, 2);
}

} // namespace nettune::cli
