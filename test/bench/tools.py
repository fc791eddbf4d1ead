#!/usr/bin/env python3
"""latency_benchmark and benchmark against servers of all kinds: right ones, dead, slow, closing, garbling ones, and none.

Usage: test/bench/tools.py [NAME...]
"""

import contextlib
import http.server
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from cases import run_cases

ROOT = Path(__file__).resolve().parents[2]
LATENCY = ROOT / "build/bin/latency_benchmark"
BENCHMARK = ROOT / "build/bin/benchmark"
CONFIGURATIONS = ["default", "file_transfer", "high_connections", "high_throughput", "low_latency", "mixed"]


@contextlib.contextmanager
def listening(serve):
    """The port of a server thread that calls serve(connection) for each connection, in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    connections = []

    def accept():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threading.Thread(target=guarded, args=(serve, connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        for connection in connections:
            connection.close()


def guarded(serve, connection):
    with contextlib.suppress(OSError), connection:
        serve(connection)


def echo(connection):
    while data := connection.recv(65536):
        connection.sendall(data)


def frames(connection):
    """Whole messages, with their length before them."""
    with connection.makefile("rb") as stream:
        while len(head := stream.read(4)) == 4:
            yield head + stream.read(int.from_bytes(head, "big"))


def run(program, *options, code=0, timeout=60, **more):
    done = subprocess.run([program, *map(str, options)], capture_output=True, text=True, timeout=timeout, check=False, **more)
    assert done.returncode == code, f"ended with {done.returncode}, not {code}: {done.stdout}{done.stderr}"
    return done


def latency(port, *options, code=0):
    """The JSON of a short run; nothing may come on standard error, which is no terminal."""
    done = run(LATENCY, "--port", port, "--host", "127.0.0.1", "--format", "json", "--warmup", 0.1, *options, code=code)
    assert done.stderr == "", done.stderr
    return json.loads(done.stdout)


def complete(result, requests):
    assert result["due"] == result["answered"] == result["latency_us"]["count"] == requests, result
    bad = {key: result[key] for key in ("lost", "not_sent", "misframed", "out_of_order", "errors") if result[key]}
    assert not bad and not result["partial"], bad
    shares = [result["latency_us"][key] for key in ("min", "p50", "p90", "p99", "p99.9", "p99.99", "max")]
    assert shares == sorted(shares) and shares[0] > 0, shares


def test_the_line_of_the_ticket():
    with listening(echo) as port:
        text = run(LATENCY, "--host", "localhost", "--port", port, "--iterations", 10000, "--rate", 5000).stdout
    assert "10000 requests due, 10000 answered" in text and "p99.99" in text, text


def test_messaging_echo_and_fixed_and_closed():
    with listening(echo) as port:
        complete(latency(port, "--iterations", 500), 500)
        complete(latency(port, "--iterations", 500, "--mode", "echo", "--payload", 9, "--connections", 3), 500)
        complete(latency(port, "--iterations", 60, "--rate", 100, "--schedule", "fixed", "--payload", 100000), 60)
        complete(latency(port, "--iterations", 2000, "--schedule", "closed", "--pipeline", 10, "--connections", 2), 2000)
        timed = latency(port, "--duration", 0.5, "--rate", 200)
    assert 40 < timed["due"] < 200, timed


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one write an answer: two would wait for the client's delayed ACK

    def do_GET(self):
        self.send_response(404 if self.path == "/missing" else 200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\r\nabc\r\n0\r\n\r\n")
            return
        self.send_header("Content-Length", "5")
        if self.path == "/close":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # each request comes on a connection of its own where the server closes them


def test_http():
    server = Server(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        port, common = server.server_port, ["--mode", "http", "--iterations", 100, "--rate", 200]
        complete(latency(port, *common, "--connections", 4), 100)
        complete(latency(port, *common, "--target", "/chunked", "--schedule", "closed"), 100)
        missing = latency(port, *common, "--target", "/missing")
        assert missing["errors"] >= 100, missing
        closing = latency(port, *common, "--target", "/close", "--connections", 8)
        assert closing["disconnects"] > 0 and closing["answered"] > 0 and closing["lost"] == 0, closing
    finally:
        server.shutdown()


def test_a_stall_shows_in_the_latency_from_due_times():
    """Coordinated omission: one stop of 300 ms hits all that was due meanwhile, not only one request."""
    begun = []

    def stalls(connection):
        for frame in frames(connection):
            begun.append(1)
            if len(begun) == 300:
                time.sleep(0.3)
            connection.sendall(frame)

    with listening(stalls) as port:
        result = latency(port, "--iterations", 600, "--rate", 500, "--schedule", "fixed")
    assert result["answered"] == 600 and result["latency_us"]["p90"] > 100000, result["latency_us"]


def test_dead_peers():
    """One that accepts and never answers, and one that does not even accept."""
    with listening(lambda c: time.sleep(30)) as port:
        result = latency(port, "--iterations", 50, "--drain", 0.2, code=1)
        assert result["lost"] == 50 and result["answered"] == 0, result
        for times in ("latency_us", "latency_from_send_us", "send_lag_us"):  # 0 would be a time
            assert set(result[times].items()) == {("count", 0), *((name, None) for name in result[times] if name != "count")}, result[times]
        text = run(LATENCY, "--host", "127.0.0.1", "--port", port, "--iterations", 50, "--warmup", 0.1, "--drain", 0.2, code=1).stdout
        assert [line.split()[1:3] for line in text.splitlines() if line.startswith(("p", "max"))] == [["-", "-"]] * 6, text
        assert "50 requests due, 0 answered" in text and "0.0 us" not in text, text
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        fills = [socket.socket() for _ in range(3)]
        for s in fills:
            s.setblocking(False)
            s.connect_ex(("127.0.0.1", port))
        done = run(LATENCY, "--host", "127.0.0.1", "--port", port, "--connect-timeout", 0.3, code=1)
        assert "no connection within" in done.stderr, done.stderr
        for s in fills:
            s.close()


def test_refusing_and_unknown_peers():
    with socket.create_server(("127.0.0.1", 0)) as s:
        port = s.getsockname()[1]
    done = run(LATENCY, "--host", "localhost", "--port", port, code=1)
    assert done.stderr == f"latency_benchmark: localhost:{port}: Connection refused\n", done.stderr
    assert "no.such.host.invalid:1: " in run(LATENCY, "--host", "no.such.host.invalid", "--port", 1, code=1).stderr


def test_a_peer_that_reads_nothing_does_not_fill_our_memory():
    with listening(lambda c: time.sleep(30)) as port:
        result = latency(port, "--duration", 1, "--rate", 20000, "--payload", 20000, "--drain", 0.1, code=1)
    assert result["not_sent"] > 0 and result["due"] == result["not_sent"] + result["lost"], result


def test_closing_and_garbling_and_reordering_peers():
    def closes(connection):
        for number, frame in enumerate(frames(connection)):
            if number == 50:
                return
            connection.sendall(frame)

    def garbles(connection):
        for frame in frames(connection):
            connection.sendall(frame[:-1])

    def swaps(connection):
        waiting = []
        for frame in frames(connection):
            waiting.append(frame)
            if len(waiting) == 2:
                connection.sendall(waiting[1] + waiting[0])
                waiting.clear()

    with listening(closes) as port:
        result = latency(port, "--iterations", 300)
        assert result["disconnects"] >= 2, result
        assert result["answered"] + result["lost"] + result["not_sent"] == 300, result
    with listening(garbles) as port:
        assert latency(port, "--iterations", 50, code=1)["misframed"] >= 1
    with listening(swaps) as port:
        result = latency(port, "--iterations", 100)
        assert result["out_of_order"] >= 50 and result["misframed"] == 0, result


def test_ctrl_c_keeps_what_there_is():
    with listening(echo) as port:
        for how in (signal.SIGINT, signal.SIGTERM):
            child = subprocess.Popen([LATENCY, "--port", str(port), "--duration", "60", "--warmup", "0.1", "--format", "json"],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(1)
            child.send_signal(how)
            out, _ = child.communicate(timeout=10)
            result = json.loads(out)
            assert child.returncode == 130 and result["partial"] and result["answered"] > 100, result


def test_too_few_descriptors_are_named():
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
    done = run(LATENCY, "--port", 1, "--connections", 500, code=1, preexec_fn=limit)
    assert "500 connections need 564 file descriptors" in done.stderr and "prlimit" in done.stderr, done.stderr
    soft = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 2000))
    with listening(echo) as port:
        run(LATENCY, "--port", port, "--connections", 200, "--iterations", 400, "--warmup", 0.1, preexec_fn=soft)


def test_wrong_options():
    for options in (["--port", "x"], ["--port", 1, "--rate", 0], [], ["--port", 1, "--mode", "udp"],
                    ["--port", 1, "--payload", 8], ["--port", 1, "--iterations", 5, "--duration", 5], ["--port", 70000]):
        done = run(LATENCY, *options, code=2)
        assert done.stderr and not done.stdout, options
    assert "--iterations" in run(LATENCY, "--help").stdout


def test_every_configuration():
    for name in CONFIGURATIONS:
        done = run(BENCHMARK, "--config", name, "--duration", 0.5, "--warmup", 0.3, "--format", "json")
        result = json.loads(done.stdout)
        load, server = result["load"], result["server"]
        assert load["answered"] > 20 and load["answered"] == load["due"], (name, load)
        assert load["lost"] == load["misframed"] == load["out_of_order"] == load["disconnects"] == 0, (name, load)
        assert server["ended_with_0"] and server["resident_bytes"] > 1000000 and server["total"]["cpu_us"] > 0, server
    assert "the server, per message:" in run(BENCHMARK, "--duration", 0.3).stdout
    shipped = sorted(p.stem for p in (ROOT / "docs/examples/configs").glob("*.json"))
    assert shipped == CONFIGURATIONS, shipped


def test_configurations_that_are_wrong():
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "mine.json"
        for text, message in (('{\n "server": {"tcp_nodelay": 1}}', ":2:28: 'tcp_nodelay' must be a boolean"),
                              ('{"load": {"paylod": 1}}', ":1:11: unknown key 'paylod' in 'load'"),
                              ("{", ":1:2: "), ("", ":1:1: ")):
            file.write_text(text, encoding="utf-8")
            done = run(BENCHMARK, "--config", file, code=2)
            assert done.stderr.startswith(f"benchmark: {file}{message}"), done.stderr
        file.write_text('{"server": {"thread_count": 1, "io_threads": 2}}', encoding="utf-8")
        assert "more io_threads than thread_count" in run(BENCHMARK, "--config", file, code=1).stderr
    assert "no configuration 'fast'; there are default, file" in run(BENCHMARK, "--config", "fast", code=2).stderr
    assert "No such file" in run(BENCHMARK, "--config", "/no/such.json", code=2).stderr


def test_another_server():
    """Any command that says `port N`: the same costs are measured."""
    code = ("import socket,sys\ns=socket.create_server(('127.0.0.1',0))\nprint('port',s.getsockname()[1],flush=True)\n"
            "c,_=s.accept()\nwhile d:=c.recv(65536): c.sendall(d)\n")
    done = run(BENCHMARK, "--duration", 0.3, "--connections", 1, "--format", "json", "--server", sys.executable, "-c", code)
    assert json.loads(done.stdout)["load"]["lost"] == 0
    assert "ended before it listened" in run(BENCHMARK, "--server", "true", code=1).stderr
    assert "No such file" in run(BENCHMARK, "--server", "/no/such/program", code=1).stderr


def children_of(parent):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1] == str(parent):
                found.append(stat.parent.name)
    return found


def test_ctrl_c_ends_the_server_as_well():
    child = subprocess.Popen([BENCHMARK, "--duration", "60", "--warmup", "0.1", "--format", "json"],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    servers = children_of(child.pid)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=10)
    assert child.returncode == 130 and json.loads(out)["load"]["partial"], out
    assert len(servers) == 1 and not os.path.exists(f"/proc/{servers[0]}"), servers


if __name__ == "__main__":
    sys.exit(run_cases(globals(), sys.argv[1:]))
