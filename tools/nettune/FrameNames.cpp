//===- FrameNames.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FrameNames.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Demangle/Demangle.h>

namespace nettune::cli {
namespace {

constexpr llvm::StringLiteral Lambda = "{lambda}";

/// `name+0x12`, `name+18`: bpftrace and perf.
llvm::StringRef withoutOffset(llvm::StringRef S) {
  auto [Name, Offset] = S.rsplit('+');
  Offset.consume_front("0x");
  return !Name.empty() && !Offset.empty() && llvm::all_of(Offset, llvm::isHexDigit) ? Name : S;
}

/// What tools write behind a name: ` (inlined)`, the module in parentheses, `_[k]` for
/// the kernel and the like (stackcollapse-perf), ` [clone .cold]`.
llvm::StringRef withoutMarks(llvm::StringRef S) {
  for (;;) {
    const std::size_t Before = S.size();
    S = withoutOffset(S.trim());
    S.consume_back(" (inlined)");
    S = S.take_front(S.find(" [clone "));
    if (S.size() > 4 && S.ends_with("]") && S.drop_back(2).ends_with("_["))
      S = S.drop_back(4);
    if (std::size_t Module = S.rfind(" ("); Module != llvm::StringRef::npos && S.ends_with(")") &&
                                            (S[Module + 2] == '/' || S[Module + 2] == '['))
      S = S.take_front(Module);
    if (S.size() == Before)
      return S;
  }
}

/// What follows the bracket that \p S begins with and its partner.
llvm::StringRef behindBrackets(llvm::StringRef S) {
  std::size_t Depth = 0;
  for (std::size_t I = 0; I < S.size(); ++I) {
    if (llvm::StringRef("<({[").contains(S[I]))
      ++Depth;
    else if (llvm::StringRef(")}]").contains(S[I]) || (S[I] == '>' && (I == 0 || S[I - 1] != '-')))
      --Depth;
    if (Depth == 0)
      return S.drop_front(I + 1);
  }
  return {};
}

bool isWordPart(char C) { return llvm::isAlnum(C) || C == '_' || static_cast<unsigned char>(C) >= 0x80; }

/// Takes an operator's name, where \p S begins with one, to \p Out. Of a conversion the
/// type is part of it.
bool takeOperator(llvm::StringRef &S, std::string &Out) {
  llvm::StringRef Rest = S;
  if ((!Out.empty() && isWordPart(Out.back())) || !Rest.consume_front("operator") || (!Rest.empty() && isWordPart(Rest.front())))
    return false;
  static constexpr llvm::StringLiteral Signs[] = {"()", "[]", "<=>", "<<=", ">>=", "->*", "<<", ">>", "<=", ">=", "->", "==", "!=", "&&", "||", "++", "--",
                                                  "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<", ">", "+", "-", "*", "/", "%", "^", "&", "|", "~", "!", "=", ","};
  const auto *Sign = llvm::find_if(Signs, [&](llvm::StringRef Each) { return Rest.starts_with(Each); });
  const std::size_t Length = Sign != std::end(Signs) ? Sign->size() : std::min(Rest.find('('), Rest.size());
  Out += "operator" + Rest.take_front(Length).str();
  S = Rest.drop_front(Length);
  return true;
}

/// Takes a lambda, as demanglers and debug information name one, to \p Out.
bool takeLambda(llvm::StringRef &S, std::string &Out) {
  if (S.starts_with("{lambda") || S.starts_with("<lambda") || S.starts_with("(lambda"))
    S = behindBrackets(S);
  else if (S.starts_with("'lambda")) // LLVM's, with a number in the quotes
    S = S.drop_front(1).split('\'').second;
  else if (S.consume_front("$_")) // clang's own
    S = S.drop_while(llvm::isDigit);
  else
    return false;
  Out += Lambda;
  return true;
}

/// Names and `::` only.
std::string withoutTypes(llvm::StringRef S) {
  std::string Out;
  while (!S.empty()) {
    if (S.consume_front("(anonymous namespace)::") || S.consume_front("{anonymous}::") || S.consume_front("<unnamed>::") || takeOperator(S, Out) ||
        takeLambda(S, Out))
      continue;
    const char C = S.front();
    if (llvm::StringRef("<([{").contains(C)) {
      S = behindBrackets(S);
    } else if (C == ' ') {
      S = S.ltrim();
      if (S.starts_with("const") || S.starts_with("volatile") || S.starts_with("&") || S.starts_with("["))
        return Out;
      if (!S.empty() && !llvm::StringRef("<([{").contains(S.front())) // that was the type of the result
        Out.clear();
    } else if (!Out.empty() && (C == '.' || C == '@')) { // .isra.0, @GLIBC_2.2.5
      return Out;
    } else {
      if (C != '*' && C != '&')
        Out += C;
      S = S.drop_front();
    }
  }
  return Out;
}

bool isVersionNamespace(llvm::StringRef Part) { return Part == "__cxx11" || Part == "__1" || Part == "_V2" || Part == "__ndk1"; }

} // namespace

std::string frameName(llvm::StringRef Frame) {
  Frame = withoutMarks(Frame);
  std::string Demangled;
  if (Frame.starts_with("_Z")) {
    Demangled = llvm::demangle(Frame.take_until([](char C) { return C == '.' || C == '@'; }));
    Frame = Demangled;
  }
  const std::string Plain = withoutTypes(Frame);
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::StringRef(Plain).split(Parts, "::");
  std::string Name;
  llvm::StringRef Last;
  for (llvm::StringRef Part : Parts) {
    const bool OfLambda = Last == Lambda && (Part == Lambda || Part == "operator()" || Part == "_FUN" || Part == "__invoke");
    if (Part.empty() || OfLambda || isVersionNamespace(Part))
      continue;
    Name += (Name.empty() ? "" : "::") + Part.str();
    Last = Part;
  }
  return Name;
}

std::string frameNameOfNote(llvm::StringRef Printed) {
  const bool InLambda = Printed.consume_front("the lambda in ");
  Printed.consume_front("'");
  Printed.consume_back("'");
  if (!InLambda)
    return frameName(Printed);
  const std::string Scope = Printed == "file scope" ? "" : frameName(Printed);
  return Scope.empty() ? Lambda.str() : Scope + "::" + Lambda.str();
}

bool isFrameOfApi(llvm::StringRef Name, llvm::StringRef Api) {
  std::string Wanted = frameName(Api);
  if (llvm::StringRef Stream = Wanted; Stream.consume_front("std::") && Stream.ends_with("fstream") && !Stream.contains("basic_"))
    Wanted = "std::basic_" + Stream.str(); // whose typedef it is
  if (Name.consume_front(Wanted))
    return Name.empty() || Name.starts_with("::");
  if (Name.contains("::") || llvm::StringRef(Wanted).contains("::"))
    return false;
  Name.consume_front("__GI_");
  Name.consume_front("__libc_");
  Name = Name.ltrim('_');
  return Name == Wanted;
}

} // namespace nettune::cli
