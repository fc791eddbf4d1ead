//===- ModelUses.cpp - is each name of a pack real? -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles a file that uses every entry of a pack against the library's own
// headers, and fails for each name of the pack that the file does not use: a
// name with a slip in it would otherwise match nothing and say nothing.
//
//   model-uses PACK.json FILE.cpp [--namespace N] -- compiler flags
//
// `--namespace N` looks only at the names of one of the pack's `namespaces`.
//
//===----------------------------------------------------------------------===//

#include "analysis/EntityNames.h"
#include "model/ModelFiles.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"

#include <set>

using namespace clang;
using nettune::analysis::isCFunction;
using nettune::analysis::qualifiedName;

namespace {

using NameSet = std::set<std::string>;

/// What the main file uses, as models name it.
struct Uses {
  NameSet Functions, Fields, Types;
};

class UseCollector : public RecursiveASTVisitor<UseCollector> {
public:
  explicit UseCollector(Uses &Found) : Found(Found) {}

  // Templates are written to be instantiated: their calls are known only then.
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) { return use(Ref->getDecl()); }
  bool VisitMemberExpr(MemberExpr *Member) { return use(Member->getMemberDecl()); }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) { return use(E->getConstructor()); }
  bool VisitCXXBindTemporaryExpr(CXXBindTemporaryExpr *E) {
    return use(E->getTemporary()->getDestructor());
  }
  bool VisitCXXDeleteExpr(CXXDeleteExpr *E) { return useDestructor(E->getDestroyedType()); }

  bool VisitVarDecl(VarDecl *Variable) {
    if (const auto *Record = Variable->getType().getNonReferenceType()->getAsCXXRecordDecl())
      Found.Types.insert(qualifiedName(*Record));
    return useDestructor(Variable->getType());
  }

  bool VisitCXXMethodDecl(CXXMethodDecl *Method) {
    for (const CXXMethodDecl *Base : Method->overridden_methods()) {
      use(Base);
      VisitCXXMethodDecl(const_cast<CXXMethodDecl *>(Base));
    }
    return true;
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (const auto *Record = F->getReturnType()->getAsCXXRecordDecl())
      Found.Types.insert(qualifiedName(*Record));
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *E) {
    return !E->isAssignmentOp() || assign(E->getLHS());
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *E) {
    return !E->isAssignmentOp() || assign(E->getArg(0));
  }
  bool VisitInitListExpr(InitListExpr *List) {
    const auto *Record = List->getType()->getAsRecordDecl();
    if (!Record || Record->isUnion())
      return true;
    unsigned Index = 0;
    for (const FieldDecl *Field : Record->fields())
      if (!Field->isUnnamedBitField() && Index < List->getNumInits() &&
          !isa<ImplicitValueInitExpr, CXXDefaultInitExpr>(List->getInit(Index++)))
        Found.Fields.insert(qualifiedName(*Field));
    return true;
  }
  bool TraverseConstructorInitializer(CXXCtorInitializer *Init) {
    if (Init->isMemberInitializer() && Init->isWritten())
      Found.Fields.insert(qualifiedName(*Init->getMember()));
    return RecursiveASTVisitor::TraverseConstructorInitializer(Init);
  }

  // The visitor leaves out the instantiations of a generic lambda.
  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    if (const auto *Template = Lambda->getDependentCallOperator())
      for (FunctionDecl *F : Template->specializations())
        TraverseStmt(F->getBody());
    return true;
  }

private:
  bool use(const ValueDecl *D) {
    const auto *F = dyn_cast_or_null<FunctionDecl>(D);
    if (!F)
      return true;
    std::string Name = qualifiedName(*F);
    // A name without `::` is a C function's.
    if (isCFunction(*F) || Name.find("::") != std::string::npos)
      Found.Functions.insert(std::move(Name));
    return true;
  }

  bool useDestructor(QualType T) {
    const auto *Record = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
    return !Record || !Record->hasDefinition() || use(Record->getDestructor());
  }

  bool assign(const Expr *Target) {
    if (const auto *Member = dyn_cast<MemberExpr>(Target->IgnoreParenImpCasts()))
      if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
        Found.Fields.insert(qualifiedName(*Field));
    return true;
  }

  Uses &Found;
};

class UseConsumer : public ASTConsumer {
public:
  explicit UseConsumer(Uses &Found) : Found(Found) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    UseCollector Collector(Found);
    const SourceManager &SM = Context.getSourceManager();
    for (Decl *D : Context.getTranslationUnitDecl()->decls())
      if (SM.isInMainFile(SM.getExpansionLoc(D->getLocation())))
        Collector.TraverseDecl(D);
  }

private:
  Uses &Found;
};

class UseAction : public ASTFrontendAction {
public:
  explicit UseAction(Uses &Found) : Found(Found) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &, StringRef) override {
    return std::make_unique<UseConsumer>(Found);
  }

private:
  Uses &Found;
};

class UseActionFactory : public tooling::FrontendActionFactory {
public:
  explicit UseActionFactory(Uses &Found) : Found(Found) {}
  std::unique_ptr<FrontendAction> create() override { return std::make_unique<UseAction>(Found); }

private:
  Uses &Found;
};

/// The names of a pack that are to be used.
class Checker {
public:
  Checker(std::string PackPath, std::string File, std::string Only)
      : PackPath(std::move(PackPath)), File(std::move(File)), Only(std::move(Only)) {}

  /// Prints what is not used; true when all is.
  bool check(const nettune::model::Pack &P, const Uses &Found) {
    for (const std::string &Namespace : P.Namespaces)
      if (!Only.empty() && Namespace != Only)
        Others.insert(Namespace + "::");
    for (const nettune::model::Entry &E : P.Entries) {
      check(E.Functions, Found.Functions);
      check(E.Fields, Found.Fields);
      check(E.Types, Found.Types);
    }
    return Reported.empty();
  }

private:
  void check(const std::vector<std::string> &Names, const NameSet &Used) {
    for (const std::string &Name : Names)
      if (!isOfOtherNamespace(Name) && !isUsed(Name, Used) && Reported.insert(Name).second)
        llvm::outs() << PackPath << ": '" << Name << "' is not used by " << File << "\n";
  }

  bool isOfOtherNamespace(const std::string &Name) const {
    return !Name.starts_with(Only + "::") &&
           llvm::any_of(Others, [&](const std::string &Other) { return Name.starts_with(Other); });
  }

  static bool isUsed(const std::string &Name, const NameSet &Used) {
    return Used.count(Name) || llvm::any_of(Used, [&](const std::string &Use) {
             return nettune::model::matchesName(Name, Use);
           });
  }

  const std::string PackPath, File, Only;
  NameSet Others; ///< the pack's other namespaces
  NameSet Reported;
};

int fail(llvm::StringRef Message) {
  llvm::errs() << "model-uses: error: " << Message << "\n";
  return 1;
}

} // namespace

int main(int Argc, const char **Argv) {
  std::string FlagError;
  const auto Flags = tooling::FixedCompilationDatabase::loadFromCommandLine(Argc, Argv, FlagError);
  const bool HasNamespace = Argc == 5 && llvm::StringRef(Argv[3]) == "--namespace";
  if (!Flags || (Argc != 3 && !HasNamespace))
    return fail("usage: model-uses PACK.json FILE.cpp [--namespace N] -- compiler flags");
  const std::string PackPath = Argv[1], File = Argv[2], Only = HasNamespace ? Argv[4] : "";

  nettune::model::ModelError Error;
  const auto P = nettune::model::readPack(PackPath, Error);
  if (!P) {
    llvm::errs() << Error.str() << "\n";
    return 1;
  }
  if (HasNamespace && !llvm::is_contained(P->Namespaces, Only))
    return fail("'" + Only + "' is not a namespace of " + PackPath);

  Uses Found;
  UseActionFactory Factory(Found);
  tooling::ClangTool Tool(*Flags, {File});
#ifdef NETTUNE_CLANG_RESOURCE_DIR
  // Not beside this executable, where clang would look for its own headers.
  Tool.appendArgumentsAdjuster(tooling::getInsertArgumentAdjuster(
      "-resource-dir=" NETTUNE_CLANG_RESOURCE_DIR, tooling::ArgumentInsertPosition::BEGIN));
#endif
  if (Tool.run(&Factory) != 0)
    return 1;
  return Checker(PackPath, File, Only).check(*P, Found) ? 0 : 1;
}
