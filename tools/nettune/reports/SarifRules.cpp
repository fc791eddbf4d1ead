//===- SarifRules.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/SarifRules.h"

#include "Explain.h"
#include "reports/JsonText.h"

#include <llvm/ADT/StringExtras.h>

namespace nettune::cli {
namespace {

/// Where a link of the guide leads to, seen from elsewhere; empty: nowhere.
std::string absoluteTarget(llvm::StringRef Target, llvm::StringRef Guide) {
  if (Target.starts_with("http"))
    return Target.str();
  if (!Guide.starts_with("http"))
    return "";
  const llvm::StringRef Document = Guide.split('#').first;
  if (Target.starts_with("#"))
    return (Document + Target).str();
  return (Document.rsplit('/').first + "/" + Target).str();
}

/// Of a line of prose, not of code.
std::string withLinks(llvm::StringRef Line, llvm::StringRef Guide) {
  std::string Out;
  while (!Line.empty()) {
    const std::size_t Open = Line.find('['), Middle = Line.find("](", Open);
    std::size_t End = Middle == Line.npos ? Middle : Line.find(')', Middle), Title = Line.find(" \"", Middle);
    if (Title < End) { // it may hold parentheses
      End = Line.find("\")", Title);
      End += End != Line.npos;
    } else {
      Title = End;
    }
    if (End == Line.npos)
      break;
    const llvm::StringRef Text = Line.slice(Open + 1, Middle), Target = Line.slice(Middle + 2, Title);
    if (Text.contains('[') || Text.contains(']')) { // the bracket opens no link
      Out += Line.take_front(Open + 1);
      Line = Line.drop_front(Open + 1);
      continue;
    }
    const std::string Address = absoluteTarget(Target, Guide);
    Out += Line.take_front(Open);
    Out += Address.empty() ? Text.str() : ("[" + Text + "](" + Address + ")").str();
    Line = Line.drop_front(End + 1);
  }
  return Out + Line.str();
}

std::string withoutComments(llvm::StringRef Text) {
  std::string Out;
  for (std::size_t From; (From = Text.find("<!--")) != Text.npos;) {
    const std::size_t To = Text.find("-->", From);
    if (To == Text.npos)
      break;
    Out += Text.take_front(From);
    Text = Text.drop_front(To + 3);
    if ((Out.empty() || Out.back() == '\n') && Text.starts_with("\n"))
      Text = Text.drop_front();
  }
  return Out + Text.str();
}

/// nettune-short-write as ShortWrite: what SARIF takes for a name.
std::string ruleName(llvm::StringRef Check) {
  Check.consume_front("nettune-");
  std::string Name;
  bool Begins = true;
  for (char C : Check) {
    if (llvm::isAlnum(C))
      Name += Begins ? llvm::toUpper(C) : C;
    Begins = !llvm::isAlnum(C);
  }
  return Name;
}

} // namespace

std::string standaloneMarkdown(llvm::StringRef Section, llvm::StringRef Guide) {
  const std::string Text = withoutComments(Section);
  std::string Out;
  bool InCode = false;
  for (llvm::StringRef Rest = Text; !Rest.empty();) {
    auto [Line, More] = Rest.split('\n');
    Rest = More;
    const bool Fence = Line.ltrim().starts_with("```");
    InCode ^= Fence;
    if (Line.starts_with("<a id="))
      continue;
    Out += Fence || InCode ? Line.str() : withLinks(Line, Guide);
    Out += "\n";
  }
  return llvm::StringRef(Out).trim('\n').str() + "\n";
}

void writeSarifRule(llvm::json::OStream &J, const ReportedFinding &Example) {
  const std::string Summary(checkSummary(Example.Check));
  const std::string Section = section(guideText(), Example.Section).value_or("");
  const bool OnTheWeb = llvm::StringRef(Example.Guide).starts_with("http");
  J.object([&] {
    J.attribute("id", utf8(Example.Check));
    J.attribute("name", ruleName(Example.Check));
    for (const char *Key : {"shortDescription", "fullDescription"})
      J.attributeObject(Key, [&] { J.attribute("text", utf8(Summary.empty() ? Example.Check : Summary)); });
    if (OnTheWeb)
      J.attribute("helpUri", utf8(Example.Guide));
    if (!Section.empty())
      J.attributeObject("help", [&] {
        std::string Markdown = standaloneMarkdown(Section, Example.Guide);
        if (OnTheWeb)
          Markdown = "[The guide](" + Example.Guide + ")\n\n" + Markdown;
        J.attribute("text", utf8(plainText(Section, 100) + (OnTheWeb ? "\n" + Example.Guide + "\n" : "")));
        J.attribute("markdown", utf8(Markdown));
      });
    J.attributeObject("defaultConfiguration", [&] { J.attribute("level", "warning"); });
    J.attributeObject("properties", [&] {
      J.attributeArray("tags", [&] {
        J.value("performance");
        J.value("network");
      });
      J.attribute("precision", "high");
      J.attribute("problem.severity", "warning");
    });
  });
}

} // namespace nettune::cli
