#!/usr/bin/env python3
"""Runs the guide's GOOD blocks that are no programs, under ASan and UBSan: each has a driver that uses it and expects what the guide says of it.

Usage: test/guide/good_blocks.py [--mutants] [NAME...]      NAME: nagle-posix

test/guide/drivers/ANCHOR-API.cpp, or ANCHOR-API-2.cpp for the second one of a section, includes GUIDE_BLOCK, runs in a network namespace and a
folder of its own, and ends with 0. Its lines `// mutant: TEXT => OTHER TEXT` say what breaks the block: with --mutants each is tried, and the
driver has to fail then. Without, the text has to be in the block still.
"""

import argparse
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import good_programs
import snippets
from markdown import ROOT, sections

DRIVERS = ROOT / "test/guide/drivers"
GUIDE = ROOT / snippets.GUIDE
SCRATCH = ROOT / "build/guide-drivers"  # always the same: ccache knows what was built there
RUN_SECONDS = 60
LEAST_DRIVEN = 25
MUTANT = re.compile(r"^// mutant: (.*?) => (.*)$", re.MULTILINE)


@dataclass
class Block:
    name: str  # of its driver
    line: int
    code: str


def blocks():
    """GOOD blocks without a main, named by their section and API, and numbered from the second one on."""
    text = GUIDE.read_text(encoding="utf-8")
    starts = [(line, anchor) for line, anchor, _ in sections(text)]
    found, seen = [], {}
    for snippet in snippets.read_snippets(text):
        if snippet.kind != "GOOD" or re.search(r"\bint main\(", snippet.code):
            continue
        anchor = [name for line, name in starts if line < snippet.line][-1]
        name = f"{anchor}-{snippets.api_of(snippet)}"
        seen[name] = seen.get(name, 0) + 1
        found.append(Block(f"{name}-{seen[name]}" if seen[name] > 1 else name, snippet.line, snippet.code))
    return found


def failure_of(block, code, objects, folder):
    """Why the block's driver does not end with 0; empty if it does."""
    folder.mkdir()
    header, program = folder / "block.h", folder / "driver"
    header.write_text(f'#line {block.line} "{GUIDE.name}"\n{code}', encoding="utf-8")
    source = DRIVERS / f"{block.name}.cpp"
    wrong = good_programs.build([f'-DGUIDE_BLOCK="{header}"', f"-I{DRIVERS}", "-c", source, "-o", f"{program}.o"]) or \
        good_programs.build([f"{program}.o", *objects, "-o", program, "-pthread"])
    if wrong:
        return f"does not build: {wrong}"
    try:
        done = subprocess.run(good_programs.namespaced([str(program)]), capture_output=True, text=True, errors="replace", cwd=folder,
                              timeout=RUN_SECONDS, env=good_programs.environment(), check=False)
    except subprocess.TimeoutExpired:
        return f"did not end within {RUN_SECONDS} s"
    complaint = good_programs.COMPLAINT.search(done.stderr)
    return "" if done.returncode == 0 else f"ended with {done.returncode}: {complaint.group() if complaint else done.stderr.strip()[-1000:]}"


def mutants(block):
    """(text, replacement) that the driver names."""
    return MUTANT.findall((DRIVERS / f"{block.name}.cpp").read_text(encoding="utf-8"))


def problems(block, objects, folder, with_mutants):
    changes = mutants(block)
    if not changes:
        yield "names no mutant: what would it notice?"
    for text, _ in changes:
        if block.code.count(text) < 1:
            yield f"the block has no '{text}' to break"
    if failure := failure_of(block, block.code, objects, folder / block.name):
        yield failure
    for number, (text, other) in enumerate(changes if with_mutants else [], 1):
        failure = failure_of(block, block.code.replace(text, other), objects, folder / f"{block.name}.{number}")
        if not failure or failure.startswith("does not build"):
            yield f"with '{other}' in place of '{text}': {failure or 'nothing is noticed'}"
        else:
            print(f"{block.name}: '{other}' in place of '{text}': {failure.splitlines()[0][:150]}", flush=True)


def support(folder, pool):
    """The reference server and what drivers share, built once."""
    shared = folder / "driving.o"
    if wrong := good_programs.build([f"-I{DRIVERS}", "-c", DRIVERS / "driving.cpp", "-o", shared]):
        sys.exit(f"driving.cpp does not build:\n{wrong}\n0 passed, 1 failed")
    return [shared, *good_programs.server_objects(folder, pool)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    everything = blocks()
    names = {path.stem for path in DRIVERS.glob("*.cpp")} - {"driving"}
    lost = sorted(names - {block.name for block in everything})
    chosen = [block for block in everything if block.name in names and (not options.names or block.name in options.names)]
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        objects = support(SCRATCH, pool)
        results = list(pool.map(lambda block: list(problems(block, objects, SCRATCH, options.mutants)), chosen))
    for block, found in zip(chosen, results):
        print("".join(f"{snippets.GUIDE}:{block.line}: test/guide/drivers/{block.name}.cpp: {text}\n" for text in found), end="")
    print("".join(f"test/guide/drivers/{name}.cpp: the guide has no such block\n" for name in lost), end="")
    right = sum(not found for found in results)
    without = sorted(block.name for block in everything if block.name not in names)
    print(f"GOOD blocks without a main that a driver has run under ASan and UBSan: {right} of {len(everything)}"
          f"{'; without a driver: ' + ', '.join(without) if without else ''}")
    too_few = not options.names and len(chosen) < LEAST_DRIVEN
    failed = len(chosen) - right + len(lost) + too_few
    print(f"{right} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
