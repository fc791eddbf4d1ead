"""Messages as no client should send them, and those that nettune-clangd does not know: what comes back is what clangd answers."""

import json
import os
import subprocess
import threading

import lsp
from workspace import CLANGD, HERE, STOCK, Workspace, expect, same

PROJECT = HERE / "project"
URI = "file:///nettune/none.cpp"


def framed(body, header="Content-Length: %d\r\n\r\n"):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return (header % len(data)).encode() + data


def message(method, params=None, **more):
    return framed({"jsonrpc": "2.0", "method": method, **({"params": params} if params is not None else {}), **more})


INITIALIZE = message("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": lsp.CAPABILITIES}, id=0)
END = message("shutdown", id="the end") + message("exit")


def answers(space, server, data):
    """The exit code, and what the server sends, in order, without the answer to initialize."""
    process = subprocess.Popen([server, "--log=error", "--background-index=false"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               cwd=space.root, env=space.env)

    def feed():
        try:
            process.stdin.write(data)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended before all was read

    threading.Thread(target=feed, daemon=True).start()
    out = process.stdout.read()
    code = process.wait(lsp.TIMEOUT)
    found = []
    while out:
        head, _, rest = out.partition(b"\r\n\r\n")
        size = int(head.split(b":")[1])
        found.append(json.loads(rest[:size]))
        out = rest[size:]
    # Its version and what it can do: test_is_clangd_whole.
    return code, [m for m in found if m.get("id") != 0 and m.get("method") != "window/logMessage"]


def compare(space, what, data):
    got = [answers(space, server, INITIALIZE + message("initialized", {}) + data + END) for server in (CLANGD, STOCK)]
    same(got[0], got[1], what)
    return got[0][1]


def at(line=0):
    return {"textDocument": {"uri": URI}, "position": {"line": line, "character": 0}}


def test_ids():
    space = Workspace("raw_ids", PROJECT)
    ids = [1, -7, 2**53 + 1, 2**63, 1.5, "1", "", "nettune-symbol-1", "\U0001f600", None]
    found = compare(space, "answers to IDs of all kinds", b"".join(
        message(method, at(), id=i) for i in ids for method in ("textDocument/hover", "textDocument/codeAction", "textDocument/unknown")))
    same(sorted(json.dumps(m["id"]) for m in found), sorted(json.dumps(i) for i in [*ids * 3, "the end"]), "IDs of the answers")


def test_unknown_and_missing():
    space = Workspace("raw_unknown", PROJECT)
    compare(space, "notifications that nobody knows", b"".join(message(m, p) for m in ("$/unknown", "nettune/unknown", "") for p in (None, {}, [1], {"a": {}})))
    compare(space, "missing and wrong parameters", b"".join(
        message(m, p, id=f"{m} {n}") for m in ("textDocument/hover", "textDocument/codeAction", "textDocument/definition")
        for n, p in enumerate((None, {}, [], {"textDocument": None}, {"textDocument": {"uri": 3}}, {"textDocument": {"uri": URI}}, {"textDocument": {"uri": URI}, "context": {"diagnostics": 3}}))))
    compare(space, "notifications of documents without them", b"".join(
        message(m, p) for m in ("textDocument/didChange", "textDocument/didClose", "workspace/didChangeConfiguration")
        for p in (None, {}, {"textDocument": {"uri": URI}}, {"settings": None}, {"settings": {"nettune": 3}})))
    compare(space, "no method", framed({"jsonrpc": "2.0", "id": 3}) + framed({"jsonrpc": "2.0", "id": 3, "result": None}) + framed({"jsonrpc": "2.0"}))


def test_before_and_after_the_session():
    space = Workspace("raw_order", PROJECT)
    for what, data in (("before initialize", message("textDocument/hover", at(), id=1) + INITIALIZE + END),
                       ("after shutdown", INITIALIZE + message("shutdown", id=1) + message("textDocument/hover", at(), id=2) + message("exit")),
                       ("initialize twice", INITIALIZE + message("initialize", {"capabilities": {}, "initializationOptions": {"nettune": {"workload": "fast"}}}, id=1) + END),
                       ("exit at once", message("exit")), ("nothing at all", b""), ("the input ends", INITIALIZE)):
        got = [answers(space, server, data) for server in (CLANGD, STOCK)]
        same(got[0], got[1], what)


def test_forms():
    """What is no message of the protocol."""
    space = Workspace("raw_forms", PROJECT)
    ask = {"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": at()}
    for what, data in (
            ("a batch", framed([ask, {**ask, "id": 2}])), ("an empty batch", framed([])), ("null", framed(None)), ("another version", framed({**ask, "jsonrpc": "1.0"})),
            ("no JSON", framed(b"{")), ("no UTF-8", framed(b'{"jsonrpc": "2.0", "id": 1, "method": "\xff"}')),
            ("half a pair of surrogates", framed(b'{"jsonrpc": "2.0", "id": "\\ud83d", "method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///\\udc00"}}}')),
            ("a pair of surrogates", framed(b'{"jsonrpc": "2.0", "id": "\\ud83d\\ude00", "method": "unknown\\u0000"}')),
            ("another header", framed(ask, "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n")),
            ("headers of an end of line only", framed(ask, "Content-Length: %d\n\n")), ("a length of lower case", framed(ask, "content-length: %d\r\n\r\n")),
            ("a length in base 16", b"Content-Length: 0x%x\r\n\r\n%s" % (len(json.dumps(ask)), json.dumps(ask).encode())),
            ("two lengths", framed(ask, "Content-Length: 7\r\nContent-Length: %d\r\n\r\n")), ("no length", b"Content-Type: x\r\n\r\n"),
            ("no message", b"Content-Length: 0\r\n\r\n"), ("blank lines", b"\r\n\r\n" + framed(ask)), ("cut short", framed(ask)[:-5])):
        compare(space, what, data)


def test_huge():
    """A document of 8 MB, and the same change by change."""
    space = Workspace("raw_huge", PROJECT)
    line = "// \U0001f600 a comment that is as long as a line is in many a file\n"
    text = line * (8_000_000 // len(line.encode()))
    changes = [{"range": {"start": {"line": n, "character": 0}, "end": {"line": n, "character": 2}}, "text": "//"} for n in range(0, 500)]
    found = compare(space, "a large document", message("textDocument/didOpen", {"textDocument": {"uri": URI, "languageId": "cpp", "version": 1, "text": text}}) +
                    message("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": changes}) + message("textDocument/documentSymbol", {"textDocument": {"uri": URI}}, id=1))
    expect(any(m.get("id") == 1 for m in found), f"no answer: {found}")
