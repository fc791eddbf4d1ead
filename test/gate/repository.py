"""A small server in a git repository, with a database behind three calls, for the tests of the gate."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build/gate"
NETTUNE = ROOT / "build/bin/nettune"
HANDLERS = """#include "messaging.h"
#include "service.h"
void wire(messaging::messaging_server &server, service &s) {
  server.set_message_handler([&s](auto, auto) { s.handle(1); });
}
"""
SERVER = {
    "main.cpp": HANDLERS,
    "service.h": "#pragma once\nstruct service {\n  void handle(int order);\n};\n",
    "service.cpp": '#include "service.h"\n#include "store.h"\nvoid service::handle(int order) { save(order); }\n',
    "store.h": "#pragma once\nvoid save(int order);\nvoid report(int order);\n",
    "store.cpp": '#include "store.h"\n#include "names.h"\nvoid save(int order) {\n  if (order > 0)\n    note(order);\n}\nvoid report(int order) { note(order); }\n',
    "names.h": "#pragma once\nvoid note(int order);\nvoid resolve(const char *host);\n",
    "names.cpp": '#include "names.h"\n#include <netdb.h>\n\nvoid note(int order) { (void)order; }\n\n'
                 "void resolve(const char *host) {\n  addrinfo *found = nullptr;\n  getaddrinfo(host, nullptr, nullptr, &found);\n}\n",
    "tool.cpp": '#include "names.h"\nvoid offline() { resolve("a.example"); }\n',
}
BLOCKING_NOTE = ("void note(int order) { (void)order; }", 'void note(int order) {\n  if (order)\n    resolve("names.example");\n}')


class Repository:
    def __init__(self, name):
        self.home = HOME / name
        shutil.rmtree(self.home, ignore_errors=True)
        self.source, self.build = self.home / "src", self.home / "build"
        self.includes, self.compiles_deleted = [], []  # directories; files that the build still names
        self.source.mkdir(parents=True)
        self.build.mkdir()
        for file, text in SERVER.items():
            (self.source / file).write_text(text)
        (self.home / ".clang-tidy").write_text("HeaderFilterRegex: '.*'\n")  # not that of the tree around
        (self.home / "include").mkdir()
        shutil.copy(ROOT / "tools/bench/messaging/messaging.h", self.home / "include/messaging.h")
        self.git("init", "-q", "-b", "main")
        self.commit("Start")

    def git(self, *words, cwd=None):
        run = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=cwd or self.source,
                             capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def edit(self, file, old, new, count=-1):
        path = self.source / file
        text = path.read_text()
        assert old in text, f"{file}: no {old!r}"
        path.write_text(text.replace(old, new, count))

    def write(self, file, text):
        (self.source / file).parent.mkdir(parents=True, exist_ok=True)
        (self.source / file).write_text(text)

    def nettune(self, *words, env=None, source=None):
        """Runs a command on what is in the working tree now, as the project is."""
        source = source or self.source
        return self.run(*words, "-p", self.build, "--root", source, env=env, source=source)

    def run(self, *words, env=None, source=None):
        """That, with the words as they are."""
        source = source or self.source
        commands = [{"directory": str(self.build), "file": str(f), "arguments": [
            "clang++-22", "-std=c++20", "-I", str(self.home / "include"), "-I", str(source),
            *(f"-I{source / i}" for i in self.includes), "-c", str(f)]} for f in sorted([*source.rglob("*.cpp"), *self.compiles_deleted])]
        (self.build / "compile_commands.json").write_bytes(os.fsencode(json.dumps(commands, ensure_ascii=False)))
        return subprocess.run([NETTUNE, *words], cwd=source, capture_output=True, text=True, timeout=300, env={**os.environ, **(env or {})})

    def findings(self, run):
        """`file: line of source` of each warning."""
        found = []
        for match in re.finditer(r"^([^\s:]+):(\d+):\d+: warning: (.*)$", run.stdout, re.MULTILINE):
            found.append(f"{match[1]}: {(self.source / match[1]).read_text().splitlines()[int(match[2]) - 1].strip()}")
        return found


def run_tests(case):
    """Those that the command line names, or all; closes with `N passed, N failed`."""
    names = [f"{case.__name__}.test_{n}" for n in sys.argv[1:]]
    result = unittest.main(argv=[sys.argv[0], *(names or [case.__name__])], exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(bool(failed))
