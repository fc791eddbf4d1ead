"""Proves that nettune_check.py fails where it must: each test is one way for a check to be wrong."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNNER = HERE.parent.parent / "nettune_check.py"
WARNING = "FILE:1:5: warning: 'f' blocks [nettune-x]"
NOTE = "FILE:1:5: note: 'main' calls 'f' here"
SOURCE = """f();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'f' blocks [nettune-x]
"""
WITH_NOTE = SOURCE + "// CHECK-NOTES: :1:5: note: 'main' calls 'f' here\n"


class RunnerTest(unittest.TestCase):
    def run_test(self, source, output=(), arguments=(), **plan):
        with tempfile.TemporaryDirectory() as scratch:
            test = Path(scratch) / "t.cpp"
            test.write_text(source, encoding="utf-8")
            plan_file = Path(scratch) / "plan.json"
            plan_file.write_text(json.dumps({"output": list(output), **plan}), encoding="utf-8")
            done = subprocess.run(
                [sys.executable, str(RUNNER), f"--clang-tidy={HERE / 'fake_clang_tidy.py'}", str(test), "nettune-x",
                 *arguments],
                env={**os.environ, "FAKE_PLAN": str(plan_file)}, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def accepts(self, *args, **plan):
        code, output = self.run_test(*args, **plan)
        self.assertEqual((code, output), (0, ""))

    def rejects(self, why, *args, **plan):
        code, output = self.run_test(*args, **plan)
        self.assertEqual(code, 1)
        self.assertIn(why, output)

    def test_agreement(self):
        self.accepts(SOURCE, [WARNING])
        self.accepts(WITH_NOTE, [WARNING, "    1 | f();", "      |     ^", NOTE])
        self.accepts("f();\n", [])

    def test_regular_expression(self):
        self.accepts("// CHECK-MESSAGES: :{{[0-9]+}}:5: warning: {{.*}}blocks [nettune-x]\n", [WARNING])
        self.rejects("missing: ", "// CHECK-MESSAGES: :1:{{[6-9]}}: warning: 'f' blocks [nettune-x]\n", [WARNING])

    def test_notes_unchecked_where_none_is_expected(self):
        self.accepts(SOURCE, [WARNING, NOTE])

    def test_missing_message(self):
        self.rejects("2: missing: ", SOURCE, [])

    def test_unexpected_message(self):
        self.rejects("7: unexpected: :7:1: warning: g", SOURCE, [WARNING, "FILE:7:1: warning: g [nettune-x]"])
        self.rejects("1: unexpected: ", "f();\n", [WARNING])

    def test_the_same_message_twice_needs_two_expectations(self):
        self.rejects("1: unexpected: ", SOURCE, [WARNING, WARNING])

    def test_wrong_place(self):
        self.rejects("2: missing: ", SOURCE, [WARNING.replace("1:5", "2:5")])
        self.rejects("2: missing: ", SOURCE, [WARNING.replace("1:5", "1:6")])
        self.rejects("2: missing: ", SOURCE, [WARNING.replace("FILE", "/other.h")])

    def test_other_file(self):
        header = "// CHECK-MESSAGES: s.h:1:5: warning: 'f' blocks [nettune-x]\n"
        self.accepts(header, [WARNING.replace("FILE", "/a/s.h")])
        self.rejects("missing: ", header, [WARNING])

    def test_message_stands_whole(self):
        self.rejects("missing: ", SOURCE, [WARNING.replace("blocks", "blocks the loop")])
        self.rejects("missing: ", SOURCE, [WARNING.replace("nettune-x", "nettune-y")])

    def test_wrong_note(self):
        self.rejects("note differs", WITH_NOTE, [WARNING, NOTE.replace("main", "run")])

    def test_missing_note(self):
        self.rejects("3: missing note: ", WITH_NOTE, [WARNING])

    def test_unexpected_note(self):
        self.rejects("unexpected note: ", WITH_NOTE, [WARNING, NOTE, "FILE:9:9: note: guide: x"])

    def test_notes_in_order(self):
        two = WITH_NOTE + "// CHECK-NOTES: :2:1: note: second\n"
        self.accepts(two, [WARNING, NOTE, "FILE:2:1: note: second"])
        self.rejects("note differs", two, [WARNING, "FILE:2:1: note: second", NOTE])

    def test_compile_error(self):
        self.rejects("unexpected: ", "f();\n", ["FILE:1:1: error: unknown type [clang-diagnostic-error]"], exit=1)
        self.accepts("// CHECK-MESSAGES: :1:1: error: unknown type [clang-diagnostic-error]\n",
                     ["FILE:1:1: error: unknown type [clang-diagnostic-error]"], exit=1)

    def test_error_without_a_place(self):
        self.rejects("unexpected: ", "f();\n", ["error: bad option [clang-tidy-config]"], exit=1)

    def test_silent_failure(self):
        self.rejects("ended with 1 and no error", "f();\n", [], exit=1)
        self.rejects("ended with 2", "f();\n", [], exit=2)

    def test_plugin_not_loaded(self):
        self.rejects("the plugin is not loaded", "f();\n", [], checks=["nettune-y"])

    def test_misspelled_directive(self):
        self.rejects("not a directive", "// CHECK MESSAGES: :1:1: warning: x\n", [])
        self.rejects("unknown directive", "// CHECK-MESSAGE: :1:1: warning: x\n", [])
        self.rejects("takes a note", SOURCE + "// CHECK-NOTES: :1:1: warning: x\n", [WARNING])
        self.rejects("before any", "// CHECK-NOTES: :1:1: note: x\n", [])

    def test_suffixes(self):
        source = "// RUN: %nettune_check %s nettune-x -check-suffix=LOW\n" + \
            "// CHECK-MESSAGES-LOW: :1:5: warning: 'f' blocks [nettune-x]\n"
        self.accepts(source, [WARNING], ["-check-suffix=LOW"])
        self.accepts(source, [])
        self.rejects("missing: ", source, [], ["-check-suffix=LOW"])
        self.rejects("unexpected: ", source, [WARNING])
        self.rejects("no RUN line", source.replace("MESSAGES-LOW", "MESSAGES-LO"), [WARNING])

    def test_fixes(self):
        source = SOURCE + "// CHECK-FIXES: g();\n"
        self.accepts(source, [WARNING], fix=["f();", "g();"])
        self.rejects("missing in the repaired file", source, [WARNING], fix=["f();", "h();"])
        self.rejects("a fix is offered", SOURCE, [WARNING], fix=["f();", "g();"])
        self.accepts(SOURCE, [WARNING], fix=["f();", "g();"], fixer="clang-diagnostic-error")


if __name__ == "__main__":
    unittest.main()
