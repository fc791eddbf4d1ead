//===- Json.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Formats.h"
#include "reports/JsonText.h"

namespace nettune::cli {
namespace {

using llvm::json::OStream;

class JsonReport {
public:
  JsonReport(OStream &J, ReportPlaces &Places) : J(J), Places(Places) {}

  void analysis(const Analysis &A) {
    J.object([&] {
      J.attribute("version", 1);
      J.attributeObject("tool", [&] {
        J.attribute("name", "nettune");
        J.attribute("version", NETTUNE_VERSION);
      });
      J.attribute("root", utf8(Places.repository()));
      J.attribute("compared", A.Compared);
      J.attribute("complete", A.complete());
      J.attribute("translationUnits", static_cast<std::int64_t>(A.Tus));
      J.attribute("programs", static_cast<std::int64_t>(A.Programs));
      if (A.Samples) {
        J.attribute("samples", A.Samples);
        J.attribute("samplesUnit", A.SamplesUnit);
      }
      J.attributeArray("notAnalysed", [&] {
        for (const Analysis::LostTu &T : A.Lost)
          J.object([&] {
            J.attribute("file", fileName({T.File}));
            J.attribute("details", utf8(T.Why));
          });
      });
      J.attributeArray("withErrors", [&] {
        for (const std::string &File : A.Partial)
          J.value(fileName({File}));
      });
      J.attributeArray("findings", [&] {
        for (const ReportedFinding &F : A.Findings)
          J.object([&] { finding(F, A); });
      });
    });
  }

private:
  std::string fileName(const NamedPlace &P) const { return utf8(Places.file(P)); }

  void text(llvm::StringRef Key, llvm::StringRef Text) {
    if (!Text.empty())
      J.attribute(Key, utf8(Text));
  }

  void place(const NamedPlace &P) {
    J.attribute("file", fileName(P));
    J.attribute("line", P.Line);
    J.attribute("column", P.Column);
  }

  void lines(llvm::StringRef Key, llvm::ArrayRef<Line> Lines) {
    J.attributeArray(Key, [&] {
      for (const Line &L : Lines)
        J.object([&] {
          place(L.Where);
          J.attribute("message", utf8(L.Text));
        });
    });
  }

  void finding(const ReportedFinding &F, const Analysis &A) {
    J.attribute("fingerprint", utf8(F.Fingerprint));
    J.attribute("check", utf8(F.Check));
    J.attribute("state", stateName(F.Is));
    text("reason", F.Reason);
    place(F.Where);
    J.attribute("message", utf8(F.Text));
    text("function", F.Function);
    text("api", F.Api);
    text("section", F.Section);
    text("guide", F.Guide);
    lines("path", F.Path);
    lines("notes", F.Notes);
    if (A.Samples) {
      J.attribute("samplesStalling", F.Stalling);
      J.attribute("samplesOnStack", F.OnStack);
    }
    J.attributeArray("fixes", [&] {
      for (const NamedEdit &E : F.Fixes)
        J.object([&] {
          J.attributeObject("begin", [&] { place(E.Begin); });
          J.attributeObject("end", [&] { place(E.End); });
          J.attribute("text", utf8(E.Text));
        });
    });
  }

  OStream &J;
  ReportPlaces &Places;
};

} // namespace

std::string jsonReport(const Analysis &A, ReportPlaces &Places) {
  return jsonText([&](OStream &J) { JsonReport(J, Places).analysis(A); }, 2);
}

} // namespace nettune::cli
