"""Settings and the index in a running session: what the editor, the environment and .clang-tidy say, and how often the index is read."""

import ctypes
import os
import struct
import subprocess

import lsp
from workspace import CLANGD, HERE, ROOT, Workspace, expect, of_nettune, said, same

PROJECT = HERE / "project"
REACTOR = ROOT / "test/programs/reactor"
THREADS = "nettune-thread-oversubscription"
MANY = """#include <thread>
#include <vector>
std::vector<std::thread> start() {
  std::vector<std::thread> threads;
  for (int at = 0; at < 16; ++at)
    threads.emplace_back([] {});
  return threads;
}
"""


def cores(diagnostics):
    """For how many the threads are too many; none: nothing is said."""
    return [d["message"].split(" threads requested for ")[1].split()[0] for d in diagnostics if d.get("code") == THREADS]


def workspace(name, options=None, environment=""):
    space = Workspace(name, PROJECT, options=options)
    space.env["NETTUNE_CHECK_OPTIONS"] = environment
    space.file("threads.cpp").write_text(MANY)
    return space


def test_options_by_place():
    """.clang-tidy, then the editor, then the environment."""
    for what, options, settings, environment, wanted in (
            ("nothing", {}, None, "", []),
            ("environment", {}, None, "nettune.TargetCores=2 'nettune.Workload=mixed'", ["2"]),
            ("editor before environment", {}, {"targetCores": 3}, "nettune.TargetCores=2", ["3"]),
            ("file before both", {"nettune.TargetCores": "4"}, {"targetCores": 3}, "nettune.TargetCores=2", ["4"])):
        space = workspace("options", options, environment)
        with space.serve(settings=settings) as server:
            same(cores(server.open(space.file("threads.cpp"))), wanted, what)
            same(server.shown, [], f"{what}: messages to the user")
            same(server.shutdown(), 0, "exit code")


def test_options_change():
    """By workspace/didChangeConfiguration, as eglot-workspace-configuration is sent, and the settings of VS Code where the clangd extension has the server."""
    space = workspace("options_change")
    path = space.file("threads.cpp")
    with space.serve() as server:
        same(cores(server.open(path)), [], "at first")
        for number in (3, 2):
            server.notify("workspace/didChangeConfiguration", {"settings": {"nettune": {"targetCores": number}}})
            server.again(path, lambda d, n=str(number): cores(d) == [n], f"finding for {number} cores")
        server.notify("workspace/didChangeConfiguration", {"settings": {"clangd": {}}})
        same(cores(server.change(path, MANY + "//\n")), ["2"], "settings of others change nothing")
        server.notify("workspace/didChangeConfiguration", {"settings": {"nettune": {}}})
        server.again(path, lambda d: not cores(d), "silence: the setting is gone")
        same(server.shown, [], "messages to the user")
        same(server.shutdown(), 0, "exit code")


def test_wrong_options():
    space = workspace("options_wrong", environment="nettune.TargetCores=2 nettune.Nothing=1")
    path = space.file("threads.cpp")
    with space.serve(settings={"workload": "fast"}) as server:
        same(cores(server.open(path)), ["2"], "what is right holds")
        server.change(path, MANY + "//\n")
        for text in (MANY, MANY + "\n"):
            server.notify("workspace/didChangeConfiguration", {"settings": {"nettune": {"workload": "fast"}}})
            server.change(path, text)
        server.listen(0.3)
        shown = sorted(server.shown)
        same(len(shown), 2, f"messages to the user: {shown}")
        expect(shown[0].startswith("nettune: NETTUNE_CHECK_OPTIONS: no option 'nettune.Nothing'; nettune has "), shown[0])
        expect(shown[1].startswith("nettune: setting 'workload': option 'nettune.Workload' is 'fast'; it takes one of "), shown[1])
        same(server.shutdown(), 0, "exit code")
    run = subprocess.run([CLANGD, f"--check={path}", "--log=error"], capture_output=True, text=True, cwd=space.root, env=space.env, timeout=120, check=False)
    same(run.stderr.count("NETTUNE_CHECK_OPTIONS: no option"), 1, "errors of a run without an editor")


class Opened:
    """How often a file in a folder was opened, whoever did it, as inotify(7) tells."""

    IN_OPEN, NAME = 0x20, struct.Struct("iIII")

    def __init__(self, path):
        libc = ctypes.CDLL(None, use_errno=True)
        self.name, self.fd = path.name, libc.inotify_init1(os.O_NONBLOCK)
        expect(libc.inotify_add_watch(self.fd, str(path.parent).encode(), self.IN_OPEN) >= 0, "no inotify")

    def take(self):
        """Since the last time."""
        count = 0
        try:
            data = os.read(self.fd, 1 << 16)
        except BlockingIOError:
            return 0
        while data:
            size = self.NAME.unpack_from(data)[3]
            count += data[16:16 + size].rstrip(b"\0").decode() == self.name
            data = data[16 + size:]
        return count


def test_index_is_read_once():
    space = Workspace("read_once", REACTOR)
    space.check()
    opened = Opened(space.index)
    session, forwarder = space.file("app/session.cpp"), space.file("app/forwarder.cpp")
    text = space.read("app/forwarder.cpp")
    with space.serve() as server:
        for path in (session, forwarder):
            expect(said(server.open(path)), f"no finding in {path.name}")
        for edit in range(1, 5):
            expect(said(server.change(forwarder, text + "//\n" * edit)), "no finding after an edit")
        expect("Runs on the event loop" in server.hover(forwarder, lsp.position_of(text, "void forward", 5)), "no hover")
        same(opened.take(), 1, "times that the index was read, for two files, four edits and a hover")
        session.write_text(space.read("app/session.cpp").replace("forward(line, line.substr(0, line.find(' ')));", "(void)line;"))
        space.check()
        opened.take()  # the other program's
        server.again(forwarder, lambda d: not of_nettune(d), "silence in forwarder.cpp")
        same(of_nettune(server.change(forwarder, text)), [], "after an edit")
        expect(opened.take() <= 1, "the new index is read more than once")
        same(server.shutdown(), 0, "exit code")
