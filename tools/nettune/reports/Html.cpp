//===- Html.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Html.h"

#include "Explain.h"
#include "reports/Encoding.h"
#include "reports/Formats.h"
#include "reports/JsonText.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Base64.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/SHA256.h>

#include <map>
#include <set>

namespace nettune::cli {
namespace {

using llvm::json::OStream;

/// So many lines before and behind one that is shown.
constexpr unsigned Around = 3;

/// What the page's script makes the findings from.
class PageData {
public:
  PageData(OStream &J, ReportPlaces &Places) : J(J), Places(Places) {}

  void analysis(const Analysis &A) {
    J.object([&] {
      J.attribute("compared", A.Compared);
      J.attribute("showAll", A.ShowAll);
      J.attributeArray("findings", [&] {
        for (const ReportedFinding &F : A.Findings)
          J.object([&] { finding(F); });
      });
      J.attributeObject("code", [&] {
        for (const auto &[File, Numbers] : Shown)
          J.attributeObject(utf8(File.second), [&, &File = File, &Numbers = Numbers] {
            for (unsigned N : Numbers)
              J.attribute(std::to_string(N), utf8(Places.sources().line({File.first, N, 1})));
          });
      });
    });
  }

private:
  void place(const NamedPlace &P) {
    const ReportPlaces::Region R = Places.utf16(P);
    const std::string File = Places.file(P);
    J.attribute("file", utf8(File));
    J.attribute("line", P.Line);
    J.attribute("column", R.Column);
    J.attribute("end", R.EndColumn);
    if (P.Line == 0 || Places.sources().from({P.File, 1, 1}).empty())
      return; // of no file, or one that is gone
    std::set<unsigned> &Lines = Shown[{P.File, File}];
    for (unsigned N = P.Line > Around ? P.Line - Around : 1; N <= P.Line + Around; ++N)
      if (N <= P.Line || !Places.sources().from({P.File, N, 1}).empty())
        Lines.insert(N);
  }

  void step(const NamedPlace &Where, llvm::StringRef Text) {
    J.object([&] {
      place(Where);
      J.attribute("text", utf8(Text));
    });
  }

  void finding(const ReportedFinding &F) {
    J.attribute("fingerprint", utf8(F.Fingerprint));
    J.attribute("check", utf8(F.Check));
    J.attribute("section", utf8(F.Section));
    J.attribute("state", stateName(F.Is));
    J.attribute("reason", utf8(F.Reason));
    J.attribute("text", utf8(F.Text));
    J.attribute("function", utf8(F.Function));
    J.attribute("guide", utf8(F.Guide));
    place(F.Where);
    J.attributeArray("path", [&] {
      for (const Line &L : F.Path)
        step(L.Where, L.Text);
    });
    J.attributeArray("notes", [&] {
      for (const Line &N : llvm::ArrayRef(F.Notes).drop_front(F.Path.empty() ? 0 : std::min(F.Hops, F.Notes.size())))
        step(N.Where, N.Text);
    });
    J.attributeArray("fixes", [&] {
      for (const NamedEdit &E : F.Fixes)
        J.object([&] {
          J.attribute("place", utf8(Places.file(E.Begin)) + ":" + std::to_string(E.Begin.Line) + ":" + std::to_string(E.Begin.Column));
          J.attribute("text", utf8(E.Text));
        });
    });
  }

  OStream &J;
  ReportPlaces &Places;
  /// By the file's name here and in the report: lines whose text the page needs.
  std::map<std::pair<std::string, std::string>, std::set<unsigned>> Shown;
};

/// In a script element nothing ends a string but its quote, and nothing the element.
std::string scriptJson(const std::string &Json) {
  std::string Out;
  for (char C : Json) {
    if (C == '<')
      Out += "\\u003c";
    else
      Out += C;
  }
  return Out;
}

/// The first heading of the Markdown.
std::string heading(llvm::StringRef Markdown) {
  for (llvm::StringRef Rest = Markdown; !Rest.empty(); Rest = Rest.split('\n').second)
    if (Rest.starts_with("#"))
      return Rest.split('\n').first.ltrim("# ").str();
  return "";
}

/// A place for the section's findings, with the guide's text. That is nettune's own, and HTML.
std::string sectionHtml(const std::string &Section) {
  const std::string Markdown = section(guideText(), Section).value_or("");
  std::string Body = section(guideHtml(), Section).value_or("");
  if (Body.empty() && !Markdown.empty())
    Body = "<pre>" + xmlText(Markdown) + "</pre>\n";
  const std::string Title = heading(Markdown);
  std::string Out = "<section data-section=\"" + xmlText(Section) + "\">\n<h2>" + xmlText(Title.empty() ? Section : Title) + "</h2>\n";
  if (!Body.empty())
    Out += "<details class=\"guide\"><summary>What the guide says</summary>\n<div class=\"prose\">\n" + Body + "</div></details>\n";
  return Out + "<div class=\"findings\"></div>\n</section>\n";
}

std::string counted(std::size_t Count, const std::string &What) { return std::to_string(Count) + " " + What + (Count == 1 ? "" : "s"); }

std::string headerHtml(const Analysis &A, const ReportPlaces &Places) {
  const auto New = static_cast<std::size_t>(llvm::count_if(A.Findings, [](const ReportedFinding &F) { return F.Is == State::New; }));
  std::string Out = "<header>\n<h1>nettune</h1>\n<p class=\"total\">" + counted(New, A.Compared ? "new finding" : "finding");
  Out += " in " + counted(A.Tus, "translation unit") + (A.Programs ? " of " + counted(A.Programs, "program") : "") + "</p>\n";
  Out += "<p class=\"faint\">" + xmlText(llvm::sys::path::filename(Places.repository())) + ", nettune " NETTUNE_VERSION "</p>\n";
  if (!A.complete()) {
    Out += "<div class=\"incomplete\"><strong>Not all was analysed.</strong><ul>\n";
    for (const Analysis::LostTu &T : A.Lost)
      Out += "<li><code>" + xmlText(Places.file({T.File})) + "</code> could not be analysed; see <code>" + xmlText(T.Why) + "</code></li>\n";
    for (const std::string &File : A.Partial)
      Out += "<li><code>" + xmlText(Places.file({File})) + "</code> has errors</li>\n";
    Out += "</ul></div>\n";
  }
  return Out + "</header>\n<form id=\"filter\" hidden></form>\n";
}

} // namespace

std::string htmlReport(const Analysis &A, ReportPlaces &Places) {
  std::string Sections;
  std::set<std::string> Seen;
  for (const ReportedFinding &F : A.Findings)
    if (Seen.insert(F.Section).second)
      Sections += sectionHtml(F.Section);
  const std::string Script(pageScript());
  // Only this script runs, and nothing is fetched, whatever names and sources hold.
  const auto Hash = llvm::SHA256::hash(llvm::arrayRefFromStringRef(Script));
  const std::string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-" +
                             llvm::encodeBase64(Hash) + "'";
  std::string Data = jsonText([&](OStream &J) { PageData(J, Places).analysis(A); });
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         Policy + "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"nettune " NETTUNE_VERSION
         "\">\n<title>nettune: " +
         xmlText(llvm::sys::path::filename(Places.repository())) + "</title>\n<style>\n" + std::string(pageStyle()) +
         "</style>\n</head>\n<body>\n" + headerHtml(A, Places) + "<main>\n" + Sections +
         "<p id=\"none\" hidden></p>\n<noscript><p>The findings are shown by a script in this page; it fetches nothing.</p></noscript>\n</main>\n"
         "<script type=\"application/json\" id=\"data\">" +
         scriptJson(Data) + "</script>\n<script>" + Script + "</script>\n</body>\n</html>\n";
}

} // namespace nettune::cli
