#!/usr/bin/env python3
"""Runs the guide's GOOD programs for two seconds under ASan and UBSan, with clients.

Each GOOD block of docs/PERFORMANCE_TUNING.md that has a `main` is linked with an instrumented build of the reference server and run in a
network namespace of its own, so that the ports which the guide names are free. Where it listens, latency_benchmark talks to
it. It has to be running after two seconds, or to have ended with 0, and neither sanitizer may have said a word.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import snippets
from markdown import ROOT

MESSAGING = ROOT / "tools/bench/messaging"
SANITIZED = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-fno-omit-frame-pointer", "-g1", "-O1"]
COMPILER = ["ccache", "clang++-22", *snippets.FLAGS, f"-I{ROOT}/checks", "-DASIO_NO_DEPRECATED", *SANITIZED]
SECONDS, STEP_SECONDS = 2, 120
# A program that ends by itself has no time to say much; a slow machine gives a server this long to listen.
LISTEN_SECONDS = 20
COMPLAINT = re.compile(r"ERROR: (?:Address|Leak)Sanitizer.*|runtime error: .*")


def build(arguments):
    done = subprocess.run([*COMPILER, *map(str, arguments)], capture_output=True, text=True, timeout=STEP_SECONDS, check=False)
    return "" if done.returncode == 0 else done.stderr[-2000:]


def server_objects(scratch, pool):
    """The reference server, instrumented."""
    sources = [*sorted(MESSAGING.glob("*.cpp")), ROOT / "checks/model/JsonTree.cpp"]
    objects = [Path(scratch) / f"{source.stem}.o" for source in sources]
    errors = [e for e in pool.map(lambda pair: build(["-c", pair[0], "-o", pair[1]]), zip(sources, objects)) if e]
    if errors:
        sys.exit(f"the reference server does not build with sanitizers:\n{errors[0]}\n0 passed, 1 failed")
    return objects


def client(port):
    """The command that puts some load on a server of messages: what it answers is no matter here."""
    return [str(ROOT / "build/bin/latency_benchmark"), "--host", "localhost", "--port", port, "--connections", "4", "--rate", "200",
            "--payload", "64", "--warmup", "0.1", "--duration", "1", "--drain", "0.1", "--connect-timeout", str(LISTEN_SECONDS)]


def namespaced(command):
    return ["unshare", "--net", "bash", "-c", 'ip link set lo up && exec "$0" "$@"', *command]


def enter(process, command):
    return ["nsenter", "--net", "--target", str(process.pid), *command]


def listens(process, port):
    """Whether it does, within LISTEN_SECONDS."""
    until = time.monotonic() + LISTEN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        table = subprocess.run(enter(process, ["ss", "-Hltn", f"sport = :{port}"]), capture_output=True, text=True, check=False)
        if table.stdout.strip():
            return True
        time.sleep(0.1)
    return False


def environment():
    return os.environ | {"ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"}


def run(program, port, folder):
    """What is wrong with a run of it."""
    log = Path(folder) / f"{program.name}.log"
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(namespaced([str(program)]), stdout=out, stderr=out, env=environment(), cwd=folder) as process:
        try:
            if port and not listens(process, port):
                yield f"does not listen at {port}"
            started = time.monotonic()
            if port and process.poll() is None:
                subprocess.run(enter(process, client(port)), capture_output=True, timeout=STEP_SECONDS, check=False)
            time.sleep(max(0.0, SECONDS - (time.monotonic() - started)))
            if process.poll() not in (None, 0):
                yield f"ended with {process.returncode}"
        finally:
            process.kill()
    if complaint := COMPLAINT.search(log.read_text(encoding="utf-8", errors="replace")):
        yield complaint.group()


def problems(snippet, objects, folder):
    source, program = Path(folder) / f"good_{snippet.line}.cpp", Path(folder) / f"good_{snippet.line}"
    source.write_text(snippets.translation_unit(snippet), encoding="utf-8")
    failure = build(["-c", source, "-o", f"{program}.o"]) or build([f"{program}.o", *objects, "-o", program, "-pthread"])
    if failure:
        return [failure]
    port = re.search(r"\.start\((\d+)\)", snippet.code)
    return list(run(program, port.group(1) if port else "", folder))


def selftest(objects, folder):
    """A program that reads freed memory must be found."""
    wrong = snippets.Snippet(1, "GOOD", "", "int main(int n, char **) { int *p = new int(n); delete p; return *p; }\n", "", [])
    found = problems(wrong, objects, folder)
    return [] if any("heap-use-after-free" in text for text in found) else [f"the test itself: a use after free gives {found}"]


def main():
    if os.geteuid() != 0:
        print("needs root: unshare --net\n0 passed, 1 failed")
        return 1
    chosen = [s for s in snippets.read_snippets((ROOT / snippets.GUIDE).read_text(encoding="utf-8"))
              if s.kind == "GOOD" and re.search(r"\bint main\(", s.code)]
    with tempfile.TemporaryDirectory(prefix="nettune_good.") as folder, ThreadPoolExecutor(2) as pool:
        objects = server_objects(folder, pool)
        results = list(pool.map(lambda s: problems(s, objects, folder), chosen))
        itself = selftest(objects, folder)
    for snippet, found in zip(chosen, results):
        print("".join(f"{snippets.GUIDE}:{snippet.line}: GOOD program: {text}\n" for text in found), end="")
    print("".join(text + "\n" for text in itself), end="")
    failed = sum(map(bool, results)) + len(itself)
    print(f"GOOD programs that ran {SECONDS} s under ASan and UBSan: {len(chosen) - sum(map(bool, results))} of {len(chosen)}")
    print(f"{len(chosen) + 1 - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
