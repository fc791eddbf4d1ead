//===- TidyErrors.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TidyErrors.h"

#include "BlockingFinding.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>

#include <map>
#include <set>

using namespace clang;

namespace nettune::cli {
using namespace summary;

namespace {

std::string fullPath(llvm::StringRef File, llvm::StringRef Directory) {
  return absolutePath(llvm::sys::path::is_absolute(File) ? File.str() : (Directory + "/" + File).str());
}

/// From a file's offsets to lines and columns.
class Places {
public:
  Places(Facts &F, const std::string &Root, FileSystem &FS) : F(F), Root(Root), FS(FS) {}

  Place at(llvm::StringRef File, llvm::StringRef Directory, unsigned Offset) {
    if (File.empty())
      return {};
    std::string Path = fullPath(File, Directory);
    llvm::StringRef Before = text(Path).take_front(Offset);
    unsigned Line = Before.count('\n') + 1;
    std::size_t Break = Before.rfind('\n');
    std::size_t Column = Break == llvm::StringRef::npos ? Before.size() : Before.size() - Break - 1;
    return {F.string(relativeTo(Root, Path)), Line, static_cast<unsigned>(Column + 1)};
  }

private:
  llvm::StringRef text(const std::string &Path) {
    auto [It, New] = Texts.try_emplace(Path);
    if (New)
      if (auto Buffer = FS.getBufferForFile(Path))
        It->second = std::move(*Buffer);
    return It->second ? It->second->getBuffer() : llvm::StringRef();
  }

  Facts &F;
  const std::string &Root;
  FileSystem &FS;
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> Texts;
};

StoredFinding stored(const tidy::ClangTidyError &E, Places &At, const FunctionExtents &Functions) {
  StoredFinding S;
  S.Check = E.DiagnosticName;
  S.Text = E.Message.Message;
  S.Where = At.at(E.Message.FilePath, E.BuildDirectory, E.Message.FileOffset);
  if (const auto *Around = Functions.at(fullPath(E.Message.FilePath, E.BuildDirectory), E.Message.FileOffset)) {
    S.Function = Around->Name;
    S.Entity = Around->Entity;
  }
  for (const tooling::DiagnosticMessage &N : E.Notes)
    S.Notes.push_back({At.at(N.FilePath, E.BuildDirectory, N.FileOffset), N.Message});
  for (const auto &File : E.Message.Fix)
    for (const tooling::Replacement &R : File.second)
      S.Fixes.push_back({At.at(R.getFilePath(), E.BuildDirectory, R.getOffset()),
                         At.at(R.getFilePath(), E.BuildDirectory, R.getOffset() + R.getLength()),
                         R.getReplacementText().str()});
  return S;
}

std::string compileError(const tidy::ClangTidyError &E, Places &At, const Facts &F) {
  Place P = At.at(E.Message.FilePath, E.BuildDirectory, E.Message.FileOffset);
  std::string Where = P.Line ? F.text(P.File).str() + ":" + std::to_string(P.Line) + ":" +
                                   std::to_string(P.Column) + ": "
                             : std::string();
  return Where + "error: " + E.Message.Message;
}

/// Marks the findings that hold on a condition; a condition whose finding clang-tidy
/// kept back goes.
void keepConditions(Shard &S) {
  std::map<std::pair<Place, llvm::StringRef>, bool> Conditional;
  for (const CopySource &C : S.F.CopySources)
    Conditional[{C.Where, S.F.text(C.Text)}] = false;
  for (StoredFinding &Finding : S.Findings)
    if (auto It = Conditional.find({Finding.Where, Finding.Text}); It != Conditional.end())
      Finding.IfReceived = It->second = true;
  std::erase_if(S.F.CopySources, [&](const CopySource &C) { return !Conditional.at({C.Where, S.F.text(C.Text)}); });
}

} // namespace

void addErrors(const std::vector<tidy::ClangTidyError> &Errors, const std::string &Root, FileSystem &FS, TuOutcome &Out) {
  Facts &F = Out.S.F;
  Places At(F, Root, FS);
  std::set<Place> Marked;
  for (const tidy::ClangTidyError &E : Errors) {
    if (E.DiagLevel == tidy::ClangTidyError::Error && !llvm::StringRef(E.DiagnosticName).starts_with("nettune-")) {
      if (E.DiagnosticName == "clang-tidy-config") {
        Out.Error = compileError(E, At, F);
        Out.IsConfigurationWrong = true;
      } else {
        Out.S.Errors.push_back(compileError(E, At, F));
      }
    } else if (E.DiagnosticName == clang::tidy::nettune::BlockingCheckName) {
      Marked.insert(At.at(E.Message.FilePath, E.BuildDirectory, E.Message.FileOffset));
    } else if (llvm::StringRef(E.DiagnosticName).starts_with("nettune-")) {
      Out.S.Findings.push_back(stored(E, At, Out.Functions));
    }
  }
  Out.S.Partial |= !Out.S.Errors.empty();
  keepConditions(Out.S);
  std::erase_if(F.Sites, [&](const BlockingSite &S) { return !Marked.count(S.Where); });
}

} // namespace nettune::cli
