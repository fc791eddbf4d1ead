//===- Git.cpp ------------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Git.h"

#include "GitCommand.h"

#include <cstdlib>

namespace nettune::cli {
namespace {

llvm::Error failed(const llvm::Twine &Text) { return llvm::createStringError(Text); }

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
    {"CI_DEFAULT_BRANCH", false},                      // GitLab, of a branch without a merge request
};

struct Candidate {
  std::string Revision, Told;
};

Candidate chosen(const std::string &Named) {
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

/// How to make git know the commit.
std::string remedy(const GitCommand &Git, const Candidate &C) {
  auto Shallow = Git.line({"rev-parse", "--is-shallow-repository"});
  bool IsShallow = Shallow && *Shallow == "true";
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

} // namespace

llvm::Expected<DiffBase> findDiffBase(const std::string &Root, const std::string &Named) {
  GitCommand Git(Root);
  auto Inside = Git.line({"rev-parse", "--show-toplevel"});
  if (!Inside)
    return failed(Root + ": error: --diff needs a git working tree: " + llvm::toString(Inside.takeError()));
  Candidate C = chosen(Named);
  auto Commit = Git.line({"rev-parse", "--verify", "--quiet", "--end-of-options", C.Revision + "^{commit}"});
  if (!Commit) {
    llvm::consumeError(Commit.takeError());
    return failed("error: the base of the change, '" + C.Revision + "' (" + C.Told + "), is not there: " + remedy(Git, C));
  }
  auto Ancestor = Git.line({"merge-base", *Commit, "HEAD"});
  if (!Ancestor) {
    llvm::consumeError(Ancestor.takeError());
    return failed("error: HEAD and '" + C.Revision + "' (" + C.Told + ") have no common ancestor here: " +
                  remedy(Git, C));
  }
  return DiffBase{*Ancestor, C.Told};
}

} // namespace nettune::cli
