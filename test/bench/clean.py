#!/usr/bin/env python3
"""tools/bench keeps its own advice: `nettune check` finds nothing in it, and nothing in it is switched off.

One test a source file: every one is analysed, none holds a NOLINT. The anti-patterns that tools/bench/scenarios measures
are marked `// BAD nettune-...`: these lines are found, and no others. So is a blocking call that is put into a handler.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "tools/bench"
NETTUNE = ROOT / "build/bin/nettune"
SILENCED = re.compile(r"NOLINT|nettune::nonblocking|nettune::worker")
MARK = re.compile(r"// BAD (nettune-[a-z-]+)$")
FINDING = re.compile(r"^(\S+?):(\d+):\d+: warning: .* \[(nettune-[a-z-]+)\]$", re.MULTILINE)
# A call that waits, in a handler of the server: the proof that findings would be seen.
PLANTED = """#include "messaging.h"
#include <thread>
int main() {
  messaging::messaging_server server("s");
  server.set_message_handler([](auto, auto) { std::this_thread::sleep_for(std::chrono::seconds(1)); });
}
"""


def commands_of_bench():
    every = json.loads((ROOT / "build/compile_commands.json").read_text(encoding="utf-8"))
    return [c for c in every if Path(c["file"]).is_relative_to(BENCH)]


def check(commands, home):
    """(exit code, output) of the whole-program check of these translation units."""
    home.mkdir()
    (home / "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")
    run = subprocess.run([NETTUNE, "check", "-p", home, "--root", ROOT, "-j", "2"],
                         capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    return run.returncode, run.stdout + run.stderr


def marks(sources):
    return {(str(s.relative_to(ROOT)), str(number), mark.group(1)) for s in sources
            for number, line in enumerate(s.read_text(encoding="utf-8").splitlines(), 1) if (mark := MARK.search(line))}


def main():
    commands = commands_of_bench()
    sources = sorted(p for p in BENCH.rglob("*") if p.suffix in (".cpp", ".h"))
    analysed = {Path(c["file"]) for c in commands}
    wrong = [f"{s.relative_to(ROOT)}: not in compile_commands.json"
             for s in sources if s.suffix == ".cpp" and s not in analysed]
    wrong += [f"{s.relative_to(ROOT)}: holds a NOLINT or an annotation"
              for s in sources if SILENCED.search(s.read_text(encoding="utf-8"))]
    tests = len(sources) + 2
    with tempfile.TemporaryDirectory(prefix="nettune_bench.") as scratch:
        code, output = check(commands, Path(scratch) / "own")
        found, expected = set(FINDING.findall(output)), marks(sources)
        if not expected or found != expected or "0 with errors, 0 not analysed" not in output:
            wrong.append(f"nettune check ended with {code}; more than the marks: {sorted(found - expected)}; "
                         f"not found: {sorted(expected - found)}:\n{output}")
        planted = Path(scratch) / "planted.cpp"
        planted.write_text(PLANTED, encoding="utf-8")
        own = {"directory": scratch, "file": str(planted),
               "arguments": ["clang++-22", "-std=c++20", f"-I{BENCH}/messaging", "-c", str(planted)]}
        code, output = check(commands + [own], Path(scratch) / "with_planted")
        if "blocks the event loop" not in output:
            wrong.append(f"the planted call is not found:\n{output}")
    print("".join(line + "\n" for line in wrong), end="")
    print(f"{max(0, tests - len(wrong))} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
