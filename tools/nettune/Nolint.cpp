//===- Nolint.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Nolint.h"

#include "CompileCommands.h"
#include "Dates.h"

#include <clang/Basic/SourceManager.h>
#include <clang/Lex/Lexer.h>

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/StringExtras.h>

namespace nettune::cli {
using namespace summary;

static bool namesNettune(llvm::StringRef List) {
  llvm::SmallVector<llvm::StringRef> Checks;
  List.split(Checks, ',');
  return llvm::any_of(Checks, [](llvm::StringRef C) { return C.trim().starts_with("nettune-"); });
}

/// Those of one comment, which begins at \p Begin of the file.
static void addFrom(llvm::StringRef Comment, std::size_t Begin, std::vector<NolintComment> &Found) {
  for (std::size_t At = 0; (At = Comment.find("NOLINT", At)) != llvm::StringRef::npos;) {
    std::size_t Word = At;
    At += 6;
    if (Word && (llvm::isAlnum(Comment[Word - 1]) || Comment[Word - 1] == '_'))
      continue;
    llvm::StringRef Rest = Comment.drop_front(At);
    if (!Rest.consume_front("NEXTLINE"))
      Rest.consume_front("BEGIN"); // an END needs no reason of its own
    std::size_t Close = Rest.find(')');
    if (!Rest.consume_front("(") || Close == llvm::StringRef::npos || !namesNettune(Rest.take_front(Close - 1)))
      continue;
    Rest = Rest.drop_front(Close);
    NolintComment N{Begin + Word, Comment.slice(Word, Comment.size() - Rest.size()).str(), "", false};
    Rest = Rest.take_until([](char C) { return C == '\n'; }).ltrim();
    if (Rest.consume_front("until")) {
      Rest = Rest.ltrim();
      N.Until = Rest.take_until([](char C) { return llvm::isSpace(C) || C == ':'; }).str();
      Rest = Rest.drop_front(N.Until.size()).ltrim();
      if (N.Until.empty())
        N.Until = "?";
    }
    Rest = Rest.rtrim("*/ \t\r"); // a comment in a block ends
    N.HasReason = Rest.consume_front(":") && !Rest.trim().empty();
    Found.push_back(std::move(N));
  }
}

std::vector<NolintComment> nolintsIn(llvm::StringRef Text) {
  std::vector<NolintComment> Found;
  if (!Text.contains("NOLINT")) // most files
    return Found;
  std::string Code = Text.str(); // the lexer wants a zero at the end
  clang::LangOptions Cxx;
  Cxx.CPlusPlus = Cxx.CPlusPlus20 = Cxx.LineComment = Cxx.Bool = true;
  clang::Lexer Lexer(clang::SourceLocation(), Cxx, Code.data(), Code.data(), Code.data() + Code.size());
  Lexer.SetCommentRetentionState(true);
  for (clang::Token T;;) {
    Lexer.LexFromRawLexer(T);
    if (T.is(clang::tok::eof))
      return Found;
    std::size_t End = static_cast<std::size_t>(Lexer.getBufferLocation() - Code.data());
    if (T.is(clang::tok::comment))
      addFrom(llvm::StringRef(Code).slice(End - T.getLength(), End), End - T.getLength(), Found);
  }
}

bool isSilenced(llvm::StringRef Before, llvm::StringRef Line, llvm::StringRef Check) {
  auto Names = [&](llvm::StringRef Text, llvm::StringRef Word) {
    return llvm::any_of(nolintsIn(Text), [&](const NolintComment &N) {
      llvm::StringRef List = N.Word;
      if (!List.consume_front(Word) || !List.consume_front("(") || !List.consume_back(")"))
        return false;
      llvm::SmallVector<llvm::StringRef> Checks;
      List.split(Checks, ',');
      return llvm::any_of(Checks, [&](llvm::StringRef C) { return C.trim() == Check || C.trim() == "nettune-*"; });
    });
  };
  return Names(Line, "NOLINT") || Names(Before, "NOLINTNEXTLINE");
}

static StoredFinding stored(const NolintComment &N, llvm::StringRef Check, const std::string &Text, Place Where) {
  StoredFinding F;
  F.Check = Check.str();
  F.Text = "'" + N.Word + "' " + Text;
  F.Where = Where;
  return F;
}

void addNolintFindings(const clang::SourceManager &SM, const std::string &Root, Shard &S) {
  llvm::DenseSet<const clang::FileEntry *> Seen; // a header without a guard is entered several times
  for (unsigned I = 0; I < SM.local_sloc_entry_size(); ++I) { // what a PCH holds is of the system
    const clang::SrcMgr::SLocEntry &At = SM.getLocalSLocEntry(I);
    if (!At.isFile() || clang::SrcMgr::isSystem(At.getFile().getFileCharacteristic()))
      continue;
    clang::FileID File = SM.getFileID(clang::SourceLocation::getFromRawEncoding(At.getOffset()));
    clang::OptionalFileEntryRef Known = SM.getFileEntryRefForID(File);
    if (!Known || !Seen.insert(&Known->getFileEntry()).second)
      continue;
    clang::FileEntryRef Entry = *Known;
    llvm::SmallString<256> Path(Entry.getName());
    SM.getFileManager().makeAbsolutePath(Path);
    std::string Name = relativeTo(Root, absolutePath(Path.str().str()));
    if (llvm::StringRef(Name).starts_with("/"))
      continue; // nobody's of this project
    for (const NolintComment &N : nolintsIn(SM.getBufferData(File))) {
      Place Where{S.F.string(Name), SM.getLineNumber(File, N.Offset), SM.getColumnNumber(File, N.Offset)};
      if (!N.HasReason)
        S.Findings.push_back(stored(N, NolintReason, "gives no reason; write it behind a colon", Where));
      if (N.Until.empty())
        continue;
      bool Right = isDate(N.Until);
      S.Findings.push_back(stored(N, NolintExpired,
                                  Right ? "held until " + N.Until + "; repair the code, or say why it may stay"
                                        : "names no day such as 2027-01-31 behind 'until'",
                                  Where));
      S.Findings.back().Until = Right ? N.Until : "0000-00-00";
    }
  }
}

void keepNolintFindings(std::vector<ReportedFinding> &Findings, bool RequireReason, const std::string &Today) {
  std::erase_if(Findings, [&](const ReportedFinding &F) {
    return (F.Check == NolintReason && !RequireReason) || (F.Check == NolintExpired && F.Until >= Today);
  });
}

} // namespace nettune::cli
