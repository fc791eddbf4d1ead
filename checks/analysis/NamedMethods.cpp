//===- NamedMethods.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/NamedMethods.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/ExprCXX.h>

#include <optional>

using namespace clang;

namespace nettune::analysis {
namespace {

struct Signature {
  llvm::StringRef Name;
  /// As written, without const, references and spaces; none if only a name is given.
  std::optional<llvm::SmallVector<std::string, 4>> Types;
};

/// The literal, also if the macro wraps it into a call that gives it back.
const StringLiteral *literal(const Expr &Text) {
  const Expr *E = Text.IgnoreParenImpCasts();
  if (const auto *Call = dyn_cast<CallExpr>(E); Call && Call->getNumArgs() == 1)
    E = Call->getArg(0)->IgnoreParenImpCasts();
  const auto *L = dyn_cast<StringLiteral>(E);
  return L && L->getCharByteWidth() == 1 ? L : nullptr;
}

std::string normalized(llvm::StringRef Type) {
  Type = Type.trim();
  Type.consume_front("const ");
  std::string Result;
  for (char C : Type)
    if (C != ' ' && C != '&')
      Result += C;
  return Result;
}

/// "1moved(QPair<int,int>,int)" has two parameters.
llvm::SmallVector<std::string, 4> parameterTypes(llvm::StringRef Inside) {
  llvm::SmallVector<std::string, 4> Types;
  unsigned Depth = 0;
  std::size_t Begin = 0;
  for (std::size_t I = 0; I < Inside.size(); ++I) {
    Depth += Inside[I] == '<' || Inside[I] == '(';
    Depth -= Depth && (Inside[I] == '>' || Inside[I] == ')');
    if (Inside[I] == ',' && Depth == 0) {
      Types.push_back(normalized(Inside.slice(Begin, I)));
      Begin = I + 1;
    }
  }
  if (!Inside.trim().empty())
    Types.push_back(normalized(Inside.substr(Begin)));
  return Types;
}

Signature signatureOf(const StringLiteral &L) {
  // What stands behind a NUL is the place of the macro.
  llvm::StringRef Text = L.getString().split('\0').first.trim();
  Text = Text.drop_while([](char C) { return C >= '0' && C <= '9'; });
  auto [Name, Rest] = Text.split('(');
  if (Name.size() == Text.size())
    return {Name, std::nullopt};
  return {Name.trim(), parameterTypes(Rest.rsplit(')').first)};
}

bool fits(const CXXMethodDecl &M, const Signature &S) {
  return !S.Types ||
         (M.getMinRequiredArguments() <= S.Types->size() && S.Types->size() <= M.getNumParams());
}

bool fitsExactly(const CXXMethodDecl &M, const Signature &S) {
  if (!S.Types)
    return false;
  PrintingPolicy Policy(M.getASTContext().getPrintingPolicy());
  Policy.SuppressTagKeyword = true;
  for (std::size_t I = 0; I < S.Types->size(); ++I)
    if (normalized(M.getParamDecl(I)->getType().getAsString(Policy)) != (*S.Types)[I])
      return false;
  return true;
}

using Methods = llvm::SmallVector<const CXXMethodDecl *, 4>;

Methods methods(const CXXRecordDecl &R, DeclarationName Name, const Signature &S, unsigned Depth) {
  constexpr unsigned DeepestHierarchy = 16;
  Methods Found;
  if (!R.hasDefinition() || Depth > DeepestHierarchy)
    return Found;
  for (const NamedDecl *D : R.getDefinition()->lookup(Name))
    if (const auto *M = dyn_cast<CXXMethodDecl>(D); M && fits(*M, S))
      Found.push_back(M);
  if (!Found.empty())
    return Found;
  for (const CXXBaseSpecifier &B : R.getDefinition()->bases())
    if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl())
      Found.append(methods(*Base, Name, S, Depth + 1));
  return Found;
}

} // namespace

const CXXMethodDecl *namedMethod(const CXXRecordDecl &Class, const Expr &Text) {
  const StringLiteral *L = literal(Text);
  if (!L)
    return nullptr;
  Signature S = signatureOf(*L);
  if (S.Name.empty())
    return nullptr;
  Methods Found = methods(Class, &Class.getASTContext().Idents.get(S.Name), S, 0);
  if (Found.size() > 1)
    llvm::erase_if(Found, [&](const CXXMethodDecl *M) { return !fitsExactly(*M, S); });
  return Found.size() == 1 ? Found.front() : nullptr;
}

} // namespace nettune::analysis
