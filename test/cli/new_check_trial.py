#!/usr/bin/env python3
"""Runs tools/dev/new_check in a copy of the tree, builds it there and runs the new check's tests.

The copy stays in build/new_check/ from one run to the next, so that only what changed is built; the
tree itself is not touched.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/dev"))
import registry  # noqa: E402

WORK = ROOT / "build/new_check"
COPY, BUILD = WORK / "src", WORK / "build"
NAME = "trial-of-a-new-check"
LIT = "/usr/lib/llvm-22/bin/lit"


def run(*command, cwd=COPY, wanted=0):
    done = subprocess.run([str(c) for c in command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", check=False)
    if wanted is not None and done.returncode != wanted:
        print(f"{' '.join(str(c) for c in command)} ended with {done.returncode}\n{done.stdout[-8000:]}")
    return done


def sync_copy():
    """Makes COPY the tree's files; unchanged ones keep their times, so that nothing is built twice."""
    files = registry.project_files()
    for name in files:
        source, target = ROOT / name, COPY / name
        if target.exists() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(source.stat().st_mode)
    for path in COPY.rglob("*"):
        if path.is_file() and ".git" not in path.parts and str(path.relative_to(COPY)) not in files:
            path.unlink()
    if not (COPY / ".git").exists():
        run("git", "init", "-q")


def violations():
    """What check_sync reports, without the counts and what depends on the order of lines."""
    lines = run("tools/dev/check_sync", wanted=None).stdout.splitlines()
    return [line for line in lines if NAME in line or registry.class_of(NAME) in line]


def build():
    configure = ["cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_C_COMPILER=clang-22",
                 "-DCMAKE_CXX_COMPILER=clang++-22"]
    if run(*configure).returncode:
        return False
    return run("cmake", "--build", BUILD, "--target", "nettune").returncode == 0


def steps():
    """Yields (what was tried, whether it went right)."""
    yield "a wrong name is refused", run("tools/dev/new_check", "Wrong", wanted=1).returncode == 1
    yield "new_check runs", run("tools/dev/new_check", NAME).returncode == 0
    yield "a name twice is refused", run("tools/dev/new_check", NAME, wanted=1).returncode == 1
    found = violations()
    left = [line for line in found if "REPLACE THIS" not in line]
    print("".join(line + "\n" for line in left), end="")
    yield "check_sync asks for what is to be replaced", len(found) > len(left)
    yield "check_sync finds nothing else", not left
    yield "it builds", build()
    tests = BUILD / "test/checks" / NAME
    yield "its tests pass", run(LIT, "-v", tests).returncode == 0
    bad = COPY / "test/checks" / NAME / "bad.cpp"
    content = bad.read_text(encoding="utf-8")
    bad.write_text("".join(l for l in content.splitlines(keepends=True) if "CHECK-" not in l), encoding="utf-8")
    yield "its tests fail on a finding that they do not expect", run(LIT, tests, wanted=1).returncode == 1
    bad.write_text(content, encoding="utf-8")
    yield "the tree is untouched", not any(NAME in n or registry.class_of(NAME) in n for n in registry.project_files())


def main():
    os.environ["CCACHE_BASEDIR"] = str(WORK)
    WORK.mkdir(parents=True, exist_ok=True)
    COPY.mkdir(exist_ok=True)
    sync_copy()
    passed = failed = 0
    for what, right in steps():
        passed, failed = (passed + 1, failed) if right else (passed, failed + 1)
        if not right:
            print(f"FAILED: {what}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
