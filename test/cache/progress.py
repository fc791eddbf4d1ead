#!/usr/bin/env python3
"""How `nettune check --progress` tells how far it is: people on a terminal, and programs that started it.

Usage: test/cache/progress.py [NAME...]
"""

import json
import shutil
import subprocess

from project import HANDLER, NETTUNE, OTHER, WAIT_H, Base, run_tests

FILES = {"main.cpp": HANDLER, "other.cpp": OTHER, "include/wait.h": WAIT_H, "café \"b\"\x01.cpp": "int coffee;\n"}


def steps(run):
    """Each line of JSON on the error stream."""
    return [json.loads(line) for line in run.err.splitlines() if line.startswith("{")]


def words(run):
    """The other lines but those of times."""
    return [line for line in run.err.splitlines() if not line.startswith("{") and " s" not in line]


class Progress(Base):
    def test_for_programs(self):
        """A line for each file that was analysed, as soon as it was; the rest of the run is as ever."""
        p = self.project(FILES)
        run = p.check("--progress", "json")
        told = steps(run)
        self.assertEqual([(t.pop("done"), sorted(t)) for t in told], [(n, ["event", "file", "phase", "total"]) for n in (1, 2, 3)])
        self.assertEqual({(t["event"], t["phase"], t["total"]) for t in told}, {("progress", "analysis", 3)})
        self.assertEqual({t["file"] for t in told}, {f"{n}" for n in ("main.cpp", "other.cpp", "café \"b\"<U+0001>.cpp")})
        again = p.check()
        self.assertEqual((words(run), run.verdict()), (words(again), again.verdict()))
        self.assertEqual(steps(p.check("--progress=json")), [], "nothing was to be done")
        p.write("other.cpp", "int other = 1;\n")
        self.assertEqual(steps(p.check("--progress=json")), [{"event": "progress", "phase": "analysis", "done": 1, "total": 1, "file": "other.cpp"}])

    def test_each_line_at_once(self):
        """While the second file waits, the first is told."""
        p = self.project()
        other = p.source / "other.cpp"
        other.write_text("#include <functional>\n#include <regex>\n" + OTHER)
        with subprocess.Popen(p.words("--progress=json", "-j1"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=p.source, text=True) as run:
            first = json.loads(run.stderr.readline())
            self.assertIsNone(run.poll())
            self.assertEqual((first["done"], first["total"]), (1, 2))
            self.assertEqual(json.loads(run.stderr.readline())["done"], 2)
            run.stderr.read()

    def test_of_both_sides(self):
        p = self.project()
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-C", p.source]
        for more in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
            subprocess.run([*git, *more], check=True)
        p.write("other.cpp", "int other = 1;\n")
        told = steps(p.check("--progress=json", "--diff=HEAD"))
        self.assertEqual([(t["phase"], t["done"], t["total"]) for t in told], [("analysis", 1, 2), ("analysis", 2, 2), ("base", 1, 1)])

    def test_as_the_user_says(self):
        p = self.project()
        self.assertIn("\r\x1b[K[2/2] ", p.check("--progress=bar").err)
        for how in ("none", "auto"):
            p = self.project()
            run = p.check("--progress", how)
            self.assertEqual((run.ran, "2/2" in run.err, steps(run)), (2, False, []))
        run = p.check("--progress=loud")
        self.assertEqual((run.code, run.out), (2, ""))
        self.assertIn("--progress: loud not in {auto,bar,json,none}", run.err)

    def test_of_baselines(self):
        p = self.project()
        place = ["-p", p.build, "--root", p.source, p.home / "all.json"]
        for words in ([NETTUNE, "baseline", "create", "--progress=json"], [NETTUNE, "baseline", "update", "--progress=json"], [NETTUNE, "baseline", "check", "--progress=json"]):
            shutil.rmtree(p.build / ".cache", ignore_errors=True)
            run = subprocess.run([*words, *place], capture_output=True, text=True, check=False)
            self.assertEqual((run.returncode, run.stderr.count('{"event":"progress",')), (0, 2), run.stderr)


if __name__ == "__main__":
    run_tests(Progress)
