#!/usr/bin/env python3
"""Comments that silence a check: `--require-reason`, and days after which they hold no more.

Usage: test/gate/nolint.py [NAME...]
"""

import unittest

from repository import BLOCKING_NOTE, Repository, run_tests

CALL = "  getaddrinfo(host, nullptr, nullptr, &found);"
IN_FORCE, OVER = {"SOURCE_DATE_EPOCH": "1801400000"}, {"SOURCE_DATE_EPOCH": "1801440000"}  # 2027-01-31 and the day after


class Nolint(unittest.TestCase):
    def setUp(self):
        self.r = Repository("nolint_" + self._testMethodName)
        self.r.edit("names.cpp", *BLOCKING_NOTE)

    def silence(self, comment):
        self.r.edit("names.cpp", CALL, f"{CALL} // {comment}")
        return f"names.cpp: {CALL.strip()} // {comment}"

    def check(self, *found, words=(), env=None):
        run = self.r.nettune("check", *words, env=env)
        self.assertEqual(self.r.findings(run), list(found), run.stdout + run.stderr)
        self.assertEqual(run.returncode, 1 if found else 0, run.stderr)
        return run

    def test_reason(self):
        line = self.silence("NOLINT(nettune-blocking-call-in-handler)")
        self.check()
        run = self.check(line, words=("--require-reason",))
        self.assertIn("names.cpp:11:51: warning: 'NOLINT(nettune-blocking-call-in-handler)' gives no reason; write it behind a colon "
                      "[nettune-nolint-reason]", run.stdout)
        self.r.edit("names.cpp", "in-handler)", "in-handler): once an hour")
        self.check(words=("--require-reason",))

    def test_last_day(self):
        line = self.silence("NOLINT(nettune-blocking-call-in-handler) until 2027-01-31: ticket 7")
        self.check(env=IN_FORCE)
        run = self.check(line, env=OVER)
        self.assertIn("held until 2027-01-31; repair the code, or say why it may stay [nettune-nolint-expired]", run.stdout)
        self.check(env=IN_FORCE)

    def test_days_with_a_base(self):
        """An old comment counts from the day on which it is over; one that names no day is old."""
        line = self.silence("NOLINT(nettune-blocking-call-in-handler) until 2027-01-31: ticket 7")
        self.r.commit("Silence")
        for change in (lambda: None, lambda: self.r.edit("tool.cpp", "a.example", "b.example"), lambda: self.r.git("mv", "names.cpp", "more.cpp")):
            change()
            found = line if (self.r.source / "names.cpp").exists() else line.replace("names", "more")
            self.check(words=("--diff=HEAD",), env=IN_FORCE)
            self.check(found, words=("--diff=HEAD",), env=OVER)
        self.r.edit("more.cpp", "2027-01-31", "spring")
        self.r.commit("No day")
        self.check(words=("--diff=HEAD",), env=OVER)

    def test_all_kinds_of_days(self):
        day = 1795824000  # the begin of 2026-11-28
        self.silence("NOLINT(nettune-blocking-call-in-handler) until 2000-01-01: why")
        last = "2000-01-01"
        for until, seconds, says in (
                ("2024-02-29", day, "held until 2024-02-29;"), ("2028-02-29", day, ""), ("2023-02-29", day, "names no day"), ("2100-02-29", day, "names no day"),
                ("9999-12-31", day, ""), ("10000-01-01", day, "names no day"), ("0001-01-01", day, "held until 0001-01-01;"), ("2026-11-27", day, "held until 2026-11-27;"),
                ("2026-11-28", day, ""), ("2026-11-28", day + 86399, ""), ("2026-11-28", day + 86400, "held until 2026-11-28;"), ("2026-13-01", day, "names no day"),
                ("2026-11-31", day, "names no day"), ("2026-00-10", day, "names no day"), ("2027-1-1", day, "names no day"), ("27-01-31", day, "names no day"),
                ("2027/01/31", day, "names no day"), ("2027-01-31T00", day, "names no day"), ("2027-01-31Z", day, "names no day"), ("+027-01-31", day, "names no day"),
                ("\uff12027-01-3", day, "names no day"), ("2027-01-31:", day, "")):
            self.r.edit("names.cpp", f"until {last}", f"until {until}")
            last = until
            for zone in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12"):
                run = self.r.nettune("check", env={"SOURCE_DATE_EPOCH": str(seconds), "TZ": zone})
                self.assertEqual((run.returncode, run.stdout.count(" warning: ")), (1, 1) if says else (0, 0), f"{until} {zone} {run.stdout}")
                self.assertIn(says, run.stdout)
        for nonsense in ("soon", "-1", "99999999999999", ""):
            self.assertEqual(self.r.nettune("check", env={"SOURCE_DATE_EPOCH": nonsense}).returncode, 0)  # that day is not over

    def test_no_day(self):
        line = self.silence("NOLINT(nettune-blocking-call-in-handler) until spring: ticket 7")
        self.assertIn("names no day such as 2027-01-31 behind 'until'", self.check(line).stdout)

    def test_in_a_header_of_several_files(self):
        self.r.edit("names.h", "void note", "// NOLINTNEXTLINE(nettune-short-write)\nvoid note")
        self.r.edit("names.cpp", 'resolve("names.example");', "return;")
        self.check("names.h: // NOLINTNEXTLINE(nettune-short-write)", words=("--require-reason",))

    def test_of_other_checks(self):
        self.silence("NOLINT(nettune-blocking-call-in-handler): once")
        self.r.edit("tool.cpp", "void offline", "// NOLINTNEXTLINE(bugprone-x)\nvoid offline")
        self.check(words=("--require-reason",))

    def test_new_ones_only(self):
        line = self.silence("NOLINT(nettune-blocking-call-in-handler)")
        self.check(line, words=("--require-reason", "--diff=HEAD"))
        self.r.commit("Silence")
        self.check(words=("--require-reason", "--diff=HEAD"))

    def test_at_a_new_way(self):
        self.r.commit("Block")
        self.r.edit("service.cpp", "{ save(order); }", "{\n  save(order);\n  report(order);\n}")
        self.check("service.cpp: report(order);", words=("--diff=HEAD",))
        self.r.edit("service.cpp", "report(order);", "report(order); // NOLINT(nettune-blocking-call-in-handler): once a day")
        self.check(words=("--diff=HEAD",))
        self.r.edit("service.cpp", "  report(order); // NOLINT(nettune-blocking-call-in-handler)", "  // NOLINTNEXTLINE(nettune-*): once a day\n  report(order); // ")
        self.check(words=("--diff=HEAD",))
        self.r.edit("service.cpp", "nettune-*", "nettune-short-write")
        self.check("service.cpp: report(order); // : once a day", words=("--diff=HEAD",))

    def test_in_reports(self):
        self.silence("NOLINT(nettune-blocking-call-in-handler)")
        for name in ("json", "sarif", "github", "gitlab", "rdjson", "junit", "checkstyle", "html"):
            run = self.r.nettune("check", "--require-reason", "--format", name)
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn("nettune-nolint-reason", run.stdout, name)


if __name__ == "__main__":
    run_tests(Nolint)
