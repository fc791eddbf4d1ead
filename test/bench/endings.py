#!/usr/bin/env python3
"""How the benchmark tools end: full disks, taken ports, terminals, signals, servers that die or fall silent in mid-run.

Usage: test/bench/endings.py [NAME...]
"""

import contextlib
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time

from cases import run_cases
from tools import BENCHMARK, LATENCY, children_of, echo, frames, listening, run


def started(program, *options, **more):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([program, *map(str, options)], **(pipes | more))


def on_full_disk(program, *options):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([program, *map(str, options)], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60,
                              check=False)
    assert done.returncode == 1, f"ended with {done.returncode}: {done.stderr}"
    return done.stderr


def test_a_full_disk_is_an_error():
    with listening(echo) as port:
        for form in ("text", "json"):
            short = ["--port", port, "--iterations", 100, "--warmup", 0.1, "--format", form]
            said = on_full_disk(LATENCY, *short)
            assert said == "latency_benchmark: standard output: No space left on device\n", said
    for form in ("text", "json"):
        said = on_full_disk(BENCHMARK, "--duration", 0.2, "--warmup", 0.1, "--format", form)
        assert said == "benchmark: standard output: No space left on device\n", said
    assert "standard output: No space left" in on_full_disk(BENCHMARK, "--serve")


def test_the_port_is_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(BENCHMARK, "--serve", "--port", port, code=1)
    assert done.stderr == f"benchmark: port {port}: in use\n" and not done.stdout, done.stderr


def read_terminal(master):
    said = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while part := os.read(master, 4096):
            said += part
    return said


def test_progress_on_a_terminal_only():
    with listening(echo) as port:
        options = [LATENCY, "--port", str(port), "--duration", "1.5", "--warmup", "0.1"]
        master, slave = pty.openpty()
        child = subprocess.Popen(options, stdout=subprocess.PIPE, stderr=slave, text=True)
        os.close(slave)
        shown = read_terminal(master)
        out, _ = child.communicate(timeout=30)
        os.close(master)
        assert child.returncode == 0 and b" answered, 0 lost" in shown, shown
        assert shown.endswith(b"\r\x1b[K"), shown  # the line is taken away
        piped = run(*options)
        assert piped.stderr == "" and "\x1b" not in piped.stdout + out, piped


def test_signals_end_benchmark_with_what_there_is():
    for how in (signal.SIGINT, signal.SIGTERM):
        child = started(BENCHMARK, "--duration", 60, "--warmup", 0.1)
        time.sleep(1)
        servers = children_of(child.pid)
        child.send_signal(how)
        out, errors = child.communicate(timeout=30)
        assert child.returncode == 130 and "PARTIAL: interrupted" in out and not errors, (out, errors)
        assert len(servers) == 1 and not os.path.exists(f"/proc/{servers[0]}"), servers


def test_a_signal_before_there_is_anything():
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        with contextlib.ExitStack() as fills:
            for _ in range(3):
                fill = fills.enter_context(socket.socket())
                fill.setblocking(False)
                fill.connect_ex(("127.0.0.1", port))
            child = started(LATENCY, "--host", "127.0.0.1", "--port", port, "--connect-timeout", 60)
            time.sleep(0.5)
            child.send_signal(signal.SIGINT)
            out, errors = child.communicate(timeout=30)
    assert child.returncode == 130 and not out and "interrupted before" in errors, (out, errors)


def test_the_server_dies_in_mid_run():
    child = started(BENCHMARK, "--duration", 2, "--warmup", 0.1, "--format", "json")
    time.sleep(1)
    for server in children_of(child.pid):
        os.kill(int(server), signal.SIGKILL)
    out, errors = child.communicate(timeout=60)
    result = json.loads(out)
    load = result["load"]
    assert load["answered"] > 0 and load["disconnects"] > 0 and load["not_sent"] > 0, load
    assert load["due"] == load["answered"] + load["lost"] + load["not_sent"], load
    assert child.returncode == 1 and not result["server"]["ended_with_0"] and "the server ended" in errors, errors


def test_a_closed_loop_does_not_wait_for_ever():
    """It sends after an answer: without one, --iterations would never be reached."""
    def falls_silent(connection):
        for number, frame in enumerate(frames(connection)):
            if number < 200:
                connection.sendall(frame)

    closed = ["--host", "127.0.0.1", "--schedule", "closed", "--iterations", 1000000, "--warmup", 0, "--drain", 0.5,
              "--connect-timeout", 0.5, "--format", "json"]
    with listening(falls_silent) as port:
        done = run(LATENCY, "--port", port, *closed, code=1)
    result = json.loads(done.stdout)
    assert 190 <= result["answered"] <= 200 and result["lost"] == 1 and result["stalled"], result
    assert done.stderr == f"latency_benchmark: 127.0.0.1:{port}: no answer for 0.5 s; ended early\n", done.stderr

    child = None
    server = started(BENCHMARK, "--serve")
    try:
        port = int(server.stdout.readline().split()[1])
        child = started(LATENCY, "--port", port, *closed)
        time.sleep(1)
        server.kill()
        out, errors = child.communicate(timeout=30)
    finally:
        server.kill()
        server.communicate()
        if child and child.poll() is None:
            child.kill()
            child.communicate()
    assert child.returncode == 1 and json.loads(out)["stalled"] and "ended early" in errors, (out, errors)


if __name__ == "__main__":
    sys.exit(run_cases(globals(), sys.argv[1:]))
