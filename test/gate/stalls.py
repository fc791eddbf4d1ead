#!/usr/bin/env python3
"""The sample server under load, recorded with perf: the finding that stalls it is the first of `nettune check --stacks`.

Usage: test/gate/stalls.py
"""

import json
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from contextlib import contextmanager
from pathlib import Path

from repository import NETTUNE, ROOT, run_tests

SAMPLE = ROOT / "docs/examples/chat_server/main.cpp"
WAITS = ROOT / "docs/examples/profiling/waits"
RECORD_SECONDS = 5


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def connected(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("the server does not listen")


@contextmanager
def load(port):
    """Someone who writes more lines in a second than the server takes, once a second; and a search now and then."""
    end = threading.Event()

    def talk():
        while not end.is_set():
            with connected(port) as client:
                client.sendall(b"bob\n/search 1\n" + b"".join(b"%d\n" % n for n in range(10)))
                end.wait(1)

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


class Stalls(unittest.TestCase):
    def test_the_flood_handler_is_first(self):
        with tempfile.TemporaryDirectory(prefix="nettune_stalls.") as home:
            home = Path(home)
            program, port = home / "chat_server", free_port()
            subprocess.run(["clang++-22", "-std=c++20", "-g", "-O1", "-pthread", SAMPLE, "-o", program], check=True, timeout=300)
            with subprocess.Popen([program, str(port), home / "history.txt"], stderr=subprocess.DEVNULL) as server:
                try:
                    connected(port).close()
                    with load(port):
                        done = subprocess.run([WAITS, str(server.pid), str(RECORD_SECONDS)], cwd=home, capture_output=True, text=True, timeout=120, check=False)
                finally:
                    server.terminate()
            self.assertEqual(done.returncode, 0, done.stderr)
            (home / "src").mkdir()
            shutil.copy(SAMPLE, home / "src/main.cpp")
            (home / "compile_commands.json").write_text(json.dumps([{"directory": str(home), "file": "src/main.cpp", "arguments": ["clang++", "-std=c++20", "-c", "src/main.cpp"]}]))
            run = subprocess.run([NETTUNE, "check", "-p", home, "--root", home / "src", "--stacks", "waits.folded", "--stacks-unit", "us", "--format=json=out.json", "--format=text"], cwd=home, capture_output=True, text=True, timeout=300,
                                 check=False)
            self.assertEqual(run.returncode, 1, run.stderr)
            report = json.loads((home / "out.json").read_text())
        found = [(f.get("function"), f.get("api"), f["samplesStalling"]) for f in report["findings"]]
        print(f"microseconds: {report['samples']}; {found}")
        self.assertEqual(found[0][:2], ("main", "std::this_thread::sleep_for"), found)
        self.assertGreater(found[0][2], 500_000)  # one of its sleeps
        self.assertGreater(found[0][2], 10 * found[1][2])
        self.assertEqual(len(found), 5)
        self.assertRegex(run.stdout, r"note: seen stalling for [\d.]+ m?s of [\d.]+ s\n")


if __name__ == "__main__":
    run_tests(Stalls)
