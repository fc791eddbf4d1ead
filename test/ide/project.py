"""The project that the editor opens: a program whose blocking call lies three files from its handler, a file with something to fix, and the sample server."""

import json
import shutil

from install import HOME, ROOT

PROJECT = HOME / "project"
FIXABLE = """#include "messaging.h"

#include <thread>

void start(messaging::messaging_server &server) {
  server.set_thread_count(std::thread::hardware_concurrency());
}
"""


def lay_out():
    """Writes the project anew, without an index: the scan makes it."""
    shutil.rmtree(PROJECT, ignore_errors=True)
    source, build = PROJECT / "src", PROJECT / "build"
    shutil.copytree(ROOT / "test/programs/orders", source, ignore=shutil.ignore_patterns("expected.txt"))
    shutil.copy(ROOT / "tools/bench/messaging/messaging.h", source)
    (source / "threads.cpp").write_text(FIXABLE)
    (PROJECT / "chat").mkdir()
    shutil.copy(ROOT / "docs/examples/chat_server/main.cpp", PROJECT / "chat/main.cpp")
    build.mkdir()
    commands = [{"directory": str(build), "file": str(f), "arguments": ["clang++-22", "-std=c++20", "-I", str(source), "-c", str(f)]}
                for f in sorted(PROJECT.rglob("*.cpp"))]
    (build / "compile_commands.json").write_text(json.dumps(commands, indent=1))
    return PROJECT
