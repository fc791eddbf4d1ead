#!/usr/bin/env python3
"""Applies the fixes of the checks to small programs and runs both, before and after.

test/fixes/<check>/<name>.cpp is a program. Its first line, `// FIXES: n`, says how many findings it has; each
has a fix. The repaired program must compile, be clean for the check, and print what the original prints.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "test/fixes"
FLAGS = ["-std=c++20", "-DASIO_STANDALONE", f"-I{ROOT}/tools/bench/messaging"]
# A repaired program that reads what was moved or is gone must not get away with it.
RUN_FLAGS = ["-O1", "-pthread", "-D_GLIBCXX_ASSERTIONS", "-Werror=dangling", "-Werror=return-stack-address"]
DIAGNOSTIC = re.compile(r":\d+:\d+: (warning|error): (.*?) \[([\w.,-]+)\]$", re.MULTILINE)
TIMEOUT_SECONDS = 120


class Failed(Exception):
    """Why a program did not pass."""


def run(command, folder):
    return subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True,
                          errors="replace", timeout=TIMEOUT_SECONDS, check=False)


def diagnose(options, check, source, extra=()):
    """What clang-tidy says with the check alone, compile errors included."""
    done = run([options.clang_tidy, f"-load={options.plugin}", f"-checks=-*,nettune-{check}", "--config={}", "--quiet",
                *extra, source, "--", *FLAGS], source.parent)
    found = DIAGNOSTIC.findall(done.stdout)
    if done.returncode != 0 or any(severity == "error" for severity, _, _ in found):
        raise Failed(f"clang-tidy ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return [text for _, text, _ in found]


def output_of(options, source):
    """What the program prints."""
    program = source.with_suffix("")
    done = run([options.compiler, *FLAGS, *RUN_FLAGS, source, "-o", program], source.parent)
    if done.returncode != 0:
        raise Failed(f"{source.name} does not compile:\n{done.stderr}")
    done = run([program], source.parent)
    if done.returncode != 0 or not done.stdout:
        raise Failed(f"{source.name} ended with {done.returncode} and printed {len(done.stdout)} characters\n"
                     f"{done.stderr}")
    return done.stdout


def examine(options, source, folder):
    check = source.parent.name
    stated = re.match(r"// FIXES: (\d+)\n", source.read_text(encoding="utf-8"))
    if not stated:
        raise Failed("the first line does not say `// FIXES: n`")
    original, repaired = folder / "original.cpp", folder / "repaired.cpp"
    shutil.copy(source, original)
    shutil.copy(source, repaired)
    found = diagnose(options, check, repaired, ["--fix"])
    if len(found) != int(stated[1]):
        raise Failed(f"{stated[1]} findings expected, {len(found)} made:\n" + "\n".join(found))
    if repaired.read_text(encoding="utf-8") == original.read_text(encoding="utf-8"):
        raise Failed("no fix was applied")
    left = diagnose(options, check, repaired)
    if left:
        raise Failed("the repaired program still has findings:\n" + "\n".join(left))
    before, after = output_of(options, original), output_of(options, repaired)
    if before != after:
        raise Failed(f"the output differs\nbefore: {before}\nafter:  {after}")
    return len(found)


def judge(options, source):
    """The number of fixes that were applied, or what is wrong."""
    with tempfile.TemporaryDirectory(prefix="nettune_fixes.") as folder:
        try:
            return examine(options, source, Path(folder)), ""
        except (Failed, subprocess.TimeoutExpired) as error:
            return 0, str(error)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checks", nargs="*", help="folders of test/fixes; default: all")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--compiler", default="clang++-22")
    parser.add_argument("--plugin", default=str(ROOT / "build/lib/libnettune.so"))
    options = parser.parse_args()
    sources = sorted(f for f in HERE.glob("*/*.cpp") if not options.checks or f.parent.name in options.checks)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = list(pool.map(lambda source: judge(options, source), sources))
    for source, (applied, wrong) in zip(sources, verdicts):
        name = source.relative_to(HERE)
        print(f"{name}: FAILED, {wrong}" if wrong else f"{name}: {applied} fixes, the same output")
    failed = sum(bool(wrong) for _, wrong in verdicts)
    print(f"{len(verdicts) - failed} passed, {failed} failed")
    return 0 if verdicts and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
