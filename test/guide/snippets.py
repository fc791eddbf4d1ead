#!/usr/bin/env python3
"""Compiles and analyses the guide's marked snippets: BAD gives exactly its check, GOOD gives nothing.

BEFORE is bad code that no check finds yet: it gives nothing either. When a check learns it, this test says so,
and BEFORE becomes BAD.

A snippet is a fenced C++ block of docs/PERFORMANCE_TUNING.md with a comment on the line before its fence:

    <!-- snippet: BAD nettune-blocking-call-in-handler prelude=server -->
    <!-- snippet: GOOD flags=-DASIO_STANDALONE -->

`prelude=NAME` puts test/guide/preludes/NAME.h before the block; where that header holds a line
`// SNIPPET`, the block takes its place. `flags=` may stand several times.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = "docs/PERFORMANCE_TUNING.md"
PRELUDES = ROOT / "test/guide/preludes"
FLAGS = ["-std=c++20", f"-I{ROOT}/tools/bench/messaging", f"-I{ROOT}/tools/bench", "-DASIO_STANDALONE"]
MARK = re.compile(r"^<!-- snippet: (BAD|GOOD|BEFORE)\b(.*?)-->$")
DIAGNOSTIC = re.compile(r"^\S+?:(\d+):\d+: (warning|error): (.*?) \[([\w.,-]+)\]$", re.MULTILINE)
KINDS = ("BAD", "GOOD", "BEFORE")
TIMEOUT_SECONDS = 120


class BadMark(Exception):
    """The guide's own marks are wrong."""


@dataclass
class Snippet:
    line: int  # of the block's first line in the guide
    kind: str
    check: str
    code: str
    prelude: str
    flags: list


def parse_mark(kind, rest, line):
    check, prelude, flags = "", "", []
    for word in rest.split():
        if word.startswith("nettune-") and not check:
            check = word
        elif word.startswith("prelude="):
            prelude = word.removeprefix("prelude=")
        elif word.startswith("flags="):
            flags.append(word.removeprefix("flags="))
        else:
            raise BadMark(f"{GUIDE}:{line}: unknown word '{word}' in a snippet mark")
    if (kind == "BAD") != bool(check):
        raise BadMark(f"{GUIDE}:{line}: BAD names its check, GOOD names none")
    return check, prelude, flags


def read_snippets(markdown):
    lines, found, position = markdown.splitlines(), [], 0
    while position < len(lines):
        mark = MARK.match(lines[position].strip())
        if not mark:
            if re.search(r"<!--\s*snippet", lines[position]):
                raise BadMark(f"{GUIDE}:{position + 1}: not a snippet mark: {lines[position].strip()}")
            position += 1
            continue
        if position + 1 >= len(lines) or not re.match(r"^```(cpp|c\+\+)\b", lines[position + 1]):
            raise BadMark(f"{GUIDE}:{position + 1}: no ```cpp fence after the snippet mark")
        end = next((i for i in range(position + 2, len(lines)) if lines[i].startswith("```")), None)
        if end is None:
            raise BadMark(f"{GUIDE}:{position + 2}: the fence is not closed")
        check, prelude, flags = parse_mark(mark.group(1), mark.group(2), position + 1)
        code = "\n".join(lines[position + 2:end]) + "\n"
        found.append(Snippet(position + 3, mark.group(1), check, code, prelude, flags))
        position = end + 1
    return found


def translation_unit(snippet):
    block = f'#line {snippet.line} "{Path(GUIDE).name}"\n{snippet.code}'
    if not snippet.prelude:
        return block
    path = PRELUDES / f"{snippet.prelude}.h"
    if not path.exists():
        raise BadMark(f"{GUIDE}:{snippet.line}: no prelude {path.relative_to(ROOT)}")
    before, _, after = path.read_text(encoding="utf-8").partition("// SNIPPET\n")
    return before + block + after


def analyse(snippet, options, scratch):
    """Lines of what is wrong with one snippet."""
    source = Path(scratch) / f"snippet_{snippet.line}.cpp"
    source.write_text(translation_unit(snippet), encoding="utf-8")
    command = [options.clang_tidy, f"-load={options.plugin}", "-checks=-*,nettune-*", "--config={}", "--quiet",
               str(source), "--", *FLAGS, *snippet.flags]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    found = DIAGNOSTIC.findall(done.stdout)
    wrong = []
    for line, severity, message, name in found:
        if severity == "error" or name.split(",")[0] != snippet.check:
            wrong.append(f"{GUIDE}:{line}: {snippet.kind} block: {severity}: {message} [{name}]")
    if snippet.kind == "BAD" and not any(name.split(",")[0] == snippet.check for *_, name in found):
        wrong.append(f"{GUIDE}:{snippet.line}: BAD block: no finding of {snippet.check}")
    if done.returncode != 0 and not wrong:
        wrong.append(f"{GUIDE}:{snippet.line}: clang-tidy ended with {done.returncode}: {done.stderr.strip()}")
    return wrong


def assert_loaded(options):
    done = subprocess.run([options.clang_tidy, f"-load={options.plugin}", "-checks=-*,nettune-*", "--list-checks"],
                          capture_output=True, text=True, check=False)
    if "nettune-" not in done.stdout:
        sys.exit(f"{options.plugin} is not loaded: {done.stderr.strip()}")


def api_of(snippet):
    return "server" if '"messaging.h"' in snippet.code else "asio" if "<asio.hpp>" in snippet.code else "posix"


def gaps(markdown, snippets):
    """Sections whose line `<!-- apis: ... -->` promises a bad and a good block that is not there."""
    lines = markdown.splitlines()
    starts = [i for i, line in enumerate(lines, 1) if line.startswith("<a id=")] + [len(lines) + 1]
    for start, end in zip(starts, starts[1:]):
        promised = next((m.group(1).split() for line in lines[start - 1:end - 1]
                         if (m := re.match(r"<!-- apis: ([\w ]+) -->$", line))), [])
        inside = [s for s in snippets if start < s.line < end]
        for api in promised:
            kinds = {s.kind for s in inside if api_of(s) == api}
            if "GOOD" not in kinds or not kinds & {"BAD", "BEFORE"}:
                yield f"{GUIDE}:{start}: no bad and good block for {api}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--plugin", default=str(ROOT / "build/lib/libnettune.so"))
    parser.add_argument("--guide", type=Path, default=ROOT / GUIDE)
    options = parser.parse_args()
    assert_loaded(options)
    try:
        markdown = options.guide.read_text(encoding="utf-8")
        snippets = read_snippets(markdown)
        with tempfile.TemporaryDirectory(prefix="nettune_guide.") as scratch, \
                ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(lambda s: analyse(s, options, scratch), snippets))
    except BadMark as error:
        print(error)
        print("0 passed, 1 failed")
        return 1
    missing = list(gaps(markdown, snippets))
    for wrong in [*results, [*missing]]:
        print("".join(line + "\n" for line in wrong), end="")
    right = {kind: sum(not w for s, w in zip(snippets, results) if s.kind == kind) for kind in KINDS}
    total = {kind: sum(s.kind == kind for s in snippets) for kind in KINDS}
    print(f"BAD flagged {right['BAD']} of {total['BAD']}, GOOD clean {right['GOOD']} of {total['GOOD']}, "
          f"compiled and without a check yet {right['BEFORE']} of {total['BEFORE']}; sections without a block for an API: {len(missing)}")
    failed = len(snippets) - sum(right.values()) + len(missing)
    print(f"{sum(right.values())} passed, {failed} failed")
    return 0 if snippets and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
