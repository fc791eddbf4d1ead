//===- LogCalls.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LogCalls.h"

#include <clang/AST/Attr.h>
#include <clang/AST/DeclCXX.h>

#include <llvm/ADT/StringExtras.h>

using namespace clang;

namespace nettune::analysis {

static constexpr llvm::StringLiteral LogWords[] = {"log",  "logf",   "logger", "logging", "logln", "spdlog",
                                                   "glog", "syslog", "trace",  "print",   "println", "perror"};
static constexpr llvm::StringLiteral LogClassWords[] = {"log", "logger", "logging", "spdlog", "debug"};

bool hasWord(StringRef Name, ArrayRef<llvm::StringLiteral> Words) {
  std::string Word;
  auto Is = [&] { return !Word.empty() && llvm::is_contained(Words, StringRef(Word)); };
  for (std::size_t I = 0; I < Name.size(); ++I) {
    char C = Name[I];
    bool AfterLower = I > 0 && llvm::isLower(Name[I - 1]);
    bool BeforeLower = I + 1 < Name.size() && llvm::isLower(Name[I + 1]);
    bool Begins = llvm::isUpper(C) && (AfterLower || BeforeLower);
    if (!llvm::isAlpha(C) || Begins) {
      if (Is())
        return true;
      Word.clear();
    }
    if (llvm::isAlpha(C))
      Word += llvm::toLower(C);
  }
  return Is();
}

static StringRef identifier(const NamedDecl &D) {
  return D.getDeclName().isIdentifier() ? D.getName() : StringRef();
}

/// Formats into memory: snprintf, vasprintf.
static bool formatsIntoMemory(StringRef Name) {
  Name.consume_front("__builtin_");
  Name.consume_front("v");
  return Name.starts_with("sprintf") || Name.starts_with("snprintf") || Name.starts_with("asprintf");
}

bool isLogCall(const CallExpr &C) {
  const FunctionDecl *Fn = C.getDirectCallee();
  if (!Fn)
    return false;
  StringRef Name = identifier(*Fn);
  if (Name.empty() || formatsIntoMemory(Name))
    return false;
  if (Fn->hasAttr<FormatAttr>() || Name.ends_with("printf") || hasWord(Name, LogWords))
    return true;
  for (const DeclContext *DC = Fn->getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Outer = dyn_cast<NamedDecl>(DC); Outer && !isa<FunctionDecl>(DC))
      if (hasWord(identifier(*Outer), LogClassWords))
        return true;
  return false;
}

static bool derivesFromStream(const CXXRecordDecl &R, unsigned Depth = 0) {
  StringRef Name = identifier(R);
  // Text that is kept goes somewhere.
  if (Name == "basic_ostringstream" || Name == "basic_stringstream")
    return false;
  if (Name == "basic_ostream" || hasWord(Name, LogClassWords))
    return true;
  return Depth < 8 && R.hasDefinition() && llvm::any_of(R.bases(), [&](const CXXBaseSpecifier &B) {
           const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
           return Base && derivesFromStream(*Base, Depth + 1);
         });
}

bool isLogInsertion(const CXXOperatorCallExpr &C) {
  if (C.getOperator() != OO_LessLess || C.getNumArgs() != 2)
    return false;
  // `text << a << b`: what counts is the innermost stream.
  const Expr *Stream = C.getArg(0)->IgnoreParenImpCasts();
  while (const auto *Inner = dyn_cast<CXXOperatorCallExpr>(Stream)) {
    if (Inner->getOperator() != OO_LessLess)
      break;
    Stream = Inner->getArg(0)->IgnoreParenImpCasts();
  }
  const CXXRecordDecl *R = Stream->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return R && derivesFromStream(*R);
}

bool makesText(const FunctionDecl &Fn) {
  StringRef Name = identifier(Fn);
  return Name == "to_string" || Name == "strerror" || Name == "format" || Name == "to_underlying" ||
         Name == "strerror_r";
}

} // namespace nettune::analysis
