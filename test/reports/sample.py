"""Projects that give findings, and runs of nettune with all formats at once, for the tests of reports."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build/reports"
NETTUNE = ROOT / "build/bin/nettune"
TIMEOUT_SECONDS = 300

# A path over three files, one with a fix, and the sample of the documents.
SERVER = {
    "main.cpp": """#include "messaging.h"
#include "names.h"
void wire(messaging::messaging_server &server) {
  server.set_message_handler([](auto, auto) { greet(1); });
}
""",
    "names.h": "#pragma once\nvoid greet(int order);\nvoid resolve(const char *host);\n",
    "greet.cpp": '#include "names.h"\nvoid greet(int order) {\n  if (order)\n    resolve("names.example");\n}\n',
    "names.cpp": '#include "names.h"\n#include <netdb.h>\n\nvoid resolve(const char *host) {\n  addrinfo *found = nullptr;\n'
                 "  /* \N{PARTY POPPER} */ getaddrinfo(host, nullptr, nullptr, &found);\n}\n",
    "pool.cpp": "#include <algorithm>\n#include <thread>\n#include <vector>\nvoid work();\nvoid pool(std::vector<std::thread> &threads) {\n"
                "  const unsigned cores = std::thread::hardware_concurrency() - 1;\n  for (unsigned i = 0; i < cores; ++i)\n    threads.emplace_back(work);\n}\n",
    "chat.cpp": (ROOT / "docs/examples/chat_server/main.cpp").read_text(encoding="utf-8"),
}


def formats():
    """The names that the help lists."""
    shown = subprocess.run([NETTUNE, "check", "--help"], capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True).stdout
    found = re.search(r"--format .*? One of: ([\w, ]+)$", shown, re.MULTILINE)
    assert found, shown
    return found.group(1).split(", ")


class Project:
    """A git repository with its sources in `src`, which is the root of the analysis."""

    def __init__(self, name, files):
        """`files`: content by name, both text or bytes; text is UTF-8."""
        self.home = HOME / name
        shutil.rmtree(self.home, ignore_errors=True)
        self.source, self.build, self.reports = self.home / "src", self.home / "build", self.home / "reports"
        for directory in (self.source, self.build, self.reports, self.home / "include"):
            directory.mkdir(parents=True)
        (self.home / ".clang-tidy").write_text("HeaderFilterRegex: '.*'\n")  # not that of the tree around
        (self.home / ".gitignore").write_text("build/\nreports/\n")
        shutil.copy(ROOT / "tools/bench/messaging/messaging.h", self.home / "include/messaging.h")
        for file, text in files.items():
            self.write(file, text)
        self.git("init", "-q", "-b", "main")
        self.commit()

    def path(self, file):
        return os.path.join(os.fsencode(self.source), os.fsencode(file))

    def write(self, file, text):
        os.makedirs(os.path.dirname(self.path(file)), exist_ok=True)
        with open(self.path(file), "wb") as stream:
            stream.write(text.encode() if isinstance(text, str) else text)

    def git(self, *words):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=self.home, check=True, capture_output=True, timeout=60)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "State")

    def sources(self):
        for directory, _, files in os.walk(os.fsencode(self.source)):
            yield from (os.path.join(directory, file) for file in sorted(files) if file.endswith(b".cpp"))

    def nettune(self, *words, env=None, cwd=None):
        flags = ["clang++-22", "-std=c++20", "-DASIO_STANDALONE", "-I", str(self.home / "include"), "-I", str(self.source), "-c"]
        commands = [{"directory": str(self.build), "file": os.fsdecode(f), "arguments": [*flags, os.fsdecode(f)]} for f in self.sources()]
        (self.build / "compile_commands.json").write_bytes(json.dumps(commands, ensure_ascii=False).encode("utf-8", "surrogateescape"))
        hosts = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI"))}
        return subprocess.run([NETTUNE, *words, "-p", self.build, "--root", self.source], cwd=cwd or self.home, capture_output=True,
                              timeout=TIMEOUT_SECONDS, env={**hosts, **(env or {})}, check=False)

    def check(self, *words, env=None):
        """Runs `check` with each format but text in a file; the bytes of the reports, by format."""
        requests = [f"--format={name}" + ("" if name == "text" else f"={self.reports / name}") for name in formats()]
        run = self.nettune("check", *requests, *words, env=env)
        assert run.returncode in (0, 1, 3), run.stderr.decode(errors="replace")
        written = {name: (self.reports / name).read_bytes() for name in formats() if name != "text"}
        return {**written, "text": run.stdout, "errors": run.stderr}


def run_tests(module):
    """Those that the command line names, or all; closes with `N passed, N failed`."""
    names = sys.argv[1:]
    result = unittest.main(module=module, argv=[sys.argv[0], *names], exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - failed)} passed, {failed} failed")
    sys.exit(bool(failed))
