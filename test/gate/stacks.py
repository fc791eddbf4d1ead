#!/usr/bin/env python3
"""`nettune check --stacks`: what a profile has seen stalling comes first, and only what stalled is said to have.

Usage: test/gate/stacks.py [NAME...]
"""

import json
import re
import unittest

import jsonschema

from repository import BLOCKING_NOTE, ROOT, Repository, run_tests

OTHER = """#include <netdb.h>
#include <fstream>
#include <unistd.h>
#include "messaging.h"
namespace {
struct book {
  void keep(const char *line) {
    std::ofstream file("book");
    file << line;
  }
  void keep_and_wait(const char *line) {
    std::ofstream file(line);
    usleep(1000);
  }
};
}
void wire_others(messaging::messaging_server &server, book &b) {
  server.set_message_handler([&b](auto, auto) { b.keep("x"); b.keep_and_wait("y"); });
  server.set_message_handler([](auto, auto) { sleep(1); });
}
"""
LOOP = "srv;_start;main;messaging::messaging_server::run(int)+0x12"
RESOLVE = f"{LOOP};wire(messaging::messaging_server&, service&)::{{lambda(auto:1, auto:2)#1}}::operator()<int, int>(int, int) const;service::handle(int);save(int) [clone .isra.0];note(int);resolve(char const*) (inlined);getaddrinfo;poll"
HANDLER = f"{LOOP};wire_others::$_0::operator()<int, int> (inlined)"


class Stacks(unittest.TestCase):
    def setUp(self):
        self.r = Repository("stacks." + self._testMethodName)
        self.r.edit("names.cpp", *BLOCKING_NOTE)
        self.r.write("other.cpp", OTHER)
        self.r.edit("main.cpp", "#include", "#include <thread>\n#include")

    def check(self, *lines, words=(), code=1):
        file = self.r.home / "profile.folded"
        file.write_bytes("".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape"))
        run = self.r.nettune("check", f"--stacks={file}", "--format=text", "--format=json=out.json", *words)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run

    def seen(self, *lines):
        """(function or API, samples that stalled, samples with the function) in the order of the report."""
        run = self.check(*lines)
        report = json.loads((self.r.source / "out.json").read_text())
        found = [(f["function"] + ":" + f["api"], f["samplesStalling"], f["samplesOnStack"]) for f in report["findings"]]
        marks = re.findall(r"note: seen stalling in (\d+) of (\d+) samples", run.stdout)
        self.assertEqual(marks, [(str(stalling), str(report["samples"])) for _, stalling, _ in found if stalling], run.stdout)
        return found

    ALL = {"resolve:getaddrinfo", "book::keep:std::ofstream", "book::keep_and_wait:std::ofstream", "book::keep_and_wait:usleep", "wire_others:sleep"}

    def test_what_stalled_comes_first(self):
        found = self.seen(f"{RESOLVE} 7", f"{HANDLER};(anonymous namespace)::book::keep(char const*);std::basic_ofstream<char, std::char_traits<char> >::basic_ofstream(char const*);open64 30",
                          f"{LOOP};epoll_wait 1000")
        self.assertEqual(found[:2], [("book::keep:std::ofstream", 30, 30), ("resolve:getaddrinfo", 7, 7)])
        self.assertEqual({name for name, _, _ in found}, self.ALL)
        self.assertEqual([counts for _, *counts in found[2:]], [[0, 30], [0, 0], [0, 0]])  # the lambda with the sleep was there, and did not sleep

    def test_the_order_stays_where_nothing_was_seen(self):
        self.assertEqual([f[0] for f in self.seen("srv;other 5")], [f[0] for f in self.seen("nothing 1")])

    def test_a_lambda_and_not_the_function_around_it(self):
        found = self.seen("srv;main;wire_others(messaging::messaging_server&);sleep 50", f"{LOOP};wire_others(messaging::messaging_server&)::{{lambda(auto:1, auto:2)#2}}::operator()<int, int>(int, int) const;__sleep 3")
        self.assertEqual(found[0], ("wire_others:sleep", 3, 3))

    def test_the_same_function_on_a_worker(self):
        """Its callers on the loop are on the stacks of others: these are no stalls of it."""
        found = self.seen(f"{RESOLVE} 2", "srv;clone;start_thread;offline();resolve(char const*);getaddrinfo 90")
        self.assertEqual(found[0], ("resolve:getaddrinfo", 2, 92))

    def test_callers_that_are_not_on_any_stack(self):
        """All inlined, and no debug information: then the blocking call alone tells."""
        found = self.seen(f"{LOOP};resolve;__GI_getaddrinfo 4", f"{LOOP};resolve;strlen 1")
        self.assertEqual(found[0], ("resolve:getaddrinfo", 4, 5))

    def test_two_calls_of_one_function(self):
        found = self.seen(f"{HANDLER};book::keep_and_wait(char const*);usleep;nanosleep 9", f"{HANDLER};book::keep_and_wait(char const*);std::basic_ofstream<char>::~basic_ofstream() 2")
        self.assertEqual(found[:2], [("book::keep_and_wait:usleep", 9, 11), ("book::keep_and_wait:std::ofstream", 2, 11)])

    def test_functions_that_are_called_alike(self):
        found = self.seen(f"{HANDLER};my::resolve(char const*);getaddrinfo 9", f"{HANDLER};resolve_all;getaddrinfo 9", f"{HANDLER};book::keep::impl;open 9", "srv;keep 9")
        self.assertEqual(found[0], ("wire_others:sleep", 0, 27))
        self.assertEqual([counts for _, *counts in found[1:]], [[0, 0]] * 4)

    def test_fp_two_lambdas_of_one_function(self):
        """The other one sleeps here: profilers number lambdas, findings do not."""
        found = self.seen(f"{LOOP};wire_others(messaging::messaging_server&)::{{lambda(auto:1, auto:2)#1}}::operator()<int, int>(int, int) const;sleep 3")
        self.assertEqual(found[0], ("wire_others:sleep", 3, 3))

    def test_only_what_is_new_is_shown(self):
        self.r.commit("All")
        self.r.edit("other.cpp", "usleep(1000)", "usleep(2000)")
        run = self.check(f"{RESOLVE} 7", words=("--diff=HEAD",))
        self.assertEqual(self.r.findings(run), ["other.cpp: usleep(2000);"])
        self.assertNotIn("seen stalling", run.stdout)

    def test_other_reports(self):
        self.check(f"{RESOLVE} 7", words=("--format=sarif=out.sarif", "--format=github=out.txt"))
        schema = json.loads((ROOT / "docs/report.schema.json").read_text())
        jsonschema.validate(json.loads((self.r.source / "out.json").read_text()), schema)
        results = json.loads((self.r.source / "out.sarif").read_text())["runs"][0]["results"]
        self.assertEqual(results[0]["properties"], {"samples": 7, "samplesUnit": "samples", "samplesStalling": 7, "samplesOnStack": 7})
        self.assertEqual(results[1]["properties"]["samplesStalling"], 0)
        first = (self.r.source / "out.txt").read_text().splitlines()[0]
        self.assertIn("file=names.cpp", first)
        self.assertIn("seen stalling in 7 of 7 samples", first)

    def test_any_bytes_and_line_ends(self):
        found = self.seen("srv\udcff;\u00e9;;a<b;((;  1\r", "", f"{RESOLVE} 7\r")
        self.assertEqual(found[0], ("resolve:getaddrinfo", 7, 7))

    def test_time_instead_of_samples(self):
        """What off-CPU profilers count; the file does not say it."""
        for unit, count, rest, text in (("us", 2_340_000, 7_660_000, "2.34 s of 10 s"), ("ns", 999, 1, "999 ns of 1 us"), ("ms", 59_999, 1, "60 s of 60 s"),
                                        ("us", 1, 4_199, "1 us of 4.2 ms"), ("ms", 5_000_000, 0, "5000 s of 5000 s")):
            with self.subTest(text):
                run = self.check(f"{RESOLVE} {count}", f"{LOOP};epoll_wait {rest}", words=("--stacks-unit", unit, "--format=sarif=out.sarif"))
                self.assertIn(f"note: seen stalling for {text}\n", run.stdout)
                self.assertNotIn("samples", run.stdout)
                report = json.loads((self.r.source / "out.json").read_text())
                jsonschema.validate(report, json.loads((ROOT / "docs/report.schema.json").read_text()))
                self.assertEqual((report["samplesUnit"], report["findings"][0]["samplesStalling"]), (unit, count))
                results = json.loads((self.r.source / "out.sarif").read_text())["runs"][0]["results"]
                self.assertEqual(results[0]["properties"]["samplesUnit"], unit)
        run = self.r.nettune("check", "--stacks-unit=us")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("--stacks-unit requires --stacks", run.stderr)
        run = self.r.nettune("check", "--stacks=/dev/null", "--stacks-unit=hours")
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("--stacks-unit: hours not in {samples,ns,us,ms}", run.stderr)

    def test_bad_lines(self):
        for line, what in (("main;f", "not 'frame;frame 12'"), ("12", "not 'frame;frame 12'"), ("main;f -3", "not 'frame;frame 12'"), ("main;f 1.5", "not 'frame;frame 12'"),
                           ("a 18446744073709551615", "more samples than can be counted"), ("a 99999999999999999999999", "not 'frame;frame 12'")):
            run = self.check("main;f 1", line, code=2)
            self.assertEqual(run.stderr, f"nettune: {self.r.home}/profile.folded:2: error: {what}\n")
            self.assertEqual(run.stdout, "")
        self.assertIn("profile.folded: error: no samples", self.check(code=2).stderr)
        self.assertIn("profile.folded: error: no samples", self.check("main 0", code=2).stderr)
        run = self.r.nettune("check", "--stacks", "/nonexistent")
        self.assertEqual((run.returncode, run.stderr), (2, "nettune: /nonexistent: error: No such file or directory\n"))
        run = self.r.nettune("check", "--stacks", self.r.home)
        self.assertEqual(run.returncode, 2, run.stderr)

    def test_none_given(self):
        run = self.r.nettune("check", "--format=json")
        self.assertNotIn("samples", run.stdout)


if __name__ == "__main__":
    run_tests(Stacks)
