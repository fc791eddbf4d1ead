//===- Git.cpp ------------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Git.h"

#include <llvm/ADT/ScopeExit.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/Program.h>

#include <climits>
#include <cstdlib>

namespace nettune::cli {
namespace {

llvm::Error failed(const llvm::Twine &Text) { return llvm::createStringError(Text); }

class Repository {
public:
  explicit Repository(std::string Directory) : Directory(std::move(Directory)) {}

  /// What it prints; if it fails, the first line of why.
  llvm::Expected<std::string> run(std::vector<std::string> Words, llvm::StringRef Input = {}) const {
    auto Git = llvm::sys::findProgramByName("git");
    if (!Git)
      return failed("error: git is not installed");
    llvm::SmallString<128> In, Out, Err;
    auto Remove = llvm::make_scope_exit([&] {
      for (llvm::StringRef File : {In, Out, Err})
        if (!File.empty())
          llvm::sys::fs::remove(File);
    });
    for (llvm::SmallString<128> *File : {&In, &Out, &Err})
      if (std::error_code EC = llvm::sys::fs::createTemporaryFile("nettune", "git", *File))
        return failed("error: no temporary file: " + EC.message());
    std::error_code EC;
    llvm::raw_fd_ostream(In, EC) << Input;
    std::vector<llvm::StringRef> Arguments{*Git, "-C", Directory, "-c", "core.quotePath=false"};
    Arguments.insert(Arguments.end(), Words.begin(), Words.end());
    std::string Error;
    int Code = llvm::sys::ExecuteAndWait(*Git, Arguments, std::nullopt,
                                         {llvm::StringRef(In), llvm::StringRef(Out), llvm::StringRef(Err)}, 0, 0, &Error);
    if (Code != 0)
      return failed("git " + Words.front() + ": " + (Error.empty() ? contents(Err).split('\n').first : Error));
    return contents(Out).str();
  }

  std::string Directory;

private:
  llvm::StringRef contents(llvm::StringRef File) const {
    auto Buffer = llvm::MemoryBuffer::getFile(File, false, false, /*IsVolatile=*/true);
    Kept = Buffer ? (*Buffer)->getBuffer().str() : std::string();
    return Kept;
  }
  mutable std::string Kept;
};

/// What CI systems say of the branch that a change is for.
struct CiVariable {
  const char *Name;
  bool IsCommit;
};
constexpr CiVariable CiVariables[] = {
    {"CI_MERGE_REQUEST_DIFF_BASE_SHA", true},          // GitLab
    {"GITHUB_BASE_REF", false},                        // GitHub, Gitea, Forgejo
    {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", false},    // GitLab
    {"BITBUCKET_PR_DESTINATION_BRANCH", false},        // Bitbucket
    {"SYSTEM_PULLREQUEST_TARGETBRANCH", false},        // Azure Pipelines
    {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", false},     // Buildkite
    {"CHANGE_TARGET", false},                          // Jenkins
    {"DRONE_TARGET_BRANCH", false},                    // Drone
};

struct Candidate {
  std::string Revision, Told;
};

Candidate chosen(const Repository &Git, const std::string &Named) {
  if (!Named.empty())
    return {Named, "--diff=" + Named};
  for (const CiVariable &V : CiVariables) {
    const char *Value = std::getenv(V.Name);
    if (!Value || !*Value)
      continue;
    llvm::StringRef Branch = Value;
    if (!V.IsCommit)
      Branch.consume_front("refs/heads/");
    return {V.IsCommit ? Branch.str() : "origin/" + Branch.str(), V.Name + std::string("=") + Value};
  }
  return {"origin/HEAD", "the remote's default branch"};
}

std::string trimmed(const std::string &Text) { return llvm::StringRef(Text).trim().str(); }

/// How to make git know the commit.
std::string remedy(const Repository &Git, const Candidate &C) {
  auto Shallow = Git.run({"rev-parse", "--is-shallow-repository"});
  bool IsShallow = Shallow && trimmed(*Shallow) == "true";
  if (!Shallow)
    llvm::consumeError(Shallow.takeError());
  if (IsShallow)
    return "the clone is shallow: fetch its history with 'git fetch --unshallow origin' (GitHub's checkout action: "
           "fetch-depth: 0; GitLab: GIT_DEPTH: 0)";
  llvm::StringRef Branch = C.Revision;
  if (C.Revision == "origin/HEAD")
    return "'git remote set-head origin --auto' sets it; or name the base with --diff=COMMIT";
  if (Branch.consume_front("origin/"))
    return "fetch it with 'git fetch origin " + Branch.str() + "', or name the base with --diff=COMMIT";
  return "git knows no such commit";
}

/// A name as git prints it in a patch: in quotes if it holds what a line cannot.
std::string unquoted(llvm::StringRef Name) {
  if (!Name.consume_front("\"") || !Name.consume_back("\""))
    return Name.str();
  std::string Out;
  for (std::size_t I = 0; I < Name.size(); ++I) {
    if (Name[I] != '\\' || I + 1 == Name.size()) {
      Out += Name[I];
      continue;
    }
    char C = Name[++I];
    unsigned Octal;
    if (!Name.substr(I, 3).getAsInteger(8, Octal)) {
      Out += static_cast<char>(Octal);
      I += 2;
    } else {
      Out += C == 'n' ? '\n' : C == 't' ? '\t' : C == 'r' ? '\r' : C == 'a' ? '\a' : C == 'b' ? '\b'
             : C == 'f' ? '\f' : C == 'v' ? '\v' : C;
    }
  }
  return Out;
}

std::vector<std::string> fields(const std::string &Text) {
  llvm::SmallVector<llvm::StringRef> Parts;
  llvm::StringRef(Text).split(Parts, '\0', -1, /*KeepEmpty=*/false);
  return {Parts.begin(), Parts.end()};
}

/// `@@ -3,2 +5,4 @@`: lines 5 to 8. None were added: the two around the gap.
LineRange addedLines(llvm::StringRef Hunk) {
  llvm::StringRef Added = Hunk.split('+').second.take_until([](char C) { return C == ' '; });
  auto [First, Count] = Added.split(',');
  unsigned From = 0, Size = 1;
  First.getAsInteger(10, From);
  if (!Count.empty())
    Count.getAsInteger(10, Size);
  return Size ? LineRange{From, From + Size - 1} : LineRange{From, From + 1};
}

class ChangeReader {
public:
  ChangeReader(const Repository &Git, const std::string &Commit) : Git(Git), Commit(Commit) {}

  llvm::Expected<Changes> read() {
    auto Names = Git.run({"diff", "--name-status", "-z", "-M", "--no-ext-diff", "--ignore-submodules", Commit, "--"});
    if (!Names)
      return Names.takeError();
    takeNames(fields(*Names));
    auto Unknown = Git.run({"ls-files", "--others", "--exclude-standard", "-z"});
    if (!Unknown)
      return Unknown.takeError();
    for (const std::string &Name : fields(*Unknown)) {
      C.Base.Absent.push_back(full(Name));
      C.Lines[full(Name)] = {{1, UINT_MAX}};
    }
    auto Patch = Git.run({"diff", "-U0", "-M", "--no-ext-diff", "--no-textconv", "--no-color", "--no-prefix", "--ignore-submodules", Commit, "--"});
    if (!Patch)
      return Patch.takeError();
    takePatch(*Patch);
    if (llvm::Error E = takeContents())
      return std::move(E);
    return std::move(C);
  }

private:
  std::string full(llvm::StringRef Name) const { return Git.Directory + "/" + Name.str(); }

  void takeNames(const std::vector<std::string> &Fields) {
    for (std::size_t I = 0; I + 1 < Fields.size(); I += 2) {
      char How = Fields[I].front();
      const std::string &Name = Fields[I + 1];
      if (How == 'R' || How == 'C') {
        if (I + 2 >= Fields.size())
          return;
        const std::string &New = Fields[I + 2];
        C.Lines[full(New)];
        if (How == 'R') {
          Old.push_back(Name);
          C.Renamed[full(New)] = full(Name);
        } else {
          C.Base.Absent.push_back(full(New));
        }
        ++I;
        continue;
      }
      if (How == 'A')
        C.Base.Absent.push_back(full(Name));
      else
        Old.push_back(Name);
      if (How == 'D')
        C.Deleted.push_back(full(Name));
      else
        C.Lines[full(Name)];
    }
  }

  void takePatch(llvm::StringRef Patch) {
    std::vector<LineRange> *Lines = nullptr;
    while (!Patch.empty()) {
      llvm::StringRef Line;
      std::tie(Line, Patch) = Patch.split('\n');
      if (Line.starts_with("diff --git "))
        Lines = nullptr;
      else if (!Lines && Line.consume_front("+++ "))
        Lines = &C.Lines[full(unquoted(Line.split('\t').first))];
      else if (Lines && Line.starts_with("@@ "))
        Lines->push_back(addedLines(Line));
    }
  }

  llvm::Error takeContents() {
    std::string Wanted;
    for (const std::string &Name : Old)
      if (Name.find('\n') == std::string::npos)
        Wanted += Commit + ":" + Name + "\n";
    auto Out = Git.run({"cat-file", "--batch"}, Wanted);
    if (!Out)
      return Out.takeError();
    llvm::StringRef Rest = *Out;
    for (const std::string &Name : Old) {
      if (Name.find('\n') != std::string::npos)
        continue;
      llvm::StringRef Header;
      std::tie(Header, Rest) = Rest.split('\n');
      auto [Object, Size] = Header.rsplit(' ');
      std::size_t Bytes = 0;
      if (!Object.ends_with(" blob") || Size.getAsInteger(10, Bytes)) {
        if (!Header.ends_with(" missing") && Object.contains(' '))
          Rest = Rest.drop_front(std::min(Bytes + 1, Rest.size())); // no file: a submodule that was one
        continue;
      }
      C.Base.Contents[full(Name)] = Rest.take_front(Bytes).str();
      Rest = Rest.drop_front(std::min(Bytes + 1, Rest.size()));
    }
    for (const auto &[New, Before] : C.Renamed)
      if (C.Base.Contents.contains(Before))
        C.Base.Links[New] = Before;
      else
        C.Base.Absent.push_back(New);
    return llvm::Error::success();
  }

  const Repository &Git;
  const std::string &Commit;
  std::vector<std::string> Old; ///< files of the base, as git names them
  Changes C;
};

} // namespace

llvm::Expected<DiffBase> findDiffBase(const std::string &Root, const std::string &Named) {
  Repository Git(Root);
  auto Inside = Git.run({"rev-parse", "--show-toplevel"});
  if (!Inside)
    return failed(Root + ": error: --diff needs a git working tree: " + llvm::toString(Inside.takeError()));
  Candidate C = chosen(Git, Named);
  auto Commit = Git.run({"rev-parse", "--verify", "--quiet", "--end-of-options", C.Revision + "^{commit}"});
  if (!Commit) {
    llvm::consumeError(Commit.takeError());
    return failed("error: the base of the change, '" + C.Revision + "' (" + C.Told + "), is not there: " + remedy(Git, C));
  }
  auto Ancestor = Git.run({"merge-base", trimmed(*Commit), "HEAD"});
  if (!Ancestor) {
    llvm::consumeError(Ancestor.takeError());
    return failed("error: HEAD and '" + C.Revision + "' (" + C.Told + ") have no common ancestor here: " +
                  remedy(Git, C));
  }
  return DiffBase{trimmed(*Ancestor), C.Told};
}

llvm::Expected<Changes> changesSince(const std::string &Root, const std::string &Commit) {
  auto Top = Repository(Root).run({"rev-parse", "--show-toplevel"});
  if (!Top)
    return Top.takeError();
  // Files are named as the build names them, which may be by way of a link.
  llvm::SmallString<256> Real;
  std::string Directory = trimmed(*Top);
  if (!llvm::sys::fs::real_path(Root, Real)) {
    llvm::StringRef Below = Real, Named = Root;
    if (Below.consume_front(Directory) && Named.consume_back(Below))
      Directory = Named.str();
  }
  Repository Git(Directory);
  return ChangeReader(Git, Commit).read();
}

} // namespace nettune::cli
