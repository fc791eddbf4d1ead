//===- Gitlab.cpp --------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Formats.h"
#include "reports/JsonText.h"

namespace nettune::cli {

/// GitLab compares the report with that of the target branch by fingerprints: what is not new
/// has to have the one that it has there, also if its function was renamed. So each has its own:
/// the same one twice shows once.
static const std::string &fingerprint(const ReportedFinding &F) {
  return F.BaseFingerprint.empty() ? F.Fingerprint : F.BaseFingerprint;
}

std::string gitlabReport(const Analysis &A, ReportPlaces &Places) {
  auto Write = [&](llvm::json::OStream &J) {
    J.array([&] {
      for (const ReportedFinding &F : A.Findings)
        if (F.Is != State::Accepted || A.ShowAll)
          J.object([&] {
            J.attribute("description", utf8(F.Text));
            J.attribute("check_name", utf8(F.Check));
            J.attribute("fingerprint", utf8(fingerprint(F)));
            J.attribute("severity", "major");
            J.attributeObject("location", [&] {
              J.attribute("path", utf8(Places.file(F.Where)));
              J.attributeObject("lines", [&] { J.attribute("begin", std::max(1u, F.Where.Line)); });
            });
          });
    });
  };
  return jsonText(Write, 2);
}

} // namespace nettune::cli
