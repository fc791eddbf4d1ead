//===- TuSummarizer.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TuSummarizer.h"

#include "CopyFinding.h"
#include "ForeignFlags.h"
#include "LlvmVersion.h"
#include "Nolint.h"
#include "NettuneChecks.h"
#include "NettuneOptions.h"
#include "TidyErrors.h"
#include "TuSession.h"
#include "summary/ReceivedData.h"

#include <clang-tidy/ClangTidy.h>
#include <clang-tidy/ClangTidyDiagnosticConsumer.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Frontend/MultiplexConsumer.h>
#include <clang/Frontend/Utils.h>
#include <clang/Lex/PreprocessorOptions.h>
#include <clang/Tooling/ArgumentsAdjusters.h>
#include <clang/Tooling/CompilationDatabase.h>
#include <clang/Tooling/Tooling.h>

using namespace clang;
using clang::tidy::nettune::TuSession;

namespace nettune::cli {
namespace {

/// As clang-tidy finds them, with nettune's checks only: see wantedChecks().
class NettuneOnly : public tidy::FileOptionsProvider {
public:
  using FileOptionsProvider::FileOptionsProvider;

  std::vector<OptionsSource> getRawOptions(StringRef File) override {
    std::vector<OptionsSource> Sources = FileOptionsProvider::getRawOptions(File);
    tidy::ClangTidyOptions Merged;
    unsigned Order = 0;
    for (const auto &[Options, Where] : Sources)
      Merged.mergeWith(Options, ++Order);
    tidy::ClangTidyOptions Only;
    Only.Checks = "-*";
    for (StringRef Name : tidy::nettune::wantedChecks(Merged.Checks.value_or("")))
      *Only.Checks += ("," + Name).str();
    Only.WarningsAsErrors = "-*";
    Sources.emplace_back(std::move(Only), "nettune");
    return Sources;
  }
};

/// A body in a system header is the library's: models say what it does.
class SummaryConsumer : public ASTConsumer {
public:
  SummaryConsumer(std::shared_ptr<TuSession> Session, StringRef Root, TuOutcome &Out)
      : Session(std::move(Session)), Root(Root), Out(Out) {}

  void Initialize(ASTContext &Ctx) override { SM = &Ctx.getSourceManager(); }
  bool shouldSkipFunctionBody(Decl *D) override {
    return SM->isInSystemHeader(SM->getExpansionLoc(D->getLocation()));
  }
  // After the checks, which come before it: their session holds the facts.
  void HandleTranslationUnit(ASTContext &Ctx) override {
    const summary::TuFacts *Facts = Session->facts(Ctx);
    if (!Facts)
      return;
    Out.S.F = Facts->P.facts();
    Out.Functions.collect(Ctx);
    addNolintFindings(*SM, Root.str(), Out.S);
    summary::ReceivedData Data(Facts->P.facts(), Facts->P.callables());
    for (const summary::BufferCopy &C : copiesOfUnknown(Facts->P.facts(), Data, Facts->Local.Copies))
      for (summary::SlotId From : C.Sources)
        Out.S.F.CopySources.push_back({C.Where, Out.S.F.string(clang::tidy::nettune::copyText(C)), From});
  }

private:
  std::shared_ptr<TuSession> Session;
  StringRef Root;
  TuOutcome &Out;
  SourceManager *SM = nullptr;
};

/// With a PCH, the TU's own declarations are what there is to look at. Nothing else of it
/// is read then but what they use.
class OwnDeclarations : public ASTConsumer {
public:
  explicit OwnDeclarations(PchUse *Use) : Use(Use) {}
  // Before the checks. What is instantiated is reached from its template.
  void HandleTranslationUnit(ASTContext &Ctx) override {
    std::vector<Decl *> Own;
    for (Decl *D : Ctx.getTranslationUnitDecl()->noload_decls())
      if (!D->isFromASTFile())
        Own.push_back(D);
    Ctx.setTraversalScope(Own);
    if (Use)
      Use->lookAtNames(Ctx);
  }

private:
  PchUse *Use; ///< null: all that the PCH holds is the TU's
};

class SummarizeAction : public ASTFrontendAction {
public:
  SummarizeAction(tidy::ClangTidyContext &Context, StringRef Root, TuOutcome &Out, PchUse *Use, bool &WasParsed)
      : Context(Context), Factory(Context), Root(Root), Out(Out), Use(Use), WasParsed(WasParsed) {}

  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    CI.getDiagnosticOpts().ShowCarets = false; // no "1 warning generated."
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, StringRef File) override {
    std::vector<std::unique_ptr<ASTConsumer>> Consumers;
    if (!CI.getPreprocessorOpts().ImplicitPCHInclude.empty())
      Consumers.push_back(std::make_unique<OwnDeclarations>(Use));
    if (Use)
      Use->watch(CI);
    Consumers.push_back(Factory.createASTConsumer(CI, File));
    std::shared_ptr<TuSession> Session = TuSession::of(Context); // the checks' own
    Session->summarize(Root);
    Consumers.push_back(std::make_unique<SummaryConsumer>(std::move(Session), Root, Out));
    return std::make_unique<MultiplexConsumer>(std::move(Consumers));
  }

  void EndSourceFileAction() override { WasParsed = true; }

private:
  tidy::ClangTidyContext &Context;
  tidy::ClangTidyASTConsumerFactory Factory;
  StringRef Root;
  TuOutcome &Out;
  PchUse *Use;
  bool &WasParsed;
};

class ActionFactory : public tooling::FrontendActionFactory {
public:
  ActionFactory(tidy::ClangTidyContext &Context, StringRef Root, TuOutcome &Out, PchUse *Use)
      : Context(Context), Root(Root), Out(Out), Use(Use) {}
  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<SummarizeAction>(Context, Root, Out, Use, WasParsed);
  }
  bool WasParsed = false;

private:
  tidy::ClangTidyContext &Context;
  StringRef Root;
  TuOutcome &Out;
  PchUse *Use;
};

/// Just the one command.
class OneCommand : public tooling::CompilationDatabase {
public:
  explicit OneCommand(const TuCommand &C) : C(C.Directory, C.File, C.Line, C.Output) {}
  std::vector<tooling::CompileCommand> getCompileCommands(StringRef) const override { return {C}; }
  std::vector<std::string> getAllFiles() const override { return {C.Filename}; }
  std::vector<tooling::CompileCommand> getAllCompileCommands() const override { return {C}; }

private:
  tooling::CompileCommand C;
};

/// The models that an option names are read by other means than the file system given.
void addModels(const tidy::ClangTidyOptions &Options, const TuCommand &Command, Reads &Read) {
  std::vector<std::string> Ignored;
  for (const std::string &File : tidy::nettune::NettuneOptions::read(Options.CheckOptions, Ignored).modelFiles()) {
    std::string Name = canonicalPath(Command.Directory, File);
    if (auto Content = llvm::MemoryBuffer::getFile(Name))
      Read.addFile(Name, (*Content)->getBuffer());
  }
}

/// The file with another text, which is no part of what is noted of \p Below.
llvm::IntrusiveRefCntPtr<FileSystem> withSource(llvm::IntrusiveRefCntPtr<FileSystem> Below, const std::string &File,
                                                StringRef Text) {
  auto Both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(std::move(Below));
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Memory->addFile(File, 0, llvm::MemoryBuffer::getMemBufferCopy(Text, File));
  Both->pushOverlay(std::move(Memory));
  return Both;
}

/// What went into the PCH went into the TU; the PCH itself is nothing of the project's.
void addReads(const Pch &Begin, const std::string &File, FileSystem &FS, Reads &Read) {
  (void)FS.getBufferForFile(File); // for the record
  Read.Files.erase(Begin.File);
  Read.Files.insert(Begin.Read.Files.begin(), Begin.Read.Files.end());
  Read.Absent.insert(Begin.Read.Absent.begin(), Begin.Read.Absent.end());
}

bool filtersHeaders(const tidy::ClangTidyOptions &Options) {
  std::string Filter = Options.HeaderFilterRegex.value_or("");
  return (!Filter.empty() && Filter != ".*") || !Options.ExcludeHeaderFilterRegex.value_or("").empty();
}

} // namespace

TuOutcome summarizeTu(const TuCommand &Command, const std::string &Root, const GivenOptions &Given,
                      llvm::IntrusiveRefCntPtr<FileSystem> FS, const Pch *Begin) {
  TuOutcome Out;
  FS = recording(std::move(FS), Out.Read);
  tidy::ClangTidyContext Context(std::make_unique<NettuneOnly>(
      tidy::ClangTidyGlobalOptions(), Given.defaults(), Given.overrides(), FS));
  tidy::ClangTidyDiagnosticConsumer Consumer(Context);
  tidy::nettune::TidyDiagnostics Diagnostics(Context, Consumer);

  OneCommand Database(Command);
  auto Sources = Begin && Begin->Source ? withSource(FS, Command.File, *Begin->Source) : FS;
  tooling::ClangTool Tool(Database, {Command.File}, std::make_shared<PCHContainerOperations>(), Sources);
  Tool.setDiagnosticConsumer(&Consumer);
  Tool.setPrintErrorMessage(false);
  Tool.appendArgumentsAdjuster(
      [](const tooling::CommandLineArguments &Line, StringRef) { return withoutForeignFlags(Line); });
  // Nobody reads the compiler's warnings here, and some need a flow analysis.
  Tool.appendArgumentsAdjuster(
      tooling::getInsertArgumentAdjuster("-Wno-everything", tooling::ArgumentInsertPosition::END));
  if (Begin)
    Tool.appendArgumentsAdjuster(tooling::getInsertArgumentAdjuster(tooling::CommandLineArguments{"-include-pch", Begin->File},
                                                                    tooling::ArgumentInsertPosition::END));
  std::optional<PchUse> Use;
  if (Begin && Begin->Contents)
    Use.emplace(*Begin->Contents);
  ActionFactory Factory(Context, Root, Out, Use ? &*Use : nullptr);
  int Code = Tool.run(&Factory);
  if (Use)
    Out.PchDoubt = Use->doubt();

  Out.S.MainFile = relativeTo(Root, Command.File);
  if (Begin)
    addReads(*Begin, Command.File, *FS, Out.Read);
  addErrors(Consumer.take(), Root, *FS, Out);
  addModels(Context.getOptions(), Command, Out.Read);
  Out.OfThisRoot = filtersHeaders(Context.getOptions());
  if (Out.Error.empty() && !Factory.WasParsed)
    Out.Error = Command.File + ": error: cannot be parsed" +
                (Out.S.Errors.empty() ? std::string(": the compile command does not run") : ": " + Out.S.Errors.front());
  if (Code != 0)
    Out.S.Partial = true;
  return Out;
}

} // namespace nettune::cli
