#!/usr/bin/env python3
"""Each pack against the real headers: its test compiles and uses every name that the pack has.

The first lines of test/models/<pack>.cpp name the pack, the Debian packages and the compiler flags:

    // MODEL: asio
    // PACKAGES: libasio-dev libboost1.81-dev
    // COMPILE: -std=c++20
    // COMPILE: -std=c++20 -DNETTUNE_BOOST

Of several COMPILE lines, each is for one of the pack's namespaces, in their order.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKS, TESTS = ROOT / "checks/model/apis", ROOT / "test/models"
TIMEOUT_SECONDS = 300


def headers(source, name):
    return [value.strip() for value in re.findall(rf"^// {name}:(.*)$", source.read_text(encoding="utf-8"), re.MULTILINE)]


def runs(source, pack):
    """(namespace or None, compiler flags) of each compilation, or what is wrong with the test's head."""
    flags = [line.split() for line in headers(source, "COMPILE")]
    namespaces = json.loads(pack.read_text(encoding="utf-8")).get("namespaces", [])
    if headers(source, "MODEL") != [pack.stem] or not headers(source, "PACKAGES") or not flags:
        return "the head needs MODEL (the pack's name), PACKAGES and COMPILE lines"
    if len(flags) == 1:
        return [(None, flags[0])]
    if len(flags) != len(namespaces):
        return f"{len(flags)} COMPILE lines for {len(namespaces)} namespaces"
    return list(zip(namespaces, flags))


def compare(tool, pack):
    """Lines of what is wrong with one pack."""
    source = TESTS / f"{pack.stem}.cpp"
    if not source.exists():
        return [f"{pack.relative_to(ROOT)}: no {source.relative_to(ROOT)}"]
    found = runs(source, pack)
    if isinstance(found, str):
        return [f"{source.relative_to(ROOT)}:1: {found}"]
    wrong = []
    for namespace, flags in found:
        only = ["--namespace", namespace] if namespace else []
        command = [tool, str(pack), str(source), *only, "--", *flags]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
        if done.returncode:
            wrong.append(f"{source.relative_to(ROOT)}: ended with {done.returncode}\n{done.stdout}{done.stderr}".strip())
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="*", help="names of packs; by default all")
    parser.add_argument("--tool", default=str(ROOT / "build/bin/model-uses"))
    options = parser.parse_args()
    packs = sorted(p for p in PACKS.glob("*.json") if not options.packs or p.stem in options.packs)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda pack: compare(options.tool, pack), packs))
    known = {p.stem for p in PACKS.glob("*.json")} | {"ModelUses"}
    orphans = [f"{t.relative_to(ROOT)}:1: no such pack" for t in sorted(TESTS.glob("*.cpp")) if t.stem not in known]
    for lines in [*results, orphans]:
        print("".join(line + "\n" for line in lines), end="")
    failed = sum(bool(lines) for lines in results) + len(orphans)
    print(f"{len(results) + len(orphans) - failed} passed, {failed} failed")
    return 1 if failed or not packs else 0


if __name__ == "__main__":
    sys.exit(main())
