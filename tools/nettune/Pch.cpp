//===- Pch.cpp ------------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pch.h"

#include "ForeignFlags.h"
#include "IncludePrefix.h"
#include "PchPlan.h"
#include "RunLock.h"

#include "summary/AtomicFile.h"

#include <clang/Basic/SourceManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendActions.h>
#include <clang/Tooling/CompilationDatabase.h>
#include <clang/Tooling/Tooling.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>

#include <unistd.h>

using namespace clang;

namespace nettune::cli {

/// Bytes. Headers that come to less are read as fast as a PCH is opened: an empty one has 300 kB, one of
/// <string> 3.7 MB.
static constexpr std::uint64_t LeastSize = 2'000'000;

namespace {

class MakePch : public GeneratePCHAction {
public:
  MakePch(std::string Output, PchContents *Contents, bool &IsGood) : Output(std::move(Output)), Contents(Contents), IsGood(IsGood) {}

  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    CI.getFrontendOpts().OutputFile = Output;
    CI.getDiagnosticOpts().ShowCarets = false;
    return GeneratePCHAction::BeginInvocation(CI);
  }
  bool BeginSourceFileAction(CompilerInstance &CI) override {
    if (Contents)
      noteIncludes(CI.getPreprocessor(), *Contents);
    return GeneratePCHAction::BeginSourceFileAction(CI);
  }
  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    if (Contents)
      noteWords(CI.getPreprocessor(), *Contents);
    IsGood = !CI.getDiagnostics().hasErrorOccurred() && holdsSystemHeadersOnly(CI.getSourceManager());
    GeneratePCHAction::EndSourceFileAction();
  }

private:
  static bool holdsSystemHeadersOnly(SourceManager &SM) {
    for (unsigned I = 0; I < SM.local_sloc_entry_size(); ++I) {
      const SrcMgr::SLocEntry &Entry = SM.getLocalSLocEntry(I);
      if (!Entry.isFile() || !Entry.getFile().getContentCache().OrigEntry)
        continue;
      FileID File = SM.getFileID(SourceLocation::getFromRawEncoding(Entry.getOffset()));
      if (File != SM.getMainFileID() && !SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
        return false;
    }
    return true;
  }

  std::string Output;
  PchContents *Contents; ///< to note, if that is wanted
  bool &IsGood;
};

class Factory : public tooling::FrontendActionFactory {
public:
  Factory(std::string Output, PchContents *Contents) : Output(std::move(Output)), Contents(Contents) {}
  std::unique_ptr<FrontendAction> create() override { return std::make_unique<MakePch>(Output, Contents, IsGood); }
  bool IsGood = false;

private:
  std::string Output;
  PchContents *Contents;
};

class OneCommand : public tooling::CompilationDatabase {
public:
  explicit OneCommand(tooling::CompileCommand C) : C(std::move(C)) {}
  std::vector<tooling::CompileCommand> getCompileCommands(StringRef) const override { return {C}; }

private:
  tooling::CompileCommand C;
};

/// The command for the header in place of the source.
tooling::CompileCommand headerCommand(const TuCommand &Command, const std::string &Header) {
  std::vector<std::string> Line;
  for (const std::string &Word : Command.Line)
    if (llvm::StringRef(Word).starts_with("-") || absolutePath(Word) != Command.File)
      if (canonicalPath(Command.Directory, Word) != canonicalPath({}, Command.File))
        Line.push_back(Word);
  Line.insert(Line.end(), {"-w", "-x", "c++-header", Header});
  return {Command.Directory, Header, std::move(Line), ""};
}

/// False, and nothing is there, where it cannot be made or is not worth it.
bool make(const TuCommand &Command, const std::string &Name, const std::string &Text, Reads &Read, PchContents *Contents) {
  if (llvm::Error E = summary::writeAtomically(Name + ".h", Text)) {
    llvm::consumeError(std::move(E));
    return false;
  }
  std::string New = Name + ".new";
  auto FS = recording(llvm::vfs::getRealFileSystem(), Read);
  OneCommand Database(headerCommand(Command, Name + ".h"));
  tooling::ClangTool Tool(Database, {Name + ".h"}, std::make_shared<PCHContainerOperations>(), FS);
  IgnoringDiagConsumer Silent;
  Tool.setDiagnosticConsumer(&Silent);
  Tool.setPrintErrorMessage(false);
  Tool.appendArgumentsAdjuster(
      [](const tooling::CommandLineArguments &Line, StringRef) { return withoutForeignFlags(Line); });
  Factory F(New, Contents);
  bool Made = Tool.run(&F) == 0 && F.IsGood && !Read.Unsteady;
  Read.Files.erase(Name + ".h");
  Read.Absent.erase(New);
  std::uint64_t Size = 0;
  Made = Made && !llvm::sys::fs::file_size(New, Size) && Size >= LeastSize;
  if (Made && !llvm::sys::fs::rename(New, Name + ".pch"))
    return true;
  llvm::sys::fs::remove(New);
  return false;
}

bool isUpToDate(const Reads &Read, FileSystem &FS) {
  for (const auto &[Name, Hash] : Read.Files) {
    auto Content = FS.getBufferForFile(Name, -1, /*RequiresNullTerminator=*/false);
    if (!Content || contentHash((*Content)->getBuffer()) != Hash)
      return false;
  }
  for (const std::string &Name : Read.Absent)
    if (FS.exists(Name))
      return false;
  return true;
}

} // namespace

std::string textOf(const Reads &Read) {
  std::string Text;
  for (const auto &[Name, Hash] : Read.Files)
    (((Text += '=') += llvm::toHex(Hash)) += Name) += '\0';
  for (const std::string &Name : Read.Absent)
    ((Text += '-') += Name) += '\0';
  return withChecksum(Text);
}

std::optional<Reads> readsOf(llvm::StringRef Text) {
  if (!consumeChecksum(Text))
    return std::nullopt;
  llvm::StringRef Line;
  Reads Read;
  while (!Text.empty()) {
    std::tie(Line, Text) = Text.split('\0');
    if (Line.consume_front("="))
      Read.Files[Line.drop_front(32).str()] = llvm::fromHex(Line.take_front(32));
    else
      Read.Absent.insert(Line.drop_front().str());
  }
  return Read;
}

/// \p Source without its first \p Leading includes; all offsets stay.
static std::string blankedOut(std::string Source, unsigned Leading) {
  std::vector<LeadingInclude> Includes = leadingIncludes(Source);
  for (const LeadingInclude &I : llvm::ArrayRef(Includes).take_front(Leading))
    std::fill(Source.begin() + I.Begin, Source.begin() + I.End, ' ');
  return Source;
}

/// What an earlier process has made, or found that it cannot be made: \p Read says of what.
static bool isThere(const std::string &Name, Reads &Read) {
  auto Known = llvm::MemoryBuffer::getFile(Name + ".reads");
  auto Before = Known ? readsOf((*Known)->getBuffer()) : std::nullopt;
  if (!Before || !isUpToDate(*Before, *llvm::vfs::getRealFileSystem()))
    return false;
  Read = std::move(*Before);
  return true;
}

/// Writes beside the PCH what was read, which makes it valid; so it comes last.
static bool note(const std::string &Name, const Pch &P) {
  if (P.Contents)
    if (llvm::Error E = summary::writeAtomically(Name + ".contents", P.Contents->text())) {
      llvm::consumeError(std::move(E));
      return false;
    }
  if (llvm::Error E = summary::writeAtomically(Name + ".reads", textOf(P.Read))) {
    llvm::consumeError(std::move(E));
    return false;
  }
  return true;
}

std::optional<Pch> preparePch(const TuCommand &Command, const std::string &Directory) {
  auto Source = llvm::MemoryBuffer::getFile(Command.File);
  auto Planned = Source ? plannedPch(Command, (*Source)->getBuffer(), Directory) : std::nullopt;
  if (!Planned)
    return std::nullopt;
  std::string Name = Directory + "/" + Planned->Name;
  Pch P;
  P.File = Name + ".pch";
  if (Planned->Leading)
    P.Source = blankedOut((*Source)->getBuffer().str(), Planned->Leading);
  auto Lock = RunLock::takeFile(Name + ".lock");
  if (!Lock) {
    llvm::consumeError(Lock.takeError());
    return std::nullopt;
  }
  bool IsShared = !Planned->Leading;
  if (!isThere(Name, P.Read)) {
    llvm::sys::fs::remove(P.File);
    if (IsShared)
      P.Contents.emplace();
    bool Made = make(Command, Name, Planned->Text, P.Read, IsShared ? &*P.Contents : nullptr);
    return note(Name, P) && Made ? std::optional(std::move(P)) : std::nullopt;
  }
  if (!llvm::sys::fs::exists(P.File))
    return std::nullopt;
  if (IsShared) {
    auto Contents = llvm::MemoryBuffer::getFile(Name + ".contents");
    P.Contents = Contents ? PchContents::read((*Contents)->getBuffer()) : std::nullopt;
    if (!P.Contents)
      return std::nullopt;
  }
  return P;
}

} // namespace nettune::cli
