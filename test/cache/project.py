#!/usr/bin/env python3
"""A small project in a directory of its own, and nettune's runs on it."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build/cache"
NETTUNE = ROOT / "build/bin/nettune"
WAIT_H = 'extern "C" unsigned sleep(unsigned Seconds);\ninline void waitForIt() { sleep(1); }\n'
HANDLER = '#include "wait.h"\n[[clang::annotate("nettune::handler")]] void onRead() { waitForIt(); }\n'
OTHER = "int other() { return 1; }\n"
CRASH = "#pragma clang __debug crash\nint other() { return 1; }\n"
SLOW = "#include <functional>\n#include <map>\n#include <string>\n#include <regex>\n"
FOUND = re.compile(r"^(.*?):(\d+):\d+: warning: .*\[(nettune-[\w-]+)\]$", re.MULTILINE)
TIMES = re.compile(r": (\d+) files? out of date, (\d+) of them from the cache")


class Project:
    """`home/src` with the sources, `home/build` with the commands, `home/store` the cache."""

    def __init__(self, name, files=None, store=None):
        self.home = HOME / name
        shutil.rmtree(self.home, ignore_errors=True)
        self.source, self.build = self.home / "src", self.home / "build"
        self.store = store or self.home / "store"
        (self.source / "include").mkdir(parents=True)
        (self.source / "early").mkdir()
        self.build.mkdir()
        (self.source / ".clang-tidy").write_text("{}\n")  # not that of the tree around
        for file, text in (files or {"main.cpp": HANDLER, "other.cpp": OTHER, "include/wait.h": WAIT_H}).items():
            self.write(file, text)
        self.command_all()

    def write(self, file, text):
        path = self.source / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def flags(self):
        return ["clang++", "-std=c++20", f"-I{self.source}/early", "-I", f"{self.source}/include"]

    def command_all(self):
        self.commands([{"directory": str(self.build), "file": str(f), "arguments": [*self.flags(), "-c", str(f)]}
                       for f in sorted(self.source.rglob("*.cpp"))])

    def commands(self, commands):
        (self.build / "compile_commands.json").write_text(json.dumps(commands, indent=1))

    def words(self, *more):
        return [NETTUNE, "check", "-p", self.build, "--root", self.source, "--cache-dir", self.store, "--timings", *more]

    def check(self, *more, **options):
        run = subprocess.run(self.words(*more), capture_output=True, timeout=300, cwd=self.source, **options)
        return Outcome(run.returncode, run.stdout.decode(errors="replace"), run.stderr.decode(errors="replace"), self.source)

    def forget(self):
        """The build directory as a fresh checkout has it."""
        shutil.rmtree(self.build / ".cache", ignore_errors=True)

    def entries(self, extension):
        return sorted(self.store.rglob(f"*.{extension}"))

    def environment(self, **variables):
        return {**os.environ, **variables}


class Outcome:
    def __init__(self, code, out, err, source):
        self.code, self.out, self.err = code, out.replace(f"{source}/", ""), err.replace(f"{source}/", "")
        times = TIMES.search(err)
        self.ran, self.stored = (int(n) for n in times.groups()) if times else (None, None)

    def found(self):
        return sorted(FOUND.findall(self.out))

    def verdict(self):
        """What two runs on the same sources have in common."""
        return self.code, self.out

    def __repr__(self):
        return f"ended with {self.code}\n{self.out}\n{self.err}"


class Base(unittest.TestCase):
    def project(self, files=None):
        return Project(self.id().rsplit("test_", 1)[-1], files)


def run_tests(*cases):
    """Those that the command line names, or all; the last line is the count."""
    HOME.mkdir(parents=True, exist_ok=True)
    named = [a for a in sys.argv[1:] if not a.startswith("-")]
    every = [f"{c.__name__}.{t}" for c in cases for t in dir(c) if t.startswith("test_")]
    chosen = [t for t in every if not named or t.split("test_")[1] in named]
    result = unittest.main(argv=[sys.argv[0], *chosen], exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(bool(failed))
