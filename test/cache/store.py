#!/usr/bin/env python3
"""The store of shards: what it gives back, when it must not, and what happens to it.

Usage: test/cache/store.py [NAME...]
"""

import os
import shutil
import subprocess
import time

from project import HANDLER, NETTUNE, ROOT, Base, Project, run_tests

NEAR = HANDLER.replace("onRead", "onWrite").replace("waitForIt()", "sleep(2)")
VENDOR = (ROOT / "test/cli/Inputs/vendor.json").read_text()
VENDOR_CALL = (ROOT / "test/cli/Inputs/uses_vendor.cpp").read_text()


class Store(Base):
    def setUp(self):
        self.p = self.project()
        self.first = self.p.check()
        self.assertEqual((self.first.code, self.first.ran, self.first.stored), (1, 2, 0), self.first)

    def again(self, ran, stored, **options):
        """One more run: so many files out of date, so many of them taken from the store."""
        run = self.p.check(**options)
        self.assertEqual((run.ran, run.stored), (ran, stored), run)
        return run

    def test_nothing_changed(self):
        self.assertEqual(self.again(0, 0).verdict(), self.first.verdict())
        self.p.forget()
        self.assertEqual(self.again(2, 2).verdict(), self.first.verdict())

    def test_other_checkout(self):
        other = Project("other_checkout_2", store=self.p.store)
        run = other.check()
        self.assertEqual((run.ran, run.stored), (2, 2), run)
        self.assertEqual(run.verdict(), self.first.verdict())
        self.assertEqual(*((p.build / ".cache/nettune/program.nti").read_bytes() for p in (self.p, other)))

    def test_header_filter_names_a_checkout(self):
        """A regular expression over whole paths may tell two checkouts apart."""
        self.p.write(".clang-tidy", f"HeaderFilterRegex: '{self.p.source}/.*'\n")
        self.again(2, 0)
        other = Project("header_filter_2", store=self.p.store)
        shutil.copy(self.p.source / ".clang-tidy", other.source / ".clang-tidy")
        run = other.check()
        self.assertEqual((run.ran, run.stored), (2, 0), run)

    def test_macro_names_a_checkout(self):
        """What a macro says may come into the program."""
        other = Project("macro_2", store=self.p.store)
        for p in (self.p, other):
            p.flags = lambda p=p: ["clang++", f'-DHERE="{p.source}"', f"-I{p.source}/include"]
            p.command_all()
            run = p.check()
            self.assertEqual((run.ran, run.stored), (2, 0), run)

    def test_header_edit_and_back(self):
        before = (self.p.source / "include/wait.h").read_text()
        self.p.write("include/wait.h", "inline void waitForIt() {}\n")
        self.assertEqual(self.again(1, 0).found(), [])
        self.p.write("include/wait.h", before)
        self.assertEqual(self.again(1, 1).verdict(), self.first.verdict())

    def test_header_comes_earlier(self):
        """A file that was not there when the TU was parsed, and is found first now."""
        self.p.write("early/wait.h", "inline void waitForIt() {}\n")
        self.assertEqual(self.again(1, 0).found(), [])
        self.p.forget()
        self.assertEqual(self.again(2, 2).found(), [])
        (self.p.source / "early/wait.h").unlink()
        self.p.forget()
        self.assertEqual(self.again(2, 2).verdict(), self.first.verdict())

    def test_header_may_come(self):
        self.p.write("main.cpp", '#if __has_include("more.h")\n#include "more.h"\n#endif\n' + HANDLER)
        self.assertEqual(len(self.again(1, 0).found()), 1)
        self.p.write("include/more.h", "#define waitForIt int\n")
        self.p.forget()
        self.assertEqual(self.again(2, 1).found(), [])

    def test_options(self):
        self.p.write(".clang-tidy", "{Checks: '-*,nettune-short-write'}\n")
        self.assertEqual(self.again(2, 0).found(), [])
        self.p.write(".clang-tidy", "{}\n")
        self.assertEqual(self.again(2, 2).found(), self.first.found())
        (self.p.source / "sub").mkdir()
        self.p.write("sub/.clang-tidy", "{Checks: '-*,nettune-short-write'}\n")  # of another directory
        self.again(0, 0)

    def test_options_come_nearer(self):
        self.p.write("near/near.cpp", NEAR)
        self.p.command_all()
        self.assertEqual(len(self.again(1, 0).found()), 2)
        self.p.write("near/.clang-tidy", "{Checks: '-*,nettune-short-write'}\n")
        self.p.forget()
        self.assertEqual(len(self.again(3, 2).found()), 1)

    def test_models(self):
        """Beside the sources, and by an option: what they say is part of what a shard depends on."""
        self.p.write("other.cpp", VENDOR_CALL)
        self.again(1, 0)
        self.p.write(".nettune/vendor.json", VENDOR)
        self.assertEqual(len(self.again(2, 0).found()), 2)
        self.p.write(".nettune/vendor.json", VENDOR.replace("vendor::push", "vendor::pull"))
        self.assertEqual(len(self.again(2, 0).found()), 1)
        self.p.write(".nettune/vendor.json", VENDOR)
        self.assertEqual(len(self.again(2, 2).found()), 2)
        shutil.rmtree(self.p.source / ".nettune")
        model = self.p.write("models/vendor.json", VENDOR)
        self.p.write(".clang-tidy", f"CheckOptions: {{nettune.Models: {model}}}\n")
        self.assertEqual(len(self.again(2, 0).found()), 2)
        self.p.write("models/vendor.json", VENDOR.replace("vendor::push", "vendor::pull"))
        self.assertEqual(len(self.again(2, 0).found()), 1)
        self.p.write("models/vendor.json", VENDOR)
        self.assertEqual(len(self.again(2, 2).found()), 2)

    def test_command(self):
        self.p.flags = lambda: ["clang++", "-std=c++20", "-DwaitForIt=int", f"-I{self.p.source}/include"]
        self.p.command_all()
        self.again(2, 0)

    def test_output_does_not_matter(self):
        self.p.flags = lambda: ["clang++", "-std=c++20", f"-I{self.p.source}/early", "-I", f"{self.p.source}/include", "-o", "x.o"]
        self.p.command_all()
        self.p.forget()
        self.again(2, 2)

    def test_errors_are_kept(self):
        self.p.write("other.cpp", "int other() { return undeclared; }\n")
        first = self.again(1, 0)
        self.p.forget()
        again = self.again(2, 2)
        self.assertEqual(first.verdict(), again.verdict())
        for run in (first, again):
            self.assertIn("2 translation units, 1 with errors, 0 not analysed, 1 finding", run.err)
        self.assertIn("other.cpp:1:22: error: use of undeclared identifier 'undeclared'",
                      (self.p.build / ".cache/nettune/ninja.log").read_text())

    def damage(self, files, how):
        for file in files:
            how(file)
        self.p.forget()
        return self.again(2, 0)

    def test_damaged_entries(self):
        for extension in ("manifest", "nts"):
            for how in (lambda f: f.write_bytes(b""), lambda f: f.write_bytes(f.read_bytes()[:-7]),
                        lambda f: f.write_bytes(bytes(b ^ 0x40 if i == f.stat().st_size // 2 else b for i, b in enumerate(f.read_bytes()))),
                        lambda f: f.write_bytes(os.urandom(5000))):
                run = self.damage(self.p.entries(extension), how)
                self.assertEqual(run.verdict(), self.first.verdict())
                self.assertEqual(run.err.count("is damaged; the translation unit is analysed again"), 2, run)
                self.assertNotIn("damaged", self.p.check().err)

    def test_damaged_shard_of_the_build(self):
        for shard in (self.p.build / ".cache/nettune/shards").glob("main*.nts"):
            shard.write_bytes(shard.read_bytes()[:-3])
        run = self.again(1, 1)
        self.assertEqual(run.verdict(), self.first.verdict())
        self.assertEqual(run.err.count("cannot be read as a shard; its file is analysed again"), 1, run)

    def test_cannot_be_written(self):
        shutil.rmtree(self.p.store)
        self.p.store.write_text("no directory\n")
        self.p.forget()
        run = self.again(2, 0)
        self.assertEqual(run.verdict(), self.first.verdict())
        self.assertEqual(run.err.count("warning: the cache cannot be written: Not a directory"), 1, run)

    def test_no_cache(self):
        shutil.rmtree(self.p.store)
        self.p.forget()
        run = self.p.check("--cache-size", "0")
        self.assertEqual((run.verdict(), run.stored), (self.first.verdict(), 0))
        self.assertFalse(self.p.store.exists() or (self.p.build / ".cache/nettune/store").exists())

    def test_size_is_kept(self):
        """The least recently used goes first."""
        for number in range(8):
            self.p.write(f"more{number}.cpp", f"int more{number};\n")
        self.p.command_all()
        self.again(8, 0)
        (self.p.store / "notes.txt").write_text("none of nettune's\n")
        self.p.forget()
        self.again(10, 10)
        size = sum(f.stat().st_size for e in ("nts", "manifest") for f in self.p.entries(e))
        used = [f for e in ("nts", "manifest") for f in self.p.entries(e)]
        for number, file in enumerate(sorted(used, key=lambda f: f.name)):
            os.utime(file, (1000 + number, 1000 + number))
        limit = size // 2 // 1024
        self.p.write("other.cpp", "int other() { return 99; }\n")
        self.p.check("--cache-size", f"{limit}k")
        left = [f for e in ("nts", "manifest") for f in self.p.entries(e)]
        self.assertLess(sum(f.stat().st_size for f in left), limit * 1024)
        gone = [f.name for f in used if f not in left]
        self.assertLess(max(gone), min(f.name for f in left if f in used and f.stat().st_mtime < 10000))
        self.assertTrue((self.p.store / "notes.txt").exists())
        self.p.forget()
        run = self.p.check()
        self.assertGreater(run.stored, 0)
        self.assertEqual(run.found(), self.first.found())

    def test_left_overs_go(self):
        old = self.p.store / "ab/left.manifest.12345678.tmp"
        old.parent.mkdir(exist_ok=True)
        old.write_text("half\n")
        os.utime(old, (1, 1))
        self.p.write("other.cpp", "int other() { return 99; }\n")
        self.p.check()
        self.assertFalse(old.exists())

    def test_environment(self):
        self.p.forget()
        words = [w for w in self.p.words() if w not in ("--cache-dir", self.p.store)]
        for store, stored in ((self.p.store, 2), (self.p.home / "fresh", 0)):
            self.p.forget()
            run = subprocess.run(words, capture_output=True, text=True, env=self.p.environment(NETTUNE_CACHE_DIR=str(store)))
            self.assertIn(f"2 files out of date, {stored} of them from the cache", run.stderr)
        self.assertTrue((self.p.home / "fresh").is_dir())

    def test_summarize(self):
        """Builds that bring their own scheduler share the store."""
        for _ in range(2):
            out = self.p.home / "shards"
            shutil.rmtree(out, ignore_errors=True)
            run = subprocess.run([NETTUNE, "summarize", "-p", self.p.build, "--root", self.p.source, "--cache-dir", self.p.home / "second",
                                  "-o", out, self.p.source / "main.cpp"], capture_output=True, text=True)
            self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))
            self.assertEqual(len(list((self.p.home / "second").rglob("*.nts"))), 1)
        ours, = out.glob("main*.nts")
        theirs, = (self.p.build / ".cache/nettune/shards").glob("main*.nts")
        self.assertEqual(ours.read_bytes(), theirs.read_bytes())

    def test_runs_at_once(self):
        """In build directories of their own, with one store."""
        projects = [Project(f"at_once_{n}", store=self.p.home / "shared") for n in range(3)]
        runs = [subprocess.Popen(p.words(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=p.source) for p in projects]
        outs = [(r.communicate()[0].replace(f"{p.source}/", ""), r.returncode) for r, p in zip(runs, projects)]
        self.assertEqual(set(outs), {(self.first.out, 1)})


if __name__ == "__main__":
    run_tests(Store)
