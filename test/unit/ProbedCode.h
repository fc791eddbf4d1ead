//===- ProbedCode.h - code whose probe() calls are looked at ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_PROBEDCODE_H
#define NETTUNE_TEST_PROBEDCODE_H

#include "analysis/ConstantEval.h"

#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Basic/Diagnostic.h>
#include <clang/Frontend/ASTUnit.h>
#include <clang/Tooling/Tooling.h>

#include <gtest/gtest.h>

namespace nettune::analysis {

/// The AST of a piece of code, and what it gives to `probe`, in the order of the text.
class ProbedCode : private clang::RecursiveASTVisitor<ProbedCode> {
public:
  explicit ProbedCode(const std::string &Code)
      : Ast(clang::tooling::buildASTFromCodeWithArgs(
            "template <class T> void probe(const T &);\n" + Code,
            {"-std=c++20", "-Wno-everything", "-resource-dir=" NETTUNE_RESOURCE_DIR})),
        Eval(Ast->getASTContext()) {
    EXPECT_FALSE(Ast->getDiagnostics().hasErrorOccurred()) << Code;
    for (clang::Decl *D : Ast->getASTContext().getTranslationUnitDecl()->decls())
      if (Ast->getSourceManager().isInMainFile(D->getLocation()))
        TraverseDecl(D);
    EXPECT_FALSE(Probed.empty()) << Code;
  }

  std::optional<Quantity> quantity() { return Eval.evaluate(*Probed.at(0)); }
  std::vector<std::optional<Quantity>> quantities() {
    std::vector<std::optional<Quantity>> All;
    for (const clang::Expr *E : Probed)
      All.push_back(Eval.evaluate(*E));
    return All;
  }
  std::optional<std::int64_t> number() { return Eval.number(*Probed.at(0)); }
  std::vector<std::optional<std::int64_t>> numbers() {
    std::vector<std::optional<std::int64_t>> All;
    for (const clang::Expr *E : Probed)
      All.push_back(Eval.number(*E));
    return All;
  }
  std::vector<std::optional<std::int64_t>> numbers(model::Unit U) {
    std::vector<std::optional<std::int64_t>> All;
    for (const clang::Expr *E : Probed)
      All.push_back(Eval.number(*E, U));
    return All;
  }
  /// The sizes of the containers that are probed.
  std::vector<std::optional<std::int64_t>> sizes() {
    std::vector<std::optional<std::int64_t>> All;
    for (const clang::Expr *E : Probed) {
      std::optional<Quantity> Q = Eval.elements(*E);
      All.push_back(Q && Q->isConstant() ? std::optional(std::int64_t(Q->at(0))) : std::nullopt);
    }
    return All;
  }
  /// The line of the code, from 1, where a quantity says that its value is written.
  unsigned line(const clang::Expr &E) const {
    return Ast->getSourceManager().getSpellingLineNumber(E.getBeginLoc()) - 1;
  }

private:
  friend clang::RecursiveASTVisitor<ProbedCode>;
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitCallExpr(clang::CallExpr *C) {
    const clang::FunctionDecl *Fn = C->getDirectCallee();
    if (Fn && Fn->getDeclName().isIdentifier() && Fn->getName() == "probe" && !C->isInstantiationDependent())
      Probed.push_back(C->getArg(0));
    return true;
  }

  std::unique_ptr<clang::ASTUnit> Ast;
  ConstantEval Eval;
  std::vector<const clang::Expr *> Probed;
};

} // namespace nettune::analysis

#endif // NETTUNE_TEST_PROBEDCODE_H
