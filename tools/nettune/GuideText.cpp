//===- GuideText.cpp - Markdown to a terminal's text ----------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"

#include <algorithm>

namespace nettune::cli {

using std::string_view;

static constexpr string_view AnchorBegin = "<a id=\"", AnchorEnd = "\"></a>";
/// Of the comment before a block of code: `<!-- snippet: BAD nettune-... -->`.
static constexpr string_view SnippetBegin = "<!-- snippet: ";

/// The lines of a text, without their ends.
static std::vector<string_view> linesOf(string_view Text) {
  std::vector<string_view> Lines;
  while (!Text.empty()) {
    std::size_t End = std::min(Text.find('\n'), Text.size());
    Lines.push_back(Text.substr(0, End));
    Text.remove_prefix(std::min(End + 1, Text.size()));
  }
  return Lines;
}

/// The anchor that a line is, and nothing else; else empty.
static string_view anchorOf(string_view Line) {
  if (!Line.starts_with(AnchorBegin) || !Line.ends_with(AnchorEnd) || Line.size() < AnchorBegin.size() + AnchorEnd.size())
    return {};
  return Line.substr(AnchorBegin.size(), Line.size() - AnchorBegin.size() - AnchorEnd.size());
}

std::vector<std::string> sectionAnchors(string_view Guide) {
  std::vector<std::string> All;
  for (string_view Line : linesOf(Guide))
    if (string_view Anchor = anchorOf(Line); !Anchor.empty())
      All.emplace_back(Anchor);
  return All;
}

std::optional<std::string> section(string_view Guide, string_view Anchor) {
  const std::string Wanted = std::string(AnchorBegin) + std::string(Anchor) + std::string(AnchorEnd);
  std::string Found;
  std::optional<std::string> Around;
  bool Holds = false;
  for (string_view Line : linesOf(Guide)) {
    if (!anchorOf(Line).empty()) {
      if (Holds && Found.starts_with(Wanted))
        return Found;
      if (Holds && !Around)
        Around = Found;
      Holds = false;
      Found.clear();
    }
    Holds |= Line.find(Wanted) != Line.npos;
    Found.append(Line).append("\n");
  }
  if (Holds && (!Around || Found.starts_with(Wanted)))
    return Found;
  return Around;
}

/// What stands between \p Begin and \p End is dropped, with both.
static void drop(std::string &Text, string_view Begin, string_view End) {
  for (std::size_t From = Text.find(Begin); From != Text.npos; From = Text.find(Begin, From)) {
    std::size_t To = Text.find(End, From);
    if (To == Text.npos)
      return;
    Text.erase(From, To + End.size() - From);
  }
}

/// `[text](address "title")` as `text`, with an address of the web behind it.
static std::string withoutLinks(string_view Text) {
  std::string Out;
  for (std::size_t At = 0; At < Text.size();) {
    std::size_t Middle = Text[At] == '[' ? Text.find("](", At) : Text.npos;
    std::size_t End = Middle == Text.npos ? Middle : Text.find(')', Middle);
    if (End == Text.npos || Text.substr(At + 1, Middle - At - 1).find('[') != Text.npos) {
      Out += Text[At++];
      continue;
    }
    // A manual page's address holds no parenthesis, a title may.
    if (std::size_t Title = Text.find(" \"", Middle); Title < End)
      End = Text.find("\")", Title) + 1;
    Out += Text.substr(At + 1, Middle - At - 1);
    string_view Address = Text.substr(Middle + 2, End - Middle - 2);
    if (Address.starts_with("http"))
      Out.append(" <").append(Address).append(">");
    At = End + 1;
  }
  return Out;
}

/// Columns of UTF-8 text: bytes that begin a character.
static std::size_t columns(string_view Text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(Text, [](char C) { return (static_cast<unsigned char>(C) & 0xc0) != 0x80; }));
}

namespace {

class Printer {
public:
  explicit Printer(std::size_t Width) : Width(Width) {}

  void line(string_view Line) {
    if (Line.find("```") != Line.npos && Line.find_first_not_of(' ') == Line.find("```")) {
      flush();
      InCode = !InCode;
      return;
    }
    if (InCode) {
      Out.append(Line.empty() ? "" : "    ").append(Line).append("\n");
      return;
    }
    if (Line.starts_with(SnippetBegin))
      return label(Line.substr(SnippetBegin.size()));
    std::string Text(Line);
    drop(Text, "<!--", "-->");
    drop(Text, AnchorBegin, AnchorEnd);
    if (Text.empty() || Text.find_first_not_of(' ') == Text.npos)
      return blank(Line);
    prose(withoutLinks(Text));
  }

  std::string take() {
    flush();
    return std::move(Out);
  }

private:
  /// What kind of code comes next: the first word, and the check if one is named.
  void label(string_view Mark) {
    flush();
    const string_view Kind = Mark.substr(0, Mark.find(' '));
    const std::size_t Check = Mark.find("nettune-");
    Out.append(Kind == "GOOD" ? "Good" : Kind == "BAD" ? "Bad" : "Before");
    if (Check != Mark.npos)
      Out.append(" (").append(Mark.substr(Check, Mark.find(' ', Check) - Check)).append(")");
    Out += ":\n\n";
  }

  /// A line that held a comment only leaves nothing.
  void blank(string_view Line) {
    flush();
    if (Line.empty() && !Out.empty() && !Out.ends_with("\n\n"))
      Out += "\n";
  }

  void prose(const std::string &Text) {
    std::size_t Start = Text.find_first_not_of(' ');
    string_view Rest = string_view(Text).substr(Start);
    if (Rest.front() == '#' || Rest.front() == '|') { // headings, rows of tables
      flush();
      Out.append(Text).append("\n");
      return;
    }
    std::size_t Mark = Rest.starts_with("- ") ? 2 : numbered(Rest);
    if (Mark) {
      flush();
      Indent = Start + Mark;
      First = Text.substr(0, Indent);
      Rest.remove_prefix(Mark);
    }
    Pending.append(Pending.empty() ? "" : " ").append(Rest);
  }

  /// The length of "12. " at the begin, or 0.
  static std::size_t numbered(string_view Text) {
    std::size_t Digits = std::min(Text.find_first_not_of("0123456789"), Text.size());
    return Digits && Text.substr(Digits).starts_with(". ") ? Digits + 2 : 0;
  }

  void flush() {
    std::string Line = First.empty() ? std::string(Indent, ' ') : First;
    bool Begun = false;
    for (string_view Rest = Pending; !Rest.empty();) {
      std::size_t End = std::min(Rest.find(' '), Rest.size());
      string_view Word = Rest.substr(0, End);
      Rest.remove_prefix(std::min(End + 1, Rest.size()));
      if (Begun && columns(Line) + 1 + columns(Word) > Width) {
        Out.append(Line).append("\n");
        Line.assign(Indent, ' ');
        Begun = false;
      }
      Line.append(Begun ? " " : "").append(Word);
      Begun = true;
    }
    if (Begun)
      Out.append(Line).append("\n");
    Pending.clear();
    First.clear();
    Indent = 0;
  }

  const std::size_t Width;
  std::string Out, Pending, First; ///< First: what stands before an entry's first word
  std::size_t Indent = 0;
  bool InCode = false;
};

} // namespace

std::string plainText(string_view Markdown, std::size_t Width) {
  Printer P(Width);
  for (string_view Line : linesOf(Markdown))
    P.line(Line);
  return P.take();
}

} // namespace nettune::cli
