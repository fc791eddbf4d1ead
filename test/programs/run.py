#!/usr/bin/env python3
"""Whole programs of several files: what `nettune check` says of each is expected.txt, to the letter; a *_fine twin, which holds only the files that differ, has none.

Also: clang-tidy on one file, with the index, says the same words. A second run finds nothing to do and says the same; the index of a copy at another path is the same bytes.
Usage: test/programs/run.py [--accept] [NAME...]
"""

import difflib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/programs"
NETTUNE = ROOT / "build/bin/nettune"
PLUGIN = ROOT / "build/lib/libnettune.so"


def lay_out(name, home):
    """Copies the program's sources to home/src and writes home/build/compile_commands.json."""
    shutil.rmtree(home, ignore_errors=True)
    source, build = home / "src", home / "build"
    for layer in (name.removesuffix("_fine"), name):
        shutil.copytree(HERE / layer, source, ignore=shutil.ignore_patterns("expected.txt"), dirs_exist_ok=True)
    build.mkdir()
    shutil.copy(ROOT / "tools/bench/messaging/messaging.h", source / "messaging.h")
    commands = [
        {"directory": str(build), "file": str(f), "arguments": ["clang++-22", "-std=c++20", "-I", str(source), "-c", str(f)]}
        for f in sorted(source.rglob("*.cpp"))
    ]
    (build / "compile_commands.json").write_text(json.dumps(commands, indent=1))
    return source, build


def check(source, build):
    """(exit code, standard output with places relative to the sources, standard error)."""
    run = subprocess.run([NETTUNE, "check", "-p", build, "--root", source], capture_output=True, text=True, cwd=source, timeout=300)
    return run.returncode, run.stdout, run.stderr


def messages(text):
    """Without the lines of source that are quoted under each message."""
    return "".join(line + "\n" for line in text.splitlines() if ": warning: " in line or ": note: " in line)


def with_index(source, build, index, files):
    """What clang-tidy with the index says of each of the files alone."""
    config = json.dumps({"CheckOptions": {"nettune.Index": str(index)}})
    said = set()
    for f in files:
        run = subprocess.run(
            ["clang-tidy-22", "-load", PLUGIN, "-checks=-*,nettune-*", f"--config={config}", "-p", build, f],
            capture_output=True, text=True, timeout=300)
        if run.returncode:
            said.add(f"{f.name}: clang-tidy ended with {run.returncode}: {run.stdout}{run.stderr}")
        said |= {line.replace(f"{source}/", "") for line in messages(run.stdout).splitlines()}
    return said


def index_problems(source, build, index, wanted):
    """A run on one file with the index finds what the whole-program run found, and says it in the same words."""
    said = with_index(source, build, index, sorted(source.rglob("*.cpp")))
    missing = sorted({line for line in wanted.splitlines() if "guide: " not in line} - said)
    if missing:
        yield "with the index no single file says:\n" + "\n".join(missing)
    if not wanted and said:
        yield "with the index single files say:\n" + "\n".join(sorted(said))


def edit_problems(source, build, index, wanted):
    """An index that is older than the file: the file's own lines count, and the finding stands there once."""
    place, line, rest = wanted.splitlines()[0].split(":", 2)
    edited = source / place
    text = edited.read_text()
    edited.write_text("// One line more\n// and another.\n" + text)
    said = sorted(s for s in with_index(source, build, index, [edited]) if ": warning: " in s)
    edited.write_text(text)
    moved = f"{place}:{int(line) + 2}:{rest}"
    if moved not in said or len(said) != sum(w.startswith(f"{place}:") and ": warning: " in w for w in wanted.splitlines()):
        yield f"after an edit, with the old index, it says {said}, not {moved}"


def problems(name, accept):
    source, build = lay_out(name, BUILD / name / "here")
    code, out, err = check(source, build)
    said = messages(out)
    expected = HERE / name / "expected.txt"
    if accept and said:
        expected.write_text(said)
    wanted = expected.read_text() if expected.exists() else ""
    if said != wanted:
        yield "".join(difflib.unified_diff(wanted.splitlines(True), said.splitlines(True), "expected", "said"))
    if code != (1 if wanted else 0):
        yield f"ended with {code}: {err}"
    if check(source, build)[:2] != (code, out):
        yield "a second run says something else"
    index = build / ".cache/nettune/program.nti"
    if not index.exists():
        yield "there is no index"
    else:
        yield from index_problems(source, build, index, wanted)
        if wanted:
            yield from edit_problems(source, build, index, wanted)
    other_source, other_build = lay_out(name, BUILD / name / "another/place")
    check(other_source, other_build)
    if index.exists() and index.read_bytes() != (other_build / ".cache/nettune/program.nti").read_bytes():
        yield "the index of a copy at another path differs"


def main():
    accept = "--accept" in sys.argv
    named = [a for a in sys.argv[1:] if not a.startswith("-")]
    names = named or sorted(p.name for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__")
    failed = 0
    for name in names:
        found = list(problems(name, accept))
        failed += bool(found)
        print(f"{'FAILED' if found else 'passed'}: {name}")
        for text in found:
            print(text)
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ.pop("NINJA_STATUS", None)
    sys.exit(main())
