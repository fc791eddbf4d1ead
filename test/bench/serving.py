#!/usr/bin/env python3
"""The reference server, in a process of its own, under many connections, many messages and hostile peers: all is answered,
its memory is bounded, and it ends with 0 and no word, which in a sanitized build means no finding and no leak.

Usage: test/bench/serving.py BUILD [--full] [NAME...]    BUILD: a build folder; --full: 9,000 connections, 1,000,000 messages
"""

import contextlib
import json
import os
import random
import re
import resource
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cases import run_cases

BUILD = Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
FULL = "--full" in sys.argv
SANITIZED = "SANITIZE:STRING=OFF" not in (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")
HANG = 1200  # seconds; nothing here is timed
ENVIRONMENT = os.environ | {"ASAN_OPTIONS": "detect_leaks=1:quarantine_size_mb=16", "UBSAN_OPTIONS": "halt_on_error=1"}


def descriptors(process):
    with contextlib.suppress(OSError):  # it has ended
        return len(os.listdir(f"/proc/{process}/fd"))
    return 0


@contextlib.contextmanager
def serving(config="default"):
    """(port, process id) of a server that has to end well."""
    with subprocess.Popen([BUILD / "bin/benchmark", "--serve", "--config", config], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as server:
        try:
            port = int(server.stdout.readline().removeprefix("port "))
            before = descriptors(server.pid)
            yield port, server.pid
            end = time.monotonic() + HANG
            while descriptors(server.pid) > before:
                assert time.monotonic() < end, "a descriptor is not given back"
                time.sleep(0.02)
            server.terminate()
            out, errors = server.communicate(timeout=HANG)
        except BaseException:
            server.kill()
            raise
    assert server.returncode == 0 and out == errors == "", (server.returncode, errors[:4000])


def load(port, *options):
    done = subprocess.run([BUILD / "bin/latency_benchmark", "--host", "127.0.0.1", "--port", str(port), "--format", "json",
                           "--warmup", "0.1", "--drain", str(HANG), "--connect-timeout", str(HANG), *map(str, options)],
                          capture_output=True, text=True, timeout=HANG, check=False, env=ENVIRONMENT)
    assert done.returncode == 0 and done.stderr == "", done.stderr[:4000]
    return json.loads(done.stdout)


def all_answered(result, requests):
    bad = {key: result[key] for key in ("lost", "not_sent", "misframed", "out_of_order", "errors", "disconnects") if result[key]}
    assert not bad and result["due"] == result["answered"] == requests, (bad, result["due"], result["answered"])


def resident(process):
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


def connected(port, receive_buffer=0):
    peer = socket.socket()
    if receive_buffer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    peer.settimeout(HANG)
    peer.connect(("127.0.0.1", port))
    return peer


def framed(data):
    return len(data).to_bytes(4, "big") + data


def still_answers(port):
    with connected(port) as peer:
        peer.sendall(framed(b"still here"))
        assert peer.recv(14, socket.MSG_WAITALL) == framed(b"still here")


def test_many_connections():
    connections = 9000 if FULL else 1000
    with serving("high_connections") as (port, process):
        before = resident(process)
        result = load(port, "--connections", connections, "--schedule", "closed", "--iterations", 4 * connections)
        all_answered(result, 4 * connections)
        print(f"{connections} connections, {(resident(process) - before) // connections} bytes for each")
        still_answers(port)


def test_many_messages():
    messages = 1000000 if FULL else 50000
    with serving() as (port, _):
        all_answered(load(port, "--connections", 8, "--schedule", "closed", "--pipeline", 32, "--iterations", messages), messages)
        print(f"{messages} messages, all answered in order")


def test_peers_that_never_read():
    """The queue of each is bounded by 1 MiB, and what it sends then is not read: it stays in the kernel."""
    peers, offered = 20 if FULL else 4, 64 << 20
    block = framed(bytes(60000)) * 16
    with serving() as (port, process), contextlib.ExitStack() as stack:
        still_answers(port)
        before, sent = resident(process), []
        for _ in range(peers):
            peer = stack.enter_context(connected(port, 4096))
            peer.settimeout(2)
            total = 0
            with contextlib.suppress(TimeoutError):
                while total < offered:
                    total += peer.send(block)
            sent.append(total)
        grown = resident(process) - before
        print(f"{peers} peers that never read sent {sum(sent) >> 20} MiB of {peers * offered >> 20}; the server grew by {grown >> 20} MiB")
        assert max(sent) < offered, sent
        assert grown < peers * (1 << 20) * (4 if SANITIZED else 2) + (64 << 20), grown
        still_answers(port)


def test_impossible_lengths():
    with serving() as (port, process):
        before = resident(process)
        for _ in range(200):
            with connected(port) as peer:
                peer.sendall((100 << 20).to_bytes(4, "big") + b"x" * 10)
                with contextlib.suppress(ConnectionResetError):
                    assert peer.recv(1) == b""
        assert resident(process) - before < 64 << 20
        still_answers(port)


def test_lengths_that_are_believed():
    """Within the limit, and of the message only the beginning comes: memory is taken for what is there."""
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        file = Path(scratch) / "large.json"
        file.write_text(json.dumps({"server": {"max_message_size": 200 << 20}}), encoding="utf-8")
        port, process = stack.enter_context(serving(file))
        still_answers(port)
        before = resident(process)
        for _ in range(50):
            stack.enter_context(connected(port)).sendall((100 << 20).to_bytes(4, "big") + b"y" * 1000)
        still_answers(port)
        assert resident(process) - before < 64 << 20


def test_random_bytes_resets_and_half_closed_peers():
    noise = random.Random(5)
    with serving() as (port, _):
        for turn in range(400 if FULL else 100):
            peer = connected(port)
            with contextlib.suppress(ConnectionResetError, BrokenPipeError):
                if turn % 4 == 0:
                    peer.sendall(noise.randbytes(noise.randrange(5000)))
                elif turn % 4 == 1:
                    peer.sendall(framed(b"x" * 5000) * 20 + b"\0\0")
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif turn % 4 == 2:
                    peer.sendall(framed(b"y" * 100) * 50)
                    peer.shutdown(socket.SHUT_WR)
                    assert peer.recv(104 * 50 + 1, socket.MSG_WAITALL) == framed(b"y" * 100) * 50
            peer.close()
        still_answers(port)


def test_an_end_in_mid_load():
    """SIGTERM while messages are under way: each is answered or counted, the server ends with 0, the load as well."""
    with serving() as (port, process):
        with subprocess.Popen([BUILD / "bin/latency_benchmark", "--host", "127.0.0.1", "--port", str(port), "--format", "json",
                               "--warmup", "0.1", "--duration", "4", "--drain", "5", "--connections", "8", "--rate", "2000"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as client:
            time.sleep(2)
            os.kill(process, 15)
            out, errors = client.communicate(timeout=HANG)
        assert client.returncode == 0 and errors == "", errors
        result = json.loads(out)
        assert result["answered"] > 0 and result["due"] == result["answered"] + result["lost"] + result["not_sent"], result


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sys.exit(run_cases(globals(), [name for name in sys.argv[2:] if name != "--full"]))
