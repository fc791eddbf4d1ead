//===- Commands.h - what the command line asks for --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_COMMANDS_H
#define NETTUNE_TOOLS_COMMANDS_H

#include <cstdint>
#include <string>
#include <vector>

namespace nettune::cli {

enum Exit : int {
  Clean = 0,
  HasFindings = 1,
  BadUsage = 2,  ///< usage, configuration, a file that cannot be read
  Incomplete = 3 ///< a TU could not be analysed, and nothing was found
};

struct SummarizeArguments {
  std::string BuildDir, OutputDir, Root, DependencyFile;
  std::string CacheDir; ///< see storeDirectory()
  std::string Base;     ///< file, see BaseFiles; empty: the sources as they are
  std::string Task;     ///< file, see TuTask: instead of all others but the cache
  std::vector<std::string> CheckOptions; ///< see givenOptions()
  std::vector<std::string> Files;
  /// Which of the commands of the one file; -1: each.
  int Ordinal = -1;
};

struct LinkArguments {
  std::vector<std::string> ShardDirs;
  std::string Output, Root;
  std::string Programs; ///< a file, see readPrograms(); empty: all is one program
};

/// Which program, and how it is analysed.
struct ProgramArguments {
  std::string BuildDir, Root;
  unsigned Jobs = 0;       ///< 0: as ninja chooses
  std::string Programs;    ///< see LinkArguments; empty: as the build links
  bool NoLinkInfo = false; ///< all is one program, whatever the build links
  std::string Progress = "auto"; ///< of Progress::ways()
  std::string CacheDir;    ///< see storeDirectory()
  std::string CacheSize = "1G"; ///< see parseSize(); 0: no cache
  std::vector<std::string> CheckOptions; ///< see givenOptions()
};

struct CheckArguments : ProgramArguments {
  std::vector<std::string> Files; ///< report these only; none: all
  std::vector<std::string> Formats; ///< see parseFormats()
  bool Diff = false;              ///< only what is new since the base
  bool DiffLines = false;         ///< that, by lines only
  std::string DiffBase;           ///< see findDiffBase()
  std::string Baseline;           ///< file; empty: usualBaseline(), if it is there
  bool NoBaseline = false;
  bool RequireReason = false;     ///< comments that silence a check say why
  std::string FailOn = "new";     ///< new, any, none
  bool Fix = false;               ///< write the fixes of new findings, and analyse again
  std::string Stacks;             ///< file, see FoldedStacks; empty: no profile
  std::string StacksUnit = "samples"; ///< of FoldedStacks::units()
  bool AllowIncomplete = false;   ///< TUs that cannot be analysed do not matter
  std::string Pch = "exact";      ///< see PchMode
  bool Timings = false;           ///< say what took how long
};

struct BaselineArguments : ProgramArguments {
  enum class Action { Create, Update, Check } Do = Action::Check;
  std::string File;   ///< empty: usualBaseline()
  std::string Reason; ///< of the entries that are added
  bool Add = false, Force = false;
};

struct ExplainPathArguments {
  std::string Where; ///< FILE:LINE
  std::string BuildDir, Index;
};

struct UnknownArguments {
  std::string BuildDir, Index;
  unsigned Most = 50;
};

struct ConfigArguments {
  std::vector<std::string> Files;
  std::string Workload;                  ///< empty: the file's name, where it is one's
  std::int64_t Cores = 0, MemoryGib = 0; ///< 0: those of the reference
};

struct ExplainArguments {
  std::string Name; ///< a check or a section of the guide; empty: list them
};

/// The names that --format takes, in the order of the help.
std::vector<std::string> reportFormats();

/// Says what went wrong, and gives the exit code for it.
int fail(const std::string &Error);

int summarize(const SummarizeArguments &A);
int link(const LinkArguments &A);
int check(const CheckArguments &A, const std::string &Executable);
int baseline(const BaselineArguments &A, const std::string &Executable);
int explainPath(const ExplainPathArguments &A);
int explain(const ExplainArguments &A);
int config(const ConfigArguments &A);
int unknownTakers(const UnknownArguments &A);

/// Becomes a clang-tidy of the plugin's release with the plugin loaded, which gets the arguments
/// as they are. Returns if there is none: a clang-tidy without the plugin would find nothing.
int tidy(const std::vector<std::string> &Arguments, const std::string &Executable);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_COMMANDS_H
