#!/usr/bin/env python3
"""The drop-in files of docs/examples/ci do what they say, in a scratch repository with a small server in it.

Usage: test/ci/run.py [NAME...]
"""

import shutil
import sys
import tempfile
from pathlib import Path

import templates
from scratch import EXAMPLES, NEW, OLD, PLACES, ROOT, Scratch

BUILD = ROOT / "build"


class Local:
    """Runs the steps of templates here."""

    def __init__(self, scratch, work):
        self.scratch, self.work = scratch, work

    def __call__(self, script, env):
        return self.scratch.run(self.work, script, env)

    @staticmethod
    def paths(**named):
        return {name: str(path) for name, path in named.items()}


def expect(scratch, work, script, code, says=(), silent=(), **keywords):
    """The script ends so, and says this and not that."""
    ended, output = scratch.run(work, script, **keywords)
    assert ended == code or (code == "not 0" and ended), f"'{script}' ended with {ended}:\n{output}"
    for text in says:
        assert text in output, f"'{script}' does not say \"{text}\":\n{output}"
    for text in silent:
        assert text not in output, f"'{script}' says \"{text}\":\n{output}"
    return output


def test_places(_scratch):
    """Every file has its place here, and nothing else is there."""
    shipped = {str(p.relative_to(EXAMPLES)) for p in EXAMPLES.rglob("*") if p.is_file() and p.name != "README.md"}
    assert shipped == set(PLACES), shipped ^ set(PLACES)


def test_cmake(scratch):
    """The target fails on findings; with --diff only on what the branch adds."""
    work = scratch.clone("cmake", "change")
    expect(scratch, work, "cmake -G Ninja -S . -B build", 0)
    expect(scratch, work, "cmake --build build --target nettune", "not 0", [OLD, NEW])
    expect(scratch, work, "cmake -DNETTUNE_OPTIONS=--diff build && cmake --build build --target nettune", "not 0", [NEW], [OLD])
    scratch.git(work, "checkout", "-q", "main")
    expect(scratch, work, "cmake --build build --target nettune", 0, [], [NEW, OLD])


def test_cmake_with_build(scratch):
    """Each file is analysed as it is compiled: what one file shows fails the build."""
    work = scratch.clone("cmake_build", "main")
    expect(scratch, work, "cmake -G Ninja -S . -B build -DNETTUNE_WITH_BUILD=ON && cmake --build build && test -x build/server", 0, [], ["nettune-"])
    server = work / "server.cpp"
    server.write_text(server.read_text().replace("  note(bytes, size);", "  note(bytes, size);\n  usleep(10);"))
    expect(scratch, work, "cmake --build build", "not 0", ["server.cpp:", OLD, "nettune-blocking-call-in-handler"])


def test_cmake_without_nettune(scratch):
    """Who has no nettune can build; who asks for it is told."""
    work = scratch.clone("cmake_without", "main")
    none = {"PATH": "/usr/bin:/bin"}
    expect(scratch, work, "cmake -G Ninja -S . -B build && cmake --build build && test -x build/server", 0, ["nettune is not installed"], env=none)
    expect(scratch, work, "cmake --build build --target nettune", "not 0", ["unknown target"], env=none)
    expect(scratch, work, "cmake -DNETTUNE_WITH_BUILD=ON build", "not 0", ["NETTUNE_WITH_BUILD is on, and nettune is not installed"], env=none)


def test_make(scratch):
    work = scratch.clone("make", "change")
    expect(scratch, work, "make nettune", "not 0", [OLD, NEW])
    expect(scratch, work, "make nettune NETTUNE_OPTIONS=--diff", "not 0", [NEW], [OLD, "bear"])


def test_pre_commit(scratch):
    """What the commit adds stops it; what was there before does not."""
    work = scratch.clone("pre_commit", "main")
    expect(scratch, work, "cmake -G Ninja -S . -B build && pre-commit validate-config && pre-commit install", 0)
    scratch.block(work)
    expect(scratch, work, "git commit -am 'Flush'", 1, ["Failed", NEW], [OLD])
    expect(scratch, work, "git checkout -q HEAD journal.cpp && echo '// more' >> journal.cpp && git commit -qam 'Comment' && git log -1 --format=%s", 0, ["Passed", "Comment"])


def test_pre_commit_manifest(scratch):
    """The hook of nettune's own repository, as pre-commit installs it."""
    manifest = scratch.home / "manifest"
    manifest.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", manifest)
    scratch.git(manifest, "init", "-q", "-b", "main")
    scratch.commit(manifest, "Hooks")
    work = scratch.clone("pre_commit_manifest", "main")
    expect(scratch, work, f"cmake -G Ninja -S . -B build && pre-commit validate-manifest '{manifest}/.pre-commit-hooks.yaml'", 0)
    scratch.block(work)
    expect(scratch, work, f"git add -A && pre-commit try-repo '{manifest}' nettune", 1, ["Failed", NEW], [OLD])


def merged(scratch, name):
    """What GitHub checks out for a pull request: the merge, on no branch."""
    work = scratch.clone(name, "main")
    scratch.git(work, "checkout", "-q", "--detach")
    scratch.git(work, "merge", "-q", "--no-ff", "-m", "Merge", "origin/change")
    return work


def requested(scratch, name):
    """What GitLab checks out for a merge request: its branch alone. `base`: where that left main."""
    work = scratch.home / name
    work.mkdir()
    scratch.git(work, "init", "-q", "-b", "none")
    scratch.git(work, "fetch", "-q", str(scratch.home / "origin.git"), "change")
    scratch.git(work, "checkout", "-q", "--detach", "FETCH_HEAD")
    scratch.git(work, "branch", "base", "HEAD~1")
    return work


def pushed(scratch, name):
    """What both check out for a push to main: the commit, on no branch, and without the name of the remote's default branch."""
    work = scratch.home / name
    work.mkdir()
    scratch.git(work, "init", "-q", "-b", "none")
    scratch.git(work, "remote", "add", "origin", str(scratch.home / "origin.git"))
    scratch.git(work, "fetch", "-q", "origin", "+refs/heads/main:refs/remotes/origin/main")
    scratch.git(work, "checkout", "-q", "--detach", "origin/main")
    scratch.git(work, "update-ref", "--no-deref", "-d", "refs/remotes/origin/HEAD")
    return work


def test_github_push(scratch):
    work = pushed(scratch, "github_push")
    templates.check_github_push(scratch, Local(scratch, work), {"vars.NETTUNE_PACKAGE": ""}, work)


def test_github(scratch):
    work = merged(scratch, "github")
    templates.check_github(scratch, Local(scratch, work), {"vars.NETTUNE_PACKAGE": ""}, work, installing=False)


def test_gitlab(scratch):
    work = requested(scratch, "gitlab")
    now = templates.check_gitlab(scratch, Local(scratch, work), work, installing=False)
    work = pushed(scratch, "gitlab_push")
    before = templates.check_gitlab_push(scratch, Local(scratch, work), work)
    degraded, resolved = set(now) - set(before), set(before) - set(now)  # what the widget of the merge request shows
    assert [NEW in now[f] for f in degraded] == [True] and not resolved, (before, now)


def main():
    tests = {name.removeprefix("test_"): test for name, test in globals().items() if name.startswith("test_")}
    failed, names = 0, sys.argv[1:] or list(tests)
    with tempfile.TemporaryDirectory(prefix="nettune ci ") as home:
        scratch = Scratch(Path(home), BUILD / "bin")
        for name in names:
            try:
                tests[name](scratch)
                print(f"passed: {name}")
            except (AssertionError, OSError, ValueError, KeyError) as error:
                failed += 1
                print(f"FAILED: {name}: {type(error).__name__}: {error}")
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
