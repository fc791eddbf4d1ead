#!/usr/bin/env python3
"""Runs the checks on variants of each pattern and says which are caught.

test/variants/<check>/<name>_bad.cpp shows the pattern: it is caught if the check reports it.
<name>_fine.cpp does the same without it: it is silent if no nettune check says anything.
"""

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "test/variants"
FLAGS = ["-std=c++20", f"-isystem{ROOT}/test/mocks", f"-I{ROOT}/tools/bench/messaging"]
DIAGNOSTIC = re.compile(r": (?:warning|error): (.*?) \[([\w.,-]+)\]$", re.MULTILINE)
TIMEOUT_SECONDS = 120


def analyse(options, source):
    """The names of the checks that spoke, and what they said."""
    command = [options.clang_tidy, f"-load={options.plugin}", "-checks=-*,nettune-*", "--config={}", "--quiet",
               str(source), "--", *FLAGS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    found = [(name.split(",")[0], text) for text, name in DIAGNOSTIC.findall(done.stdout)]
    if done.returncode != 0 and not found:
        found = [("clang-tidy-ended", f"{done.returncode}: {done.stderr.strip()}")]
    return found


def judge(options, source):
    """caught, missed, silent, spoke, or broken for what does not compile; and why."""
    found = analyse(options, source)
    said = "; ".join(f"{text} [{name}]" for name, text in found)
    if any(not name.startswith("nettune-") for name, _ in found):
        return "broken", said
    if source.stem.endswith("_fine"):
        return ("spoke", said) if found else ("silent", "")
    check = f"nettune-{source.parent.name}"
    return ("caught", "") if any(name == check for name, _ in found) else ("missed", said)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checks", nargs="*", help="folders of test/variants; default: all")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--plugin", default=str(ROOT / "build/lib/libnettune.so"))
    options = parser.parse_args()
    sources = sorted(f for pattern in ("*/*_bad.cpp", "*/*_fine.cpp") for f in HERE.glob(pattern)
                     if not options.checks or f.parent.name in options.checks)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = list(pool.map(lambda source: judge(options, source), sources))
    table = {}
    for source, (verdict, why) in zip(sources, verdicts):
        table.setdefault(source.parent.name, Counter())[verdict] += 1
        if verdict in ("missed", "spoke", "broken"):
            print(f"{source.relative_to(ROOT)}: {verdict} {why}")
    columns = ("caught", "missed", "silent", "spoke", "broken")
    print(f"{'pattern':36}" + "".join(f"{c:>8}" for c in columns))
    for check, counts in sorted(table.items()):
        print(f"{check:36}" + "".join(f"{counts[c]:8}" for c in columns))
    passed = sum(verdict in ("caught", "silent") for verdict, _ in verdicts)
    print(f"{passed} passed, {len(verdicts) - passed} failed")
    return 0 if verdicts and passed == len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
