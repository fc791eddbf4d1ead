//===- NinjaRun.cpp -------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NinjaRun.h"

#include "reports/Encoding.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>
#include <llvm/Support/raw_ostream.h>

#include <cerrno>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nettune::cli {
namespace {

volatile std::sig_atomic_t Caught = 0;
volatile std::sig_atomic_t Child = 0;

void onSignal(int Signal) {
  Caught = Signal;
  if (Child > 0)
    kill(Child, Signal); // a terminal tells it anyway, who kills this process alone does not
}

/// While it lives, the two signals are ninja's to obey.
class SignalsToChild {
public:
  SignalsToChild() {
    Caught = 0;
    struct sigaction Action = {};
    Action.sa_handler = onSignal;
    for (auto &[Signal, Old] : Before)
      sigaction(Signal, &Action, &Old);
  }
  ~SignalsToChild() {
    Child = 0;
    for (auto &[Signal, Old] : Before)
      sigaction(Signal, &Old, nullptr);
  }

private:
  std::pair<int, struct sigaction> Before[2] = {{SIGINT, {}}, {SIGTERM, {}}};
};

/// Starts ninja with its output on a pipe, whose other end is given.
llvm::Expected<int> start(const std::vector<std::string> &Words, pid_t &Process) {
  int Pipe[2];
  if (pipe(Pipe) != 0)
    return llvm::createStringError("error: no pipe: " + std::generic_category().message(errno));
  std::vector<char *> Arguments;
  for (const std::string &W : Words)
    Arguments.push_back(const_cast<char *>(W.c_str()));
  Arguments.push_back(nullptr);
  setenv("NINJA_STATUS", "@ %f %t ", 1);
  Process = fork();
  if (Process == 0) {
    // Nobody would read what it finds.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(Pipe[1], STDOUT_FILENO);
    dup2(Pipe[1], STDERR_FILENO);
    close(Pipe[0]);
    close(Pipe[1]);
    execv(Arguments[0], Arguments.data());
    _exit(127);
  }
  close(Pipe[1]);
  if (Process > 0)
    return Pipe[0];
  close(Pipe[0]);
  return llvm::createStringError("error: cannot start ninja: " + std::generic_category().message(errno));
}

/// Takes ninja's output line by line.
class Listener {
public:
  /// On a full disk, or where none may be written, there is no log; what is lost is told anyway.
  Listener(NinjaOutcome &Out, std::string LogFile, Progress &Told)
      : Out(Out), LogFile(std::move(LogFile)), Log(this->LogFile, NoLog), Told(Told) {}

  void take(llvm::StringRef Line) {
    if (!NoLog)
      Log << Line << '\n';
    if (llvm::StringRef Status = Line; Status.consume_front("@ ")) {
      auto [Finished, Rest] = Status.split(' ');
      auto [Total, What] = Rest.split(' ');
      unsigned All = 0;
      Finished.getAsInteger(10, Out.Ran);
      Total.getAsInteger(10, All);
      Told.step(Out.Ran, All, printable(What));
    } else if (llvm::StringRef Names = Line; Names.consume_front("FAILED: ")) {
      // The worker's own words, if it has any, come behind.
      Out.Lost[llvm::sys::path::filename(Names.rtrim()).str()] = {
          LostShard::Crash, "its process ended without a word; see " + LogFile};
    } else if (auto Lost = parseLost(Line)) {
      Out.Lost[Lost->first] = std::move(Lost->second);
    } else if (auto Warning = parseWarning(Line)) {
      Out.Warnings.insert(std::move(*Warning));
    } else if (auto T = parseTimes(Line)) {
      Out.FromStore += T->FromStore;
      Out.Times.Lookup += T->Lookup;
      Out.Times.Analysis += T->Analysis;
      Out.Times.Writing += T->Writing;
    } else if (Line.starts_with("ninja: error: ") || Line.starts_with("ninja: fatal: ")) {
      Error = Line.str();
    }
  }

  void finish() {
    Told.finish();
    if (!NoLog)
      Log.close();
    Log.clear_error();
  }

  std::string Error;

private:
  NinjaOutcome &Out;
  std::string LogFile;
  std::error_code NoLog;
  llvm::raw_fd_ostream Log;
  Progress &Told;
};

void eachLine(int From, llvm::function_ref<void(llvm::StringRef)> Take) {
  std::string Pending;
  char Block[1 << 14];
  for (;;) {
    ssize_t Size = read(From, Block, sizeof Block);
    if (Size < 0 && errno == EINTR)
      continue;
    if (Size <= 0)
      break;
    Pending.append(Block, Size);
    std::size_t Begin = 0;
    for (std::size_t End; (End = Pending.find('\n', Begin)) != std::string::npos; Begin = End + 1)
      Take(llvm::StringRef(Pending).slice(Begin, End));
    Pending.erase(0, Begin);
  }
  if (!Pending.empty())
    Take(Pending);
}

} // namespace

llvm::Expected<NinjaOutcome> runNinja(const std::string &Directory, unsigned Jobs, Progress &Told) {
  auto Ninja = llvm::sys::findProgramByName("ninja");
  if (!Ninja)
    return llvm::createStringError("error: ninja is not installed");
  std::vector<std::string> Words{*Ninja, "-C", Directory, "-k", "0"};
  if (Jobs)
    Words.insert(Words.end(), {"-j", std::to_string(Jobs)});
  NinjaOutcome Out;
  Listener Listener(Out, Directory + "/ninja.log", Told);
  SignalsToChild Signals;
  pid_t Process = -1;
  auto Output = start(Words, Process);
  if (!Output)
    return Output.takeError();
  Child = Process;
  if (Caught)
    kill(Process, Caught); // it came in between
  eachLine(*Output, [&](llvm::StringRef Line) { Listener.take(Line); });
  close(*Output);
  int Status = 0;
  while (waitpid(Process, &Status, 0) < 0 && errno == EINTR)
    ;
  Listener.finish();
  Out.Signal = Caught;
  if (Out.Signal || (WIFEXITED(Status) && WEXITSTATUS(Status) == 0))
    return Out;
  if (!WIFEXITED(Status))
    return llvm::createStringError("error: ninja was ended by signal " + std::to_string(WTERMSIG(Status)));
  // Of a file that ninja does not understand nothing was run.
  if (Out.Lost.empty())
    return llvm::createStringError("error: ninja cannot run: " +
                                   (Listener.Error.empty() ? "it ended with " + std::to_string(WEXITSTATUS(Status))
                                                           : Listener.Error));
  return Out;
}

llvm::Expected<llvm::StringMap<std::vector<std::string>>> recordedInputs(const std::string &Directory) {
  auto Ninja = llvm::sys::findProgramByName("ninja");
  if (!Ninja)
    return llvm::createStringError("error: ninja is not installed");
  pid_t Process = -1;
  auto Output = start({*Ninja, "-C", Directory, "-t", "deps"}, Process);
  if (!Output)
    return Output.takeError();
  llvm::StringMap<std::vector<std::string>> Inputs;
  // A line `OUTPUT: #deps 3, ...`, then one with a margin for each of them.
  std::vector<std::string> *Now = nullptr;
  eachLine(*Output, [&](llvm::StringRef Line) {
    if (Line.consume_front("    ") && Now)
      Now->push_back(Line.str());
    else if (std::size_t End = Line.rfind(": #deps "); End != llvm::StringRef::npos)
      Now = &Inputs[Directory + "/" + Line.take_front(End).str()];
  });
  close(*Output);
  while (waitpid(Process, nullptr, 0) < 0 && errno == EINTR)
    ;
  return Inputs;
}

} // namespace nettune::cli
