#!/usr/bin/env python3
"""What becomes of a run of `nettune check` that crashes, is interrupted, killed, or has another one beside it.

Usage: test/cache/processes.py [--full] [NAME...]     --full: 50 kills instead of 5
"""

import contextlib
import os
import pty
import random
import select
import signal
import subprocess
import sys
import time

from project import CRASH, HANDLER, OTHER, SLOW, WAIT_H, Base, run_tests

KILLS = 50 if "--full" in sys.argv else 5


def children_of(pid):
    """Of all generations."""
    below = {}
    for line in subprocess.run(["ps", "-eo", "ppid=,pid="], capture_output=True, text=True).stdout.splitlines():
        parent, child = map(int, line.split())
        below.setdefault(parent, []).append(child)
    found, todo = [], [pid]
    while todo:
        more = below.get(todo.pop(), [])
        found += more
        todo += more
    return found


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def still_alive(pids, seconds=3):
    """A process that was told to die may need a moment."""
    end = time.time() + seconds
    while any(map(is_alive, pids)) and time.time() < end:
        time.sleep(0.02)
    return [p for p in pids if is_alive(p)]


class Processes(Base):
    def test_crash(self):
        """One TU that clang dies of costs that TU."""
        p = self.project({"main.cpp": HANDLER, "crash.cpp": CRASH, "other.cpp": OTHER, "include/wait.h": WAIT_H})
        run = p.check()
        self.assertEqual((run.code, len(run.found())), (1, 1), run)
        self.assertRegex(run.err, r"nettune: .*crash\.cpp: error: could not be analysed: the analysis died of signal \d+ \(\w.*\)\n")
        self.assertIn("2 translation units, 0 with errors, 1 not analysed, 1 finding", run.err)
        p.write("main.cpp", OTHER.replace("other", "fine"))
        self.assertEqual(p.check().code, 3)
        self.assertEqual(p.check("--allow-incomplete").code, 0)
        p.write("crash.cpp", "int crash;\n")
        self.assertEqual(p.check().code, 0)

    def test_crash_where_there_was_a_shard(self):
        """What an older state said is not taken for the new one's."""
        p = self.project()
        self.assertEqual(p.check().code, 1)
        p.write("main.cpp", CRASH + HANDLER)
        run = p.check()
        self.assertEqual((run.code, run.found()), (3, []), run)

    def slow(self):
        p = self.project({"main.cpp": HANDLER, "include/wait.h": WAIT_H} | {f"slow{n}.cpp": SLOW + f"int slow{n};\n" for n in range(6)})
        return p

    def start(self, p):
        return subprocess.Popen(p.words(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=p.source, start_new_session=True)

    def wait_for_workers(self, run, deadline=20):
        end = time.time() + deadline
        while time.time() < end:
            below = children_of(run.pid)
            if len(below) >= 3:  # ninja, a worker and its child
                return below
            time.sleep(0.01)
        self.fail("no worker came")

    def test_interrupt(self):
        """From a terminal, which tells all processes of the run, and by kill, which tells one."""
        for tell, number, code in ((os.killpg, signal.SIGINT, 130), (os.kill, signal.SIGINT, 130), (os.kill, signal.SIGTERM, 143)):
            p = self.slow()
            run = self.start(p)
            below = self.wait_for_workers(run)
            tell(run.pid, number)
            out, err = run.communicate(timeout=20)
            self.assertEqual((run.returncode, out), (code, ""), err)
            self.assertEqual(err, "nettune: interrupted\n")
            self.assertFalse(still_alive(below))
            again = p.check()
            self.assertEqual((again.code, len(again.found())), (1, 1), again)
            self.assertIn("7 translation units, 0 with errors, 0 not analysed, 1 finding", again.err)

    def test_killed(self):
        """kill -9 of any process of a run at any moment: the next run says what a clean one says."""
        clean = self.slow().check()
        p, dice = self.slow(), random.Random(7)
        for _ in range(KILLS):
            p.forget()
            if dice.random() < 0.5:
                for entry in p.entries("manifest"):
                    entry.unlink()
            run = self.start(p)
            time.sleep(dice.random() * 1.5)
            victims = [run.pid, *children_of(run.pid)]
            victim = dice.choice(victims)
            with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(victim, signal.SIGKILL)
            out, err = run.communicate(timeout=60)
            if victim != run.pid:  # it found what is there, or says what it could not do
                self.assertTrue(run.returncode == 1 or "error: could not be analysed: " in err or "error: ninja was ended by signal 9" in err,
                                f"ended with {run.returncode}\n{out}\n{err}")
            again = p.check()
            self.assertEqual(again.verdict(), clean.verdict(), f"{err}\n{again.err}")
            self.assertNotIn("damaged", again.err)
            self.assertFalse(still_alive(victims))

    def test_two_runs(self):
        p = self.slow()
        first = self.start(p)
        self.wait_for_workers(first)
        second = p.check()
        out, _ = first.communicate(timeout=120)
        self.assertIn("another run is at work in ", second.err)
        self.assertEqual((first.returncode, out.replace(f"{p.source}/", "")), second.verdict())
        self.assertEqual(second.ran, 0, second)

    def test_progress(self):
        """On a terminal only, and it leaves no trace there."""
        p = self.project()
        main, end = pty.openpty()
        run = subprocess.Popen(p.words(), stdout=subprocess.DEVNULL, stderr=end, cwd=p.source)
        os.close(end)
        said = b""
        while True:
            try:
                if not select.select([main], [], [], 30)[0]:
                    break
                part = os.read(main, 1000)
            except OSError:
                break
            if not part:
                break
            said += part
        os.close(main)
        run.wait()
        self.assertIn(b"\r\x1b[K[2/2] ", said)
        self.assertIn(b"\r\x1b[Knettune: ", said)
        self.assertNotIn("[1/2]", self.project().check().err)


if __name__ == "__main__":
    run_tests(Processes)
