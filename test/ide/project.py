"""The projects that the editor opens: a program whose blocking call lies three files from its handler, with a file that can be fixed; and the sample server."""

import json
import shutil

from install import HOME, ROOT

FIXABLE = """#include "messaging.h"

#include <algorithm>
#include <thread>

void start(messaging::messaging_server &server) {
  server.set_thread_count(std::thread::hardware_concurrency() / 2);
}
"""
# Too many threads for 2 cores, not for the 8 that are assumed.
POOL = """#include "messaging.h"

void widen(messaging::messaging_server &server) { server.set_thread_count(16); }
"""


def finish(project, *include):
    """What a project needs beside its sources; nothing of the directories above counts. No index: the scan makes it."""
    (project / ".clang-tidy").write_text("Checks: '-*,bugprone-*,nettune-*'\n")
    build = project / "build"
    build.mkdir()
    commands = [{"directory": str(build), "file": str(f), "arguments": ["clang++-22", "-std=c++20", *include, "-c", str(f)]}
                for f in sorted(project.rglob("*.cpp"))]
    (build / "compile_commands.json").write_text(json.dumps(commands, indent=1))


def lay_out():
    """Writes both anew; their directories."""
    orders, chat = HOME / "orders", HOME / "chat"
    for project in (orders, chat):
        shutil.rmtree(project, ignore_errors=True)
    source = orders / "src"
    shutil.copytree(ROOT / "test/programs/orders", source, ignore=shutil.ignore_patterns("expected.txt"))
    shutil.copy(ROOT / "tools/bench/messaging/messaging.h", source)
    (source / "threads.cpp").write_text(FIXABLE)
    (source / "pool.cpp").write_text(POOL)
    finish(orders, "-I", str(source))
    chat.mkdir()
    shutil.copy(ROOT / "docs/examples/chat_server/main.cpp", chat)
    finish(chat)
    return orders, chat
