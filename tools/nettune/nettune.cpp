//===- nettune.cpp - the command line -------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLineTree.h"
#include "Commands.h"
#include "Progress.h"
#include "Stacks.h"

#include <CLI/CLI.hpp>

#include <climits>
#include <iostream>
#include <unistd.h>

using namespace nettune::cli;

int nettune::cli::fail(const std::string &Error) {
  std::cerr << "nettune: " << Error << "\n";
  return BadUsage;
}

static std::string ownPath() {
  char Path[PATH_MAX];
  ssize_t Size = readlink("/proc/self/exe", Path, sizeof Path);
  return Size > 0 ? std::string(Path, static_cast<std::size_t>(Size)) : "nettune";
}

static constexpr char ProgramsHelp[] =
    "JSON file: an object of executables, each with the list of the main files linked into it";

static constexpr char CacheHelp[] =
    "Directory of the shards made so far, which runs and checkouts may share; default: $NETTUNE_CACHE_DIR, else the build's own";

static constexpr char OptionHelp[] =
    "nettune.NAME=VALUE, repeated: as in CheckOptions of .clang-tidy, and before them; $NETTUNE_CHECK_OPTIONS: the same, for what those leave open";

static void addSummarize(CLI::App &App, SummarizeArguments &A) {
  CLI::App *Command = App.add_subcommand("summarize", "Parse TUs and write one shard of facts for each");
  Command->add_option("-p,--build", A.BuildDir, "Directory of compile_commands.json");
  Command->add_option("-o,--output", A.OutputDir, "Directory for the shards");
  Command->add_option("--root", A.Root, "Directory that files are named relative to");
  Command->add_option("--depfile", A.DependencyFile, "Write what was read, as make knows it; one file only");
  Command->add_option("--command", A.Ordinal, "Which of several compile commands of one file, from 0");
  Command->add_option("--cache-dir", A.CacheDir, CacheHelp);
  Command->add_option("--check-option", A.CheckOptions, OptionHelp)->allow_extra_args(false);
  Command->add_option("--base", A.Base, "What the sources were at another commit, as BaseFiles writes it")->group("");
  Command->add_option("--task", A.Task, "What 'nettune check' has written down of one TU; nothing else is given then")->group("");
  Command->add_option("files", A.Files, "Source files");
}

static void addLink(CLI::App &App, LinkArguments &A) {
  CLI::App *Command = App.add_subcommand("link", "Link the shards of a program into an index");
  Command->add_option("-o,--output", A.Output, "The index")->required();
  Command->add_option("--root", A.Root, "Directory that the shards' files are relative to; default: here");
  Command->add_option("--programs", A.Programs, ProgramsHelp);
  Command->add_option("shards", A.ShardDirs, "Directories with shards, or shards")->required();
}

static void addProgram(CLI::App &Added, ProgramArguments &A) {
  CLI::App *Command = &Added;
  Command->add_option("-p,--build", A.BuildDir, "Directory of compile_commands.json; default: that of the first file or of here, one above, or build/ in one of them");
  Command->add_option("--root", A.Root, "Directory that files are named relative to");
  Command->add_option("-j,--jobs", A.Jobs, "TUs at a time");
  auto *Programs = Command->add_option("--programs", A.Programs, ProgramsHelp);
  Command->add_flag("--no-link-info", A.NoLinkInfo, "Take all files as one program, whatever the build links")
      ->excludes(Programs);
  Command->add_option("--check-option", A.CheckOptions, OptionHelp)->allow_extra_args(false);
  Command->add_option("--progress", A.Progress, "How to tell on the error stream which files are done: auto (bar on a terminal, else none), bar, json (a line a file), none")
      ->check(CLI::IsMember(Progress::ways()));
}

static void addCheck(CLI::App &App, CheckArguments &A) {
  CLI::App *Command = App.add_subcommand("check", "Analyse a whole program and print what is found");
  addProgram(*Command, A);
  std::string Formats = "One of: ";
  for (const std::string &Name : reportFormats())
    Formats += (Name == reportFormats().front() ? "" : ", ") + Name;
  Command->add_option("--format", A.Formats, "NAME or NAME=FILE, repeated: what to write, and where; default: text. " + Formats)
      ->allow_extra_args(false);
  // A flag: what follows behind a blank is a file.
  auto *Diff = Command->add_flag("--diff{auto}", A.DiffBase,
                                 "Report only what is new since a commit, --diff=COMMIT; without one, since the branch that the "
                                 "CI system says the change is for, or the remote's default branch");
  Command->add_flag("--diff-lines", A.DiffLines, "New is what stands, with its path, in changed lines; without a look at the base");
  Command->callback([&A, Diff] {
    A.Diff = A.DiffLines || Diff->count() > 0;
    if (A.DiffBase == "auto")
      A.DiffBase.clear();
  });
  auto *Baseline = Command->add_option("--baseline", A.Baseline, "File of accepted findings; default: .nettune-baseline.json in the root");
  Command->add_flag("--no-baseline", A.NoBaseline, "Whatever was accepted counts")->excludes(Baseline);
  Command->add_flag("--require-reason", A.RequireReason, "Report each NOLINT of a nettune check that does not say why");
  Command->add_option("--fail-on", A.FailOn, "What ends the run with 1: new, any, none; default: new")
      ->check(CLI::IsMember({"new", "any", "none"}));
  Command->add_flag("--fix", A.Fix, "Repair in the sources what can be repaired safely, and report what is left");
  auto *Stacks = Command->add_option("--stacks", A.Stacks, "Folded stacks of a profile, FILE or -: what was seen stalling is said and comes first");
  Command->add_option("--stacks-unit", A.StacksUnit, "What the numbers in it are: samples, ns, us, ms; default: samples")
      ->check(CLI::IsMember(FoldedStacks::units()))
      ->needs(Stacks);
  Command->add_option("--cache-dir", A.CacheDir, CacheHelp);
  Command->add_option("--cache-size", A.CacheSize, "What the cache may hold, as 500M or 2G; 0: no cache; default: 1G");
  Command->add_flag("--allow-incomplete", A.AllowIncomplete, "Pass although files cannot be analysed, or only in part");
  Command->add_flag("--pch{shared}", A.Pch, "Which headers to read once for several files: exact, those that files begin with in the same order; shared, also others "
                                            "that files have in common; off; default: exact, and shared for --pch alone")
      ->check(CLI::IsMember({"exact", "shared", "off"}));
  Command->add_flag("--timings", A.Timings, "Say which part of the run took how long");
  Command->add_option("files", A.Files, "Report findings of these files only");
}

static void addBaseline(CLI::App &App, BaselineArguments &A) {
  CLI::App *Command = App.add_subcommand("baseline", "Write down findings that are accepted, each with a reason");
  Command->require_subcommand(1);
  auto Add = [&](const char *Name, const char *Text, BaselineArguments::Action Do) {
    CLI::App *Sub = Command->add_subcommand(Name, Text);
    addProgram(*Sub, A);
    Sub->add_option("file", A.File, "The baseline; default: .nettune-baseline.json in the root");
    Sub->callback([&A, Do] { A.Do = Do; });
    return Sub;
  };
  CLI::App *Create = Add("create", "Accept all that is found now", BaselineArguments::Action::Create);
  Create->add_option("--reason", A.Reason, "Why; default: accepted when nettune was introduced");
  Create->add_flag("--force", A.Force, "Begin anew where there is one");
  CLI::App *Update = Add("update", "Remove what is repaired, keep reasons", BaselineArguments::Action::Update);
  auto *Reason = Update->add_option("--reason", A.Reason, "Why what is added is accepted");
  Update->add_flag("--add", A.Add, "Accept what is new")->needs(Reason);
  Add("check", "Tell entries that are stale, expired or without a reason", BaselineArguments::Action::Check);
}

static void addExplainPath(CLI::App &App, ExplainPathArguments &A) {
  CLI::App *Command = App.add_subcommand("explain-path", "Tell by which calls a line comes to run on an event loop");
  Command->add_option("-p,--build", A.BuildDir, "Directory of compile_commands.json, after 'nettune check'");
  Command->add_option("--index", A.Index, "The index, where it is not the build's");
  Command->add_option("where", A.Where, "FILE:LINE")->required();
}

static void addModels(CLI::App &App, UnknownArguments &A, bool &Unknown) {
  CLI::App *Command = App.add_subcommand("models", "What the API models know of a program");
  Command->add_flag("--unknown", Unknown, "Library functions that take a callable and stand in no model, by frequency")
      ->required();
  Command->add_option("-p,--build", A.BuildDir, "Directory of compile_commands.json, after 'nettune check'");
  Command->add_option("--index", A.Index, "The index, where it is not the build's");
  Command->add_option("--most", A.Most, "So many at most");
}

static void addConfig(CLI::App &App, ConfigArguments &A) {
  CLI::App *Command = App.add_subcommand("config", "Check configurations of the reference server");
  Command->add_option("--workload", A.Workload, "What they are for; default: by each file's name");
  Command->add_option("--cores", A.Cores, "Cores of the machine that they are for; default: 8")->check(CLI::Range(1, 100000));
  Command->add_option("--memory", A.MemoryGib, "Its memory in GiB; default: 16")->check(CLI::Range(1, 1000000));
  Command->add_option("files", A.Files, "JSON files")->required();
}

static void addExplain(CLI::App &App, ExplainArguments &A) {
  CLI::App *Command = App.add_subcommand("explain", "Show the guide's section for a check");
  Command->add_option("name", A.Name, "A check or a section; none: list them");
}

static void addTidy(CLI::App &App) {
  // Only for the help: main() passes its arguments on unread.
  App.add_subcommand("tidy", "Run clang-tidy with the plugin loaded; its arguments are clang-tidy's")->prefix_command();
}

static constexpr char ExitCodes[] =
    "Exit codes: 0 passed; 1 there are findings that fail the run; 2 something is wrong with the call, a configuration or\n"
    "a file, or the base of --diff is not there; 3 nothing failed, but a file could not be analysed whole.\n"
    "'nettune tidy' has clang-tidy's.";

int main(int argc, char **argv) {
  if (argc > 1 && std::string_view(argv[1]) == "tidy")
    return tidy({argv + 2, argv + argc}, ownPath());
  CLI::App App("Finds network-performance anti-patterns in C++, over whole programs", "nettune");
  App.set_version_flag("--version", "nettune " NETTUNE_VERSION);
  App.require_subcommand(1);
  SummarizeArguments Summarize;
  LinkArguments Link;
  CheckArguments Check;
  BaselineArguments Accepted;
  ExplainPathArguments Explain;
  UnknownArguments Unknown;
  ConfigArguments Config;
  ExplainArguments Section;
  bool ListUnknown = false;
  addSummarize(App, Summarize);
  addLink(App, Link);
  addCheck(App, Check);
  addBaseline(App, Accepted);
  addExplainPath(App, Explain);
  addModels(App, Unknown, ListUnknown);
  addConfig(App, Config);
  addExplain(App, Section);
  addTidy(App);
  App.add_subcommand("command-line", "The command line as JSON, for what is made of it")->group("");
  App.footer(ExitCodes); // of the whole command: commands inherit what is said before them
  try {
    App.parse(argc, argv);
  } catch (const CLI::ParseError &E) {
    return App.exit(E) == 0 ? Clean : BadUsage;
  }
  if (App.got_subcommand("summarize"))
    return summarize(Summarize);
  if (App.got_subcommand("link"))
    return link(Link);
  if (App.got_subcommand("check"))
    return check(Check, ownPath());
  if (App.got_subcommand("baseline"))
    return baseline(Accepted, ownPath());
  if (App.got_subcommand("explain-path"))
    return explainPath(Explain);
  if (App.got_subcommand("explain"))
    return explain(Section);
  if (App.got_subcommand("config"))
    return config(Config);
  if (App.got_subcommand("command-line")) {
    std::cout << commandLineTree(App);
    return Clean;
  }
  return unknownTakers(Unknown);
}
