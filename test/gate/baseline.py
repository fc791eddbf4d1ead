#!/usr/bin/env python3
"""What a project lives with: `nettune baseline` and `nettune check` with one, over changes of the code.

Usage: test/gate/baseline.py [NAME...]
"""

import json
import unittest

from repository import BLOCKING_NOTE, Repository, run_tests

SITE = "names.cpp: getaddrinfo(host, nullptr, nullptr, &found);"


class Baseline(unittest.TestCase):
    def setUp(self):
        self.r = Repository("baseline_" + self._testMethodName)
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.file = self.r.source / ".nettune-baseline.json"

    def run_command(self, *words, ends=0, env=None):
        run = self.r.nettune(*words, env=env)
        self.assertEqual(run.returncode, ends, run.stdout + run.stderr)
        return run

    def check(self, *found, words=(), ends=None, env=None):
        run = self.run_command("check", *words, ends=(1 if found else 0) if ends is None else ends, env=env)
        self.assertEqual(self.r.findings(run), list(found), run.stdout + run.stderr)
        return run

    def entries(self):
        return json.loads(self.file.read_text())["accepted"]

    def create(self):
        self.run_command("baseline", "create", "--reason", "names are asked for at start-up only")

    def test_create_and_check(self):
        self.check(SITE)
        run = self.run_command("baseline", "create")
        self.assertIn("1 entry", run.stderr)
        (entry,) = self.entries()
        self.assertEqual({**entry, "fingerprint": ""}, {
            "fingerprint": "", "check": "nettune-blocking-call-in-handler", "file": "names.cpp", "function": "resolve",
            "text": "'getaddrinfo' blocks the event loop: called from the handler given to 'messaging::messaging_server::set_message_handler'; "
                    "use an asynchronous resolver",
            "reason": "accepted when nettune was introduced"})
        self.check()
        self.check(SITE, words=("--no-baseline",))
        self.check(SITE, words=("--fail-on", "any"))
        self.run_command("baseline", "check")

    def test_fail_on_none(self):
        run = self.run_command("check", "--fail-on", "none")
        self.assertEqual(self.r.findings(run), [SITE])

    def test_it_is_not_overwritten(self):
        self.create()
        before = self.file.read_text()
        self.r.edit("tool.cpp", "a.example", "b.example")
        for words in ([], [str(self.file)]):
            run = self.run_command("baseline", "create", *words, ends=2)
            self.assertRegex(run.stderr, r"^nettune: .*/\.nettune-baseline\.json: error: is there already; .*\n$")
            self.assertEqual(self.file.read_text(), before)
        self.assertIn("1 file out of date", self.run_command("check", "--timings").stderr, "it was analysed for nothing")
        self.run_command("baseline", "create", "--force")
        self.assertIn("when nettune was introduced", self.file.read_text())

    def test_what_is_wrong_is_said_before_anything_is_analysed(self):
        for command in (["create"], ["create", "--force"], ["update"], ["update", "--add", "--reason", "x"]):
            run = self.run_command("baseline", *command, "/proc/no/such/file.json", ends=2)
            self.assertRegex(run.stderr, r"^nettune: .*/proc/no/such/file.json.*: No such file or directory\n$")
        for command in ("update", "check"):
            self.file.write_text("[")
            self.assertRegex(self.run_command("baseline", command, ends=2).stderr, r"^nettune: .*baseline\.json:1:2: error: .*\n$")
        self.assertFalse((self.r.build / ".cache").exists())

    def test_one_that_is_a_link(self):
        shared = self.r.home / "shared.json"
        self.file.symlink_to(shared)
        self.create()
        self.assertTrue(self.file.is_symlink())
        self.assertEqual(len(json.loads(shared.read_text())["accepted"]), 1)
        self.r.edit("names.cpp", 'resolve("names.example");', "return;")
        self.run_command("baseline", "update")
        self.assertEqual((self.file.is_symlink(), self.entries()), (True, []))

    def test_survives_moves(self):
        self.create()
        self.r.commit("Baseline")
        before = self.file.read_text()
        self.r.edit("names.cpp", "#include <netdb.h>\n", "#include <netdb.h>\n\n// more\n// lines\n")
        self.r.edit("names.cpp", "getaddrinfo(host, nullptr, nullptr, &found)", "getaddrinfo(host, nullptr,\n              nullptr, // all\n              &found)")
        (self.r.source / "net").mkdir()
        self.r.git("mv", "names.cpp", "net/names.cpp")
        self.check()
        run = self.run_command("baseline", "update")
        self.assertEqual(run.stdout, "")
        self.assertEqual(self.file.read_text(), before.replace('"names.cpp"', '"net/names.cpp"'))

    def test_new_findings_are_not_accepted(self):
        self.create()
        self.r.edit("store.cpp", "  if (order > 0)", "  usleep(500000);\n  if (order > 0)")
        self.r.edit("store.cpp", "#include", "#include <unistd.h>\n#include")
        self.check("store.cpp: usleep(500000);")
        self.run_command("baseline", "update")
        self.assertEqual(len(self.entries()), 1)
        self.check("store.cpp: usleep(500000);")
        run = self.run_command("baseline", "update", "--add", "--reason", "a test")
        self.assertIn("store.cpp: added: 'usleep' blocks", run.stdout)
        self.check()
        self.assertEqual(sorted(e["reason"] for e in self.entries()), ["a test", "names are asked for at start-up only"])

    def test_repaired_is_stale(self):
        self.create()
        self.r.edit("names.cpp", 'resolve("names.example");', "return;")
        run = self.check()
        self.assertIn("baseline: stale, 'nettune baseline update' removes it: names.cpp: 'getaddrinfo' blocks", run.stderr)
        run = self.run_command("baseline", "check", ends=1)
        self.assertIn("names.cpp: stale, it is repaired: 'getaddrinfo' blocks", run.stdout)
        run = self.run_command("baseline", "update")
        self.assertIn("names.cpp: removed, it is repaired", run.stdout)
        self.assertEqual(self.entries(), [])
        self.run_command("baseline", "check")

    def test_reasons_and_days(self):
        self.create()
        data = json.loads(self.file.read_text())
        data["accepted"][0].update(reason=" ", expires="2027-01-31")
        self.file.write_text(json.dumps(data))
        self.assertIn("has no reason", self.run_command("baseline", "check", ends=1).stdout)
        self.check(env={"SOURCE_DATE_EPOCH": "1801400000"})  # in the evening of that day
        run = self.check(SITE, env={"SOURCE_DATE_EPOCH": "1801440000"})
        self.assertIn("expired on 2027-01-31", run.stderr)
        self.assertIn("expired on 2027-01-31", self.run_command("baseline", "check", ends=1, env={"SOURCE_DATE_EPOCH": "1801440000"}).stdout)
        self.run_command("baseline", "update", env={"SOURCE_DATE_EPOCH": "1801440000"})
        self.assertEqual(self.entries()[0]["expires"], "2027-01-31")

    def test_a_day_that_is_over_counts_with_a_base(self):
        self.create()
        data = json.loads(self.file.read_text())
        data["accepted"][0]["expires"] = "2027-01-31"
        self.file.write_text(json.dumps(data))
        self.r.commit("Block")
        self.r.edit("tool.cpp", "a.example", "b.example")
        self.check(words=("--diff=HEAD",), env={"SOURCE_DATE_EPOCH": "1801400000"})
        self.check(SITE, words=("--diff=HEAD",), env={"SOURCE_DATE_EPOCH": "1801440000"})

    def test_incomplete_analysis_keeps_entries(self):
        self.create()
        before = self.file.read_text()
        self.r.edit("names.cpp", "#include <netdb.h>", "#include <no_such_header.h>")
        run = self.run_command("baseline", "update", ends=3)
        self.assertIn("the analysis is not complete", run.stderr)
        self.assertEqual(self.file.read_text(), before)
        self.assertNotIn("stale", self.run_command("check", ends=3).stderr)

    def test_not_written(self):
        self.create()
        target = self.r.home / "file"
        target.write_text("")
        run = self.run_command("baseline", "create", str(target / "baseline.json"), ends=2)
        self.assertIn("Not a directory", run.stderr)

    def wrong(self, text, said):
        self.file.write_text(text)
        for command in (("check",), ("baseline", "check"), ("baseline", "update")):
            run = self.run_command(*command, ends=2)
            self.assertIn(said, run.stderr)
            self.assertEqual(run.stdout, "")
        self.assertEqual(self.file.read_text(), text)

    def test_damaged(self):
        self.create()
        good = self.file.read_text()
        self.wrong("", "baseline.json:1:1: error: it is empty; 'nettune baseline create' writes one")
        self.wrong("{", "baseline.json:1:")
        self.wrong("[]", "baseline.json:1:1: error: no baseline")
        self.wrong(good.replace('"version": 1', '"version": 7'), "baseline.json:2:14: error: a baseline of version 7; this nettune reads version 1")
        self.wrong(good.replace('"reason"', '"raeson"'), 'error: unknown field "raeson"')
        self.wrong(good.replace('"check": "nettune-blocking-call-in-handler",', ""), 'error: the entry has no "check"')
        self.wrong(good.replace('"reason": "', '"expires": "2027-02-30", "reason": "'), "'2027-02-30' is no date such as 2027-01-31")
        entry = json.loads(good)["accepted"][0]
        self.wrong(json.dumps({"version": 1, "accepted": [entry, entry]}), "is here twice")
        self.wrong(good.replace(entry["fingerprint"], "xyz"), "a fingerprint has 16 hexadecimal digits")
        self.file.write_text("\n\n" + good)  # edited by hand, and right
        self.check()

    def test_named_file(self):
        other = self.r.home / "accepted.json"
        self.run_command("baseline", "create", str(other))
        self.assertFalse(self.file.exists())
        self.check(words=("--baseline", str(other)))
        self.check(SITE)
        run = self.run_command("check", "--baseline", str(self.r.home / "none.json"), ends=2)
        self.assertIn("none.json: error: No such file or directory", run.stderr)

    def test_options_of_the_program(self):
        build, source = self.r.build, self.r.source
        programs = self.r.home / "programs.json"
        programs.write_text(json.dumps({"server": [f.name for f in source.glob("*.cpp")], "tool": ["tool.cpp", "names.cpp"]}))
        for run in (self.r.run("baseline", "create", "--build", build, "--root", source, "-j", "2", "--no-link-info"),
                    self.r.run("baseline", "create", "-p", build, "--root", source, "--force", "--programs", programs),
                    self.r.run("baseline", "update", "-p", build, "--root", source, "--jobs", "2", "--no-link-info"),
                    self.r.run("baseline", "update", "-p", build, "--root", source, "--programs", programs),
                    self.r.run("baseline", "check", "-p", build, "--root", source, "-j", "1", "--no-link-info"),
                    self.r.run("baseline", "check", "-p", build, "--root", source, "--programs", programs)):
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(len(self.entries()), 1)
        run = self.r.run("baseline", "update", "-p", build, "--root", source, "--add")
        self.assertEqual(run.returncode, 2)
        self.assertIn("--add requires --reason", run.stderr)

    def test_with_diff(self):
        self.create()
        self.r.commit("Block")
        self.r.edit("service.cpp", "{ save(order); }", "{\n  save(order);\n  report(order);\n}")
        self.check("service.cpp: report(order);", words=("--diff=HEAD",))


if __name__ == "__main__":
    run_tests(Baseline)
