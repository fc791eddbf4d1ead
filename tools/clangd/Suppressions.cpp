//===- Suppressions.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Suppressions.h"

#include "Messages.h"

#include <clang/Lex/Lexer.h>

#include <llvm/ADT/STLExtras.h>

#include <map>

namespace nettune::editor {
namespace json = llvm::json;

static bool isString(const clang::Token &T) {
  return clang::tok::isStringLiteral(T.getKind()) || T.isOneOf(clang::tok::char_constant, clang::tok::wide_char_constant);
}

/// Is the place inside of a string?
static bool inString(llvm::StringRef Text, std::size_t At) {
  clang::LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus14 = Language.CPlusPlus17 = Language.CPlusPlus20 = true;
  Language.LineComment = Language.RawStringLiterals = true;
  std::string Copy = Text.str(); // ends with a zero
  clang::Lexer Lexer(clang::SourceLocation(), Language, Copy.data(), Copy.data(), Copy.data() + Copy.size());
  clang::Token T;
  do {
    Lexer.LexFromRawLexer(T);
    std::size_t End = Lexer.getBufferLocation() - Copy.data();
    if (End > At)
      return End - T.getLength() < At && isString(T);
  } while (T.isNot(clang::tok::eof));
  return false;
}

/// From the begin of a line to behind its break, and its parts.
struct LineOf {
  LineOf(llvm::StringRef Text, unsigned Line) : Begin(offsetOf(Text, Line, 0, Units::Utf8)) {
    End = std::min(Text.find('\n', Begin), Text.size());
    Words = Text.slice(Begin, End);
    Break = Words.consume_back("\r") ? "\r\n" : "\n";
    Splices = Words.rtrim().ends_with("\\");
  }
  std::size_t Begin, End;
  llvm::StringRef Words, Break;
  bool Splices; ///< goes on in the next line
};

/// Where one more name goes into `NOLINTNEXTLINE(a, b)` of the line above.
static std::optional<Insertion> intoList(llvm::StringRef Text, const LineOf &Above, llvm::StringRef Check) {
  constexpr llvm::StringLiteral Opening = "NOLINTNEXTLINE(";
  std::size_t Comment = Above.Words.find("//"), List = Above.Words.find(Opening);
  if (Comment == llvm::StringRef::npos || List == llvm::StringRef::npos || List < Comment)
    return std::nullopt;
  std::size_t Begin = List + Opening.size(), Close = Above.Words.find(')', Begin);
  if (Close == llvm::StringRef::npos || inString(Text, Above.Begin + Close))
    return std::nullopt;
  bool Empty = Above.Words.slice(Begin, Close).trim().empty();
  return Insertion{Above.Begin + Close, ((Empty ? "" : ", ") + Check).str()};
}

std::optional<Insertion> suppression(llvm::StringRef Text, unsigned Line, llvm::StringRef Check) {
  LineOf Here(Text, Line);
  bool Free = true;
  if (Line) {
    LineOf Above(Text, Line - 1);
    if (auto More = intoList(Text, Above, Check))
      return More;
    Free = !Above.Splices && !inString(Text, Here.Begin);
  }
  std::string Comment = ("(" + Check + "): reason").str();
  if (Free) {
    llvm::StringRef Indentation = Here.Words.take_while([](char C) { return C == ' ' || C == '\t'; });
    return Insertion{Here.Begin, (Indentation + "// NOLINTNEXTLINE" + Comment + Here.Break).str()};
  }
  std::size_t End = Here.Begin + Here.Words.size();
  if (Here.Splices || inString(Text, End))
    return std::nullopt;
  return Insertion{End, " // NOLINT" + Comment};
}

static bool wantsQuickFixes(const json::Object &Context) {
  const json::Array *Only = Context.getArray("only");
  return !Only || llvm::any_of(*Only, [](const json::Value &K) {
    auto Kind = K.getAsString();
    return Kind && (Kind->empty() || *Kind == "quickfix");
  });
}

/// What is suppressed together: diagnostics of one check in one line.
using Groups = std::map<std::pair<std::int64_t, std::string>, json::Array>;

static Groups groupsOf(const json::Array &Diagnostics) {
  Groups All;
  for (const json::Value &V : Diagnostics) {
    const json::Object *D = V.getAsObject();
    const json::Object *Range = D && isOurs(*D) ? D->getObject("range") : nullptr;
    const json::Object *Start = Range ? Range->getObject("start") : nullptr;
    if (auto Line = Start ? Start->getInteger("line") : std::nullopt; Line && *Line >= 0)
      All[{*Line, D->getString("code")->str()}].push_back(V);
  }
  return All;
}

void addSuppressions(json::Value &Result, const json::Value &Params, const Documents &Open) {
  const json::Object *P = Params.getAsObject();
  const json::Object *Context = P ? P->getObject("context") : nullptr;
  const json::Array *Diagnostics = Context ? Context->getArray("diagnostics") : nullptr;
  const json::Object *Document = P ? P->getObject("textDocument") : nullptr;
  auto Uri = Document ? Document->getString("uri") : std::nullopt;
  std::optional<std::string> Text = Uri ? Open.text(*Uri) : std::nullopt;
  if (!Diagnostics || !Text || !wantsQuickFixes(*Context))
    return;
  for (auto &[Place, Suppressed] : groupsOf(*Diagnostics)) {
    const auto &[Line, Check] = Place;
    auto New = suppression(*Text, static_cast<unsigned>(Line), Check);
    if (!New)
      continue;
    json::Object At = positionOf(*Text, New->At, Open.units());
    json::Object Edit{{"range", json::Object{{"start", json::Object(At)}, {"end", json::Object(At)}}}, {"newText", New->Text}};
    json::Object Action{{"title", "Suppress '" + Check + "' with a reason"},
                        {"kind", "quickfix"},
                        {"diagnostics", std::move(Suppressed)},
                        {"edit", json::Object{{"changes", json::Object{{Uri->str(), json::Array{std::move(Edit)}}}}}}};
    if (Result.kind() == json::Value::Null)
      Result = json::Array();
    if (Result.kind() != json::Value::Array)
      return; // a form that is not known
    Result.getAsArray()->push_back(std::move(Action));
  }
}

} // namespace nettune::editor
