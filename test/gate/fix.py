#!/usr/bin/env python3
"""`nettune check --fix`: what is safe is repaired in the sources, byte by byte, and what is left is reported.

Usage: test/gate/fix.py [NAME...]
"""

import subprocess
import time
import unittest
from pathlib import Path

from repository import NETTUNE, Repository, run_tests

POOL_H = """#pragma once
#include "messaging.h"
#include <algorithm>
#include <thread>
inline void in_header() {
  messaging::thread_pool p(std::thread::hardware_concurrency() / 2, 100);
  p.enqueue([] {});
}
"""
POOL = """#include "pool.h"
void in_source() {
  messaging::thread_pool p(std::thread::hardware_concurrency() - 1, 100); // caf\xe9
  p.enqueue([] {});
}
""".encode("latin-1")
FIXED_H = POOL_H.replace("p(std::thread::hardware_concurrency() / 2,", "p(std::max(1u, std::thread::hardware_concurrency() / 2),")
FIXED = POOL.replace(b"p(std::thread::hardware_concurrency() - 1,", b"p(std::max(2u, std::thread::hardware_concurrency()) - 1,")
SLEEPS = """#include "messaging.h"
#include "pool.h"
#include <unistd.h>
void wire_others(messaging::messaging_server &server) {
  server.set_message_handler([](auto, auto) { sleep(1); });
}
"""


class Fix(unittest.TestCase):
    def setUp(self):
        self.r = Repository("fix." + self._testMethodName)
        for file in self.r.source.glob("*.cpp"):
            file.unlink()
        self.r.write("pool.h", POOL_H)
        (self.r.source / "pool.cpp").write_bytes(POOL)
        self.r.write("second.cpp", '#include "pool.h"\n')

    def fix(self, *words, code=0, says=(), source=None):
        run = self.r.nettune("check", "--fix", *words, source=source)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        for text in says:
            self.assertIn(text, run.stderr)
        return run

    def read(self, file):
        return (self.r.source / file).read_bytes()

    def test_each_once(self):
        """The header is seen by two files, and repaired once; nothing is left."""
        run = self.fix(says=["nettune: fixed 2 findings in 2 files\n", " 0 findings\n"])
        self.assertEqual(run.stdout, "")
        self.assertEqual((self.read("pool.h"), self.read("pool.cpp")), (FIXED_H.encode(), FIXED))
        self.assertEqual(sorted(p.name for p in self.r.source.iterdir() if "tmp" in p.name), [])
        self.fix(says=["nettune: fixed 0 findings in 0 files\n"])

    def test_what_is_left_is_reported(self):
        self.r.write("second.cpp", SLEEPS)
        run = self.fix(code=1, says=["fixed 2 findings in 2 files", " 1 finding\n"])
        self.assertEqual(self.r.findings(run), ["second.cpp: server.set_message_handler([](auto, auto) { sleep(1); });"])

    def test_other_line_ends_and_a_byte_order_mark(self):
        crlf = b"\xef\xbb\xbf" + POOL.replace(b"\n", b"\r\n")[:-2]
        (self.r.source / "pool.cpp").write_bytes(crlf)
        self.fix()
        self.assertEqual(self.read("pool.cpp"), b"\xef\xbb\xbf" + FIXED.replace(b"\n", b"\r\n")[:-2])

    def test_mode_stays(self):
        (self.r.source / "pool.cpp").chmod(0o751)
        self.fix()
        self.assertEqual((self.r.source / "pool.cpp").stat().st_mode & 0o7777, 0o751)

    def test_read_only_file(self):
        """The others are done."""
        (self.r.source / "pool.cpp").chmod(0o444)
        run = self.fix(code=2, says=[f"nettune: {self.r.source}/pool.cpp: error: not fixed: Permission denied\n", "fixed 1 finding in 1 file\n"])
        self.assertEqual((self.read("pool.h"), self.read("pool.cpp")), (FIXED_H.encode(), POOL))
        self.assertRegex(run.stdout, r"pool\.cpp:3:\d+: warning: ")

    def test_outside_of_the_root(self):
        """By name or through a link: no other tree is written."""
        (self.r.source / "pool.h").rename(self.r.home / "include/pool.h")
        outside = self.r.home / "elsewhere.cpp"
        (self.r.source / "pool.cpp").rename(outside)
        (self.r.source / "pool.cpp").symlink_to(outside)
        self.fix(code=1, says=[f"elsewhere.cpp is outside of {self.r.source}", f"include/pool.h is outside of {self.r.source}", "fixed 0 findings in 0 files"])
        self.assertEqual((outside.read_bytes(), (self.r.home / "include/pool.h").read_text()), (POOL, POOL_H))
        beside = self.r.home / "src2"  # its name begins alike
        beside.mkdir()
        outside.rename(beside / "pool.cpp")
        (self.r.source / "pool.cpp").unlink()
        (self.r.source / "pool.cpp").symlink_to(beside / "pool.cpp")
        self.fix(code=1, says=[f"src2/pool.cpp is outside of {self.r.source}"])

    def test_link_within_the_root(self):
        """The file is repaired once, under whatever names, and the link stays one."""
        (self.r.source / "lib").mkdir()
        (self.r.source / "pool.h").rename(self.r.source / "lib/real.h")
        (self.r.source / "pool.h").symlink_to("lib/real.h")
        self.r.write("second.cpp", '#include "lib/real.h"\n')
        self.fix()
        self.assertTrue((self.r.source / "pool.h").is_symlink())
        self.assertEqual(self.read("lib/real.h"), FIXED_H.encode())

    def test_a_file_that_was_changed_meanwhile(self):
        """A worker that waits for us stands for an editor that saves while the analysis runs."""
        self.r.nettune("check")  # what is up to date takes no time
        self.r.write("slow.cpp", '#include "pool.h"\n' + "".join(f"struct s{i} {{ int f(int x) {{ return x + {i}; }} }};\n" for i in range(20000)))
        self.r.nettune("explain")  # writes compile_commands.json with it
        run = subprocess.Popen([NETTUNE, "check", "--fix", "-p", self.r.build, "--root", self.r.source], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.r.source)
        while not Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text():  # ninja runs: it has begun
            time.sleep(0.05)
        (self.r.source / "pool.cpp").write_bytes(b"\n" + POOL)
        self.assertIsNone(run.poll(), "it was faster")
        _, said = run.communicate(timeout=300)
        self.assertEqual(run.returncode, 2, said)
        self.assertIn("pool.cpp: error: not fixed: it was changed while it was analysed; run --fix again\n", said)
        self.assertIn("fixed 1 finding in 1 file", said)
        self.assertEqual((self.read("pool.h"), self.read("pool.cpp")), (FIXED_H.encode(), b"\n" + POOL))

    def test_only_what_is_new(self):
        self.r.commit("All")
        self.r.edit("pool.h", "/ 2", "/ 3")
        self.fix("--diff=HEAD", says=["fixed 1 finding in 1 file", " 0 new findings"])
        self.assertEqual((self.read("pool.h"), self.read("pool.cpp")), (FIXED_H.replace("/ 2", "/ 3").encode(), POOL))

    def test_what_is_accepted_stays(self):
        self.assertEqual(self.r.nettune("baseline", "create").returncode, 0)
        self.fix(says=["fixed 0 findings in 0 files"])
        self.assertEqual(self.read("pool.cpp"), POOL)
        run = self.fix("--no-baseline", says=["fixed 2 findings in 2 files"])
        self.assertNotIn("stale", run.stderr)

    def test_named_files_only(self):
        self.fix(self.r.source / "pool.cpp", says=["fixed 1 finding in 1 file"])
        self.assertEqual((self.read("pool.h"), self.read("pool.cpp")), (POOL_H.encode(), FIXED))

    def test_nothing_while_files_do_not_compile(self):
        self.r.write("second.cpp", "int broken(\n")
        self.fix(code=1, says=["nothing is fixed while files cannot be analysed whole"])
        self.assertEqual(self.read("pool.cpp"), POOL)
        self.fix("--allow-incomplete", says=["fixed 2 findings in 2 files"])

    def test_overlapping(self):
        """Two buffers that one [=] copies: the first is moved now, the other said to be left."""
        before = """#include "messaging.h"
void two(messaging::messaging_server &server, messaging::thread_pool &pool) {
  server.set_message_handler([&](messaging::session_id, messaging::payload data) {
    messaging::payload tail = data;
    tail.clear();
    pool.enqueue([=] { (void)data.size(); (void)tail.size(); });
  });
}
"""
        self.r.write("second.cpp", before)
        self.fix(code=1, says=["second.cpp:6:19: fix left out: it overlaps another; run --fix again\n", "fixed 3 findings in 3 files"])
        self.assertEqual(self.read("second.cpp").decode(), before.replace("[=]", "[=, data = std::move(data)]"))


if __name__ == "__main__":
    run_tests(Fix)
