//===- TuTask.cpp ---------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TuTask.h"

#include "reports/Encoding.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/Format.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>

namespace nettune::cli {
using clang::tidy::nettune::OptionValues;

std::string dependencyFile(const std::string &Shard) { return Shard + ".d"; }
std::string watchFile(const std::string &Shard) { return Shard + ".watch"; }

static constexpr unsigned FixedWords = 11;

std::string bytesOf(const TuTask &Task) {
  const TuCommand &C = Task.Command;
  const GivenOptions &O = Task.Options;
  std::string Bytes;
  for (const std::string &Word :
       {Task.Root, Task.BuildDir, Task.Shard, Task.Base, C.File, C.Directory, C.Output, std::to_string(C.Ordinal),
        std::string(Task.MaySharePch ? "1" : "0"), std::to_string(O.First.size()), std::to_string(O.Last.size())})
    (Bytes += Word) += '\0';
  for (const OptionValues *Values : {&O.First, &O.Last})
    for (const auto &[Name, Value] : *Values)
      (Bytes += Name + "=" + Value) += '\0';
  for (const std::string &Word : C.Line)
    (Bytes += Word) += '\0';
  return Bytes;
}

llvm::Expected<TuTask> readTask(const std::string &File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return llvm::createStringError(File + ": error: " + Buffer.getError().message());
  llvm::SmallVector<llvm::StringRef, 64> Words;
  (*Buffer)->getBuffer().split(Words, '\0');
  TuTask Task;
  TuCommand &C = Task.Command;
  unsigned First = 0, Last = 0;
  if (Words.size() <= FixedWords || !Words.back().empty() || Words[FixedWords - 4].getAsInteger(10, C.Ordinal) ||
      Words[FixedWords - 2].getAsInteger(10, First) || Words[FixedWords - 1].getAsInteger(10, Last) ||
      Words.size() <= std::size_t(FixedWords) + First + Last)
    return llvm::createStringError(File + ": error: is no task of 'nettune check'");
  Task.MaySharePch = Words[FixedWords - 3] == "1";
  std::string *Named[] = {&Task.Root, &Task.BuildDir, &Task.Shard, &Task.Base, &C.File, &C.Directory, &C.Output};
  for (auto [Word, Into] : llvm::zip(Words, Named))
    *Into = Word.str();
  llvm::ArrayRef<llvm::StringRef> Rest = llvm::ArrayRef(Words).drop_front(FixedWords).drop_back();
  for (llvm::StringRef Word : Rest.take_front(First))
    Task.Options.First.insert(Word.split('='));
  for (llvm::StringRef Word : Rest.slice(First, Last))
    Task.Options.Last.insert(Word.split('='));
  for (llvm::StringRef Word : Rest.drop_front(std::size_t(First) + Last))
    C.Line.push_back(Word.str());
  return Task;
}

static constexpr llvm::StringLiteral LostMark = "@nettune lost ", WarningMark = "@nettune warning ",
                              TimesMark = "@nettune times ";
static constexpr llvm::StringLiteral Causes[] = {"configuration", "source", "crash", "output"};

std::string lostLine(llvm::StringRef ShardName, const LostShard &Lost) {
  return (LostMark + Causes[Lost.Because] + "\t" + ShardName + "\t" + printable(Lost.Reason) + "\n").str();
}

std::string warningLine(llvm::StringRef Text) { return (WarningMark + printable(Text) + "\n").str(); }

std::optional<std::pair<std::string, LostShard>> parseLost(llvm::StringRef Line) {
  if (!Line.consume_front(LostMark))
    return std::nullopt;
  auto [Cause, Rest] = Line.split('\t');
  auto [Name, Reason] = Rest.split('\t');
  for (unsigned I = 0; I < std::size(Causes); ++I)
    if (Cause == Causes[I])
      return std::pair(Name.str(), LostShard{static_cast<LostShard::Cause>(I), Reason.str()});
  return std::nullopt;
}

std::optional<std::string> parseWarning(llvm::StringRef Line) {
  return Line.consume_front(WarningMark) ? std::optional(Line.str()) : std::nullopt;
}

std::string timesLine(const TuTimes &T) {
  std::string Line;
  llvm::raw_string_ostream(Line) << TimesMark << T.FromStore << llvm::format(" %.6f %.6f %.6f\n", T.Lookup, T.Analysis, T.Writing);
  return Line;
}

std::optional<TuTimes> parseTimes(llvm::StringRef Line) {
  if (!Line.consume_front(TimesMark))
    return std::nullopt;
  llvm::SmallVector<llvm::StringRef, 4> Words;
  Line.split(Words, ' ');
  TuTimes T;
  bool Bad = Words.size() != 4 || Words[1].getAsDouble(T.Lookup) || Words[2].getAsDouble(T.Analysis) ||
             Words[3].getAsDouble(T.Writing);
  if (Bad)
    return std::nullopt;
  T.FromStore = Words[0] == "1";
  return T;
}

} // namespace nettune::cli
