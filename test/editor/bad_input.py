"""What an editor meets on its way: half-typed code, code that does not compile, an index that is missing or broken, no compile commands."""

import ctypes
import os
import signal
import struct
import subprocess
from pathlib import Path

import lsp
from workspace import BLOCKING, HERE, ROOT, Workspace, expect, line_of, said, same

PROJECT = HERE / "project"
REACTOR = ROOT / "test/programs/reactor"


def test_every_prefix():
    space = Workspace("prefixes", PROJECT)
    path, text = space.file("loop.cpp"), space.read("loop.cpp")
    with space.serve() as server:
        server.open(path, "")
        for end in range(1, len(text) + 1):
            server.change(path, text[:end], wait=False)
        same(said(server.diagnostics(path, timeout=240)), [(line_of(text, "::getaddrinfo"), BLOCKING)], "at the end")
        versions = {version for version, _ in server.published[lsp.uri_of(path)]}
        same(versions, set(range(1, len(text) + 2)), "versions with diagnostics")
        # And from the front: the file grows at its beginning.
        for begin in range(0, len(text), 25):
            server.change(path, text[begin:], wait=False)
        server.diagnostics(path)
        same(said(server.change(path, text)), [(line_of(text, "::getaddrinfo"), BLOCKING)], "whole again")
        same(server.shutdown(), 0, "exit code")


BROKEN = {
    "a header that is not there": '#include "not_there.h"\n',
    "an unterminated comment": "/* ",
    "an unterminated string": 'const char *s = "',
    "a bracket too many": "}\n",
    "a bracket too few": "namespace half {\n",
    "an endless template": "template <int N> struct endless { endless<N + 1> next; };\nendless<0> all;\n",
    "an endless macro": "#include __FILE__\n",
    "half a character": "const char *s = \"\udcff\";\n",
    "a zero byte": "int a\0b;\n",
    "other characters": "int größe = 1; // 🦀 \u202e\n",
}


def test_does_not_compile():
    space = Workspace("broken", PROJECT)
    path, text = space.file("loop.cpp"), space.read("loop.cpp")
    whole = [(line_of(text, "::getaddrinfo"), BLOCKING)]
    with space.serve() as server:
        server.open(path)
        for what, start in BROKEN.items():
            server.change(path, start + text)
            server.change(path, text + start)
            server.hover(path, lsp.position_of(text, "void run", 5))
            same(said(server.change(path, text)), whole, f"after {what}")
        found = server.change(path, text.replace("found = nullptr;", "found = null;"))
        expect(any(d["severity"] == 1 for d in found), f"no error in {found}")
        same(server.shutdown(), 0, "exit code")


def broken_indexes(good):
    yield "empty", b""
    yield "cut short", good[:len(good) // 2]
    yield "something else", b"#!/bin/sh\n" * 100
    yield "one bit", good[:-9] + bytes([good[-9] ^ 4]) + good[-8:]
    yield "another format", good[:8] + struct.pack("<I", 9999) + good[12:]
    yield "another version of nettune", good[:12] + bytes(b ^ 255 for b in good[12:16]) + good[16:]


def test_broken_index():
    space = Workspace("index", REACTOR)
    forwarder, session = space.file("app/forwarder.cpp"), space.file("app/session.cpp")
    text = space.read("app/forwarder.cpp")
    with_index = [(line_of(text, "::getaddrinfo"), BLOCKING)]
    space.check()
    good = space.index.read_bytes()
    for what, data in broken_indexes(good):
        space.index.write_bytes(data)
        with space.serve() as server:
            same(said(server.open(forwarder)), [], f"{what}: findings")
            if what == "cut short":  # told once, whatever is opened and typed
                server.open(session)
                same(said(server.change(forwarder, "//\n" + text)), [], f"{what}: findings after an edit")
                server.change(forwarder, text)
                expect("void" in server.hover(forwarder, lsp.position_of(text, "void forward", 5)), f"{what}: no hover")
            server.listen(0.3)
            same(len(server.shown), 1, f"{what}: times that the user was told: {server.shown}")
            expect("program.nti" in server.shown[0], f"{what}: {server.shown}")
            partial = space.index.with_name("new")
            partial.write_bytes(good)
            partial.rename(space.index)
            same(said(server.again(forwarder, said, f"finding after {what} was repaired")), with_index, what)
            same(server.shutdown(), 0, "exit code")


def test_missing_index():
    space = Workspace("missing", REACTOR)
    forwarder = space.file("app/forwarder.cpp")
    with space.serve() as server:
        same(said(server.open(forwarder)), [], "findings")
        server.listen(0.3)
        same(server.shown, [], "messages: who has never run nettune check is not told at each start")
        space.check()
        same(len(said(server.again(forwarder, said, "finding"))), 1, "findings")
        space.index.unlink()
        server.change(forwarder, space.read("app/forwarder.cpp") + "//\n")
        same(server.shutdown(), 0, "exit code")


def test_index_is_a_folder():
    space = Workspace("folder", REACTOR)
    space.index.mkdir(parents=True)
    with space.serve() as server:
        same(said(server.open(space.file("app/forwarder.cpp"))), [], "findings")
        same(server.shutdown(), 0, "exit code")


def test_no_compile_commands():
    space = Workspace("commands", PROJECT, commands=False)
    text = space.read("loop.cpp")
    with space.serve() as server:
        same(said(server.open(space.file("loop.cpp"))), [(line_of(text, "::getaddrinfo"), BLOCKING)], "findings")
        same(said(server.open(space.root / "not_saved.cpp", text)), [(line_of(text, "::getaddrinfo"), BLOCKING)], "findings in a file that is not on the disk")
        same(server.shutdown(), 0, "exit code")


def threads_that_take_signals(pid):
    """But for the first, which reads the editor's messages."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        if int(task.name) != pid and "SigBlk:\t0000000000000000" in (task / "status").read_text():
            yield int(task.name)


def test_signals():
    """SIGTERM ends the server, whichever thread the kernel gives it to."""
    space = Workspace("signals", PROJECT)
    for what in ("the process", "another thread"):
        with space.serve() as server:
            server.open(space.file("server.cpp"))
            if what == "the process":
                server.process.send_signal(signal.SIGTERM)
            else:
                thread = next(threads_that_take_signals(server.process.pid))
                expect(ctypes.CDLL(None).tgkill(server.process.pid, thread, signal.SIGTERM) == 0, f"no signal: {os.strerror(ctypes.get_errno())}")
            try:
                same(server.process.wait(lsp.TIMEOUT), 1, f"exit code after a signal to {what}, as clangd's")
            except subprocess.TimeoutExpired:
                raise AssertionError(f"the server lives on after a signal to {what}") from None
