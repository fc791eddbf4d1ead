#!/usr/bin/env python3
"""Runs each script of docs/examples/profiling against the reference server under load."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml
from contextlib import contextmanager
from pathlib import Path

from markdown import ROOT, documents, fenced_blocks

RECIPES = ROOT / "docs/examples/profiling"
BENCHMARK, LATENCY = ROOT / "build/bin/benchmark", ROOT / "build/bin/latency_benchmark"
TIMEOUT_SECONDS = 120


@contextmanager
def running(command, **more):
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=TIMEOUT_SECONDS)


def load(port, *options):
    return [LATENCY, "--host", "localhost", "--port", port, *options]


@contextmanager
def server_under_load():
    """(process number, port)"""
    with running([BENCHMARK, "--serve", "--config", "default"]) as server:
        port = re.fullmatch(r"port (\d+)\n", server.stdout.readline()).group(1)
        with running(load(port, "--duration", "600", "--rate", "2000")):
            yield server.pid, port


def recipe(name, *arguments, folder, code=0, **more):
    done = subprocess.run([RECIPES / name, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=TIMEOUT_SECONDS, check=False, **more)
    assert done.returncode == code, f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def test_cpu(pid, _port, folder):
    said = recipe("cpu", pid, 5, folder=folder)
    samples = int(re.search(r"^samples: (\d+) in 5 s", said, re.MULTILINE).group(1))
    folded = (Path(folder) / "cpu.folded").read_text(encoding="utf-8").splitlines()
    assert samples >= 10 and sum(int(line.rsplit(" ", 1)[1]) for line in folded) >= samples * 0.8, (samples, len(folded))
    # The chains lead from the thread's begin through the server to the kernel.
    assert any("event_loops::serve" in line and line.count(";") > 8 for line in folded), folded[:3]
    assert re.search(r"^ +\d+\.\d+%  \[.\] ", said, re.MULTILINE), said
    assert xml.parse(Path(folder) / "cpu.svg").getroot().tag.endswith("svg")


def test_off_cpu(pid, _port, folder):
    said = recipe("off_cpu", pid, 3, folder=folder)
    row = re.search(r"^(\d+) +epoll_wait +(\d+) +([\d.]+) +([\d.]+)$", said, re.MULTILINE)
    assert row and int(row.group(2)) > 100 and float(row.group(3)) > 100, said


def child_of(parent):
    """The number of the process that \p parent has started."""
    for _ in range(100):
        if children := Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split():
            return int(children[0])
        time.sleep(0.05)
    raise AssertionError(f"{parent} has started nothing")


def test_waits(_pid, _port, folder):
    """A handler that asks a database, 50 times a second, is found beside the wait of its loop."""
    command = [BENCHMARK, "--rate", "200", "--beside-rate", "50", "--duration", "60", "--server", ROOT / "build/bin/scenario", "serve", "--blocking", "inline"]
    with running(command) as bench:
        server = child_of(bench.pid)
        time.sleep(2)  # perf sees the threads that are there: it must serve by then
        said = recipe("waits", server, 3, folder=folder)
    waits = [(float(ms), where) for ms, where in re.findall(r"([\d.]+) ms  (.*)", said)]
    assert any("query" in where and ms > 50 for ms, where in waits) and any("epoll_wait" in where for _, where in waits), said
    assert xml.parse(Path(folder) / "waits.svg").getroot().tag.endswith("svg")


def test_git_ignores_what_they_write(_pid, _port, folder):
    """Here stand the files of the tests above, which were given no names."""
    written = sorted(path.name for path in Path(folder).iterdir())
    assert {"cpu.svg", "cpu.folded", "cpu.data", "waits.svg", "waits.folded"} <= set(written), written
    done = subprocess.run(["git", "-C", ROOT, "check-ignore", "--no-index", *written, "not_written.txt"], capture_output=True, text=True, check=False)
    assert done.stdout.split() == written, (written, done.stdout, done.stderr)


def test_failures_leave_what_was_there(pid, _port, folder):
    """perf does not begin, nothing was to be seen, the folder cannot be written to: an earlier result stays, nothing is added."""
    before = {path.name: path.stat().st_mtime_ns for path in Path(folder).iterdir()}
    assert "perf record failed" in recipe("cpu", pid, 1, folder=folder, code=3, env=os.environ | {"NETTUNE_CALL_GRAPH": "nonsense"})
    with running(["sleep", "60"]) as idle:
        time.sleep(0.5)  # until it sleeps
        assert "the process used no CPU in 1 s" in recipe("cpu", idle.pid, 1, folder=folder, code=3)
        assert "the process used no CPU in 1 s" in recipe("cpu", idle.pid, 1, "idle", folder=folder, code=3)
        assert "no wait ended in 1 s" in recipe("waits", idle.pid, 1, "idle", folder=folder, code=3)
    for name in ("cpu", "waits"):
        assert "cannot write beside none/it" in recipe(name, pid, 1, "none/it", folder=folder, code=3)
    assert {path.name: path.stat().st_mtime_ns for path in Path(folder).iterdir()} == before


def test_interrupted_waits_are_kept(pid, _port, folder):
    with running([RECIPES / "waits", pid, 60, "early"], cwd=folder, start_new_session=True) as child:
        time.sleep(2)
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does
        said, _ = child.communicate(timeout=TIMEOUT_SECONDS)
    assert child.returncode == 0 and " ms  " in said and (Path(folder) / "early.folded").stat().st_size > 0, said


def test_fold(_pid, _port, _folder):
    events = ("srv 7 1.000100: context-switches: \n\tff schedule+0x1\n\t10 a;b(int)+0x3\n\t 0 [unknown]\n\nsrv 7 1.000200: PERF_RECORD_SWITCH OUT \n"
              "srv 7 1.002100: PERF_RECORD_SWITCH IN \nsrv 8 1.5: context-switches: \n\t10 main\n")
    for kind, folded in (("off-cpu", "srv;a:b(int);schedule 2000\n"), ("cpu", "srv;a:b(int);schedule 1\nsrv;main 1\n")):
        done = subprocess.run([RECIPES / "fold", kind], input=events, capture_output=True, text=True, check=True)
        assert done.stdout == folded, done.stdout


def test_flame_graph(_pid, _port, _folder):
    folded = "main;<b>&\x01;operator()(std::vector<int>) 3\nmain;b 1\n"
    drawn = subprocess.run([RECIPES / "flame_graph", "-"], input=folded, capture_output=True, text=True, check=True).stdout
    titles = [e.text for e in xml.fromstring(drawn).iter("{http://www.w3.org/2000/svg}title")]
    assert "operator()(std::vector<int>): 3 samples, 75.0 %" in titles and "<b>&?: 3 samples, 75.0 %" in titles, titles
    broken = subprocess.run([RECIPES / "flame_graph", "-"], input="main 3\nnothing\n", capture_output=True, text=True, check=False)
    assert broken.returncode == 1 and "-:2: error: not 'a;b;c 12'" in broken.stderr, broken.stderr


def test_syscalls(pid, _port, folder):
    said = recipe("syscalls", pid, 3, folder=folder)
    counts = {name: int(count) for count, name in re.findall(r"^(\d+) (\w+)$", said, re.MULTILINE)}
    # 2000 messages a second are due, one read and one write each; a busy machine handles several at once.
    assert counts["sendmsg"] > 100 and 1 / 5 < counts["recvfrom"] / counts["sendmsg"] < 5 and counts["all"] > counts["sendmsg"], said


def test_memory(pid, port, folder):
    crowd = load(port, "--duration", "4", "--rate", "100", "--connections", "100")
    with running(["bash", "-c", 'sleep 0.5; exec "$0" "$@"', *crowd]):
        said = recipe("memory", pid, port, 3, folder=folder)
    each = int(re.search(r"^per connection: (\d+) bytes$", said, re.MULTILINE).group(1))
    assert 4096 < each < 65536, said  # a read buffer of 8 KB, and what else a session has
    assert "no new connections in 1 s" in recipe("memory", pid, port, 1, folder=folder)


def test_allocations(_pid, _port, folder):
    said = recipe("allocations", 3, BENCHMARK, "--serve", "--config", "default", folder=folder)
    assert re.search(r"^calls to allocation functions: [1-9]\d* ", said, re.MULTILINE), said
    assert subprocess.run(["git", "-C", ROOT, "check-ignore", "-q", "--no-index", "allocations.txt"], check=False).returncode == 0
    assert "calls to allocation functions" in (Path(folder) / "allocations.txt").read_text(encoding="utf-8")


def test_throughput(_pid, _port, folder):
    assert re.search(r"[1-9]\d* Mbits/sec +receiver", recipe("throughput", "localhost", 1, folder=folder))


def commands_of_the_guide():
    """(place, block) of what the guide says to look at a running server with."""
    for name, text in documents().items():
        for block in fenced_blocks(text):
            if block.words == ["needs-cap"] and "docs/examples/" not in block.code and "latency_benchmark" not in block.code:
                yield f"{name}:{block.line}", block.code


def test_the_commands_of_the_guide(pid, port, folder):
    """Each `needs-cap` block runs: the options exist, and the process can be looked at. Three seconds, then Ctrl-C."""
    run, wrong = 0, []
    for place, code in commands_of_the_guide():
        script = f"set -e\nPID={pid} PORT={port}\n{code}"
        done = subprocess.run(["timeout", "-s", "INT", "3", "bash", "-c", script], capture_output=True, text=True, errors="replace", cwd=folder, timeout=TIMEOUT_SECONDS, check=False)
        said = done.stdout + done.stderr
        if done.returncode not in (0, 124, 130) or re.search(r"command not found|invalid option|[Uu]sage: |unknown|Operation not permitted", said):
            wrong.append(f"{place}: ended with {done.returncode}: {said[-300:]}")
        run += 1
    assert run >= 10 and not wrong, "\n".join(wrong)
    print(f"commands of the guide that looked at the server: {run}")


def test_what_is_missing_is_said(pid, port, folder):
    nothing = {"env": {"PATH": "/nonexistent"}}
    for name, word in (("cpu", "perf is not installed"), ("waits", "perf is not installed"), ("off_cpu", "strace is not installed"), ("memory", "ss is not installed"),
                       ("throughput", "iperf3 is not installed")):
        done = subprocess.run(["/bin/bash", RECIPES / name, str(pid), str(port)], capture_output=True, text=True, cwd=folder, check=False, **nothing)
        assert done.returncode == 3 and word in done.stderr, (name, done.returncode, done.stderr)
    for name in ("cpu", "off_cpu", "waits", "syscalls"):
        assert "no process 999999999" in recipe(name, 999999999, folder=folder, code=3)


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    with server_under_load() as (pid, port), tempfile.TemporaryDirectory(prefix="nettune_profiling.") as folder:
        time.sleep(1)
        for name, test in tests:
            try:
                test(pid, port, folder)
            except Exception as error:  # any of them is this test's failure
                failed += 1
                print(f"{name}: {type(error).__name__}: {error}")
    scripts = [path.name for path in RECIPES.iterdir() if path.suffix != ".md"]
    untested = [name for name in scripts if f"test_{name}" not in globals()]
    print("".join(f"docs/examples/profiling/{name}: no test\n" for name in untested), end="")
    print(f"profiling recipes that ran: {len(scripts) - len(untested)} of {len(scripts)}")
    print(f"{len(tests) - failed} passed, {failed + len(untested)} failed")
    return 1 if failed or untested else 0


if __name__ == "__main__":
    sys.exit(main())
