#!/usr/bin/env python3
"""Names of files, sources and reasons that try to be something else than text: in each format, and in a terminal.

Usage: test/reports/hostile.py [CLASS.TEST...]
"""

import json
import os
import re
import unittest

import jsonschema

from parsers import PARSERS, Page, github_commands, sarif_place, sarif_run
from sample import ROOT, Project, formats, run_tests

NAMES = [
    b"a \"quote\" & 'tick'.cpp",
    b"new\nline.cpp",
    b"tab\tname.cpp",
    b"x<\x2fscript><script>alert(1)<\x2fscript>.cpp",
    b"<img src=x onerror=alert(1)>.cpp",
    b"\x1b[31mred\x1b[0m.cpp",
    b"caf\xe9.cpp",  # Latin-1
    "größe 数据 \N{PARTY POPPER}.cpp".encode(),
    "\N{RIGHT-TO-LEFT OVERRIDE}ppc.cpp".encode(),
    b"::error title=x::y.cpp",
    b"100%25,a:b%0A.cpp",
    b"| cell ` [x](y) *.cpp",
    b"back\\slash.cpp",
]
# In one line: it goes into excerpts, and into nothing that a message says.
CODE = b'addrinfo *found = nullptr; getaddrinfo("</script><script>alert(2)</script>\x1b[2J caf\xe9 \xc4\xfa\xba\xc3 -->", nullptr, nullptr, &found);'


def source(number):
    return (b'#include "messaging.h"\n#include <netdb.h>\n// \x1b]0;title\x07 </script> ::error::x\nvoid wire_%d(messaging::messaging_server &server) {\n'
            b"  server.set_message_handler([](auto, auto) {\n    " % number + CODE + b"\n  });\n}\n")


def shown(name):
    """As JSON and XML hold the name."""
    return "src/" + name.decode("utf-8", "replace")


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = Project("hostile", {name: source(number) for number, name in enumerate(NAMES)})
        cls.summary = cls.project.home / "reports/summary.md"
        cls.summary.write_text("")
        cls.reports = cls.project.check(env={"GITHUB_STEP_SUMMARY": str(cls.summary)})

    def test_each_file_is_reported(self):
        for name in ("json", "sarif", "gitlab", "rdjson", "html"):
            with self.subTest(format=name):
                self.assertEqual(sorted(f.file for f in PARSERS[name](self.reports[name])), sorted(map(shown, NAMES)))

    def test_xml_holds_what_it_can(self):
        for name in ("junit", "checkstyle"):
            with self.subTest(format=name):
                self.assertEqual(sorted(f.file for f in PARSERS[name](self.reports[name])),
                                 sorted(shown(file).replace("\x1b", "\N{REPLACEMENT CHARACTER}") for file in NAMES))

    def test_all_say_the_same(self):
        texts = {f.text for f in PARSERS["json"](self.reports["json"])}
        self.assertEqual(len(texts), 1)
        for name in formats():
            with self.subTest(format=name):
                found = PARSERS[name](self.reports[name])
                self.assertEqual({f.text for f in found}, texts)
                self.assertEqual(len(found), 10 if name == "github" else len(NAMES))

    def test_uris_lead_to_the_files(self):
        for result in sarif_run(self.reports["sarif"])["results"]:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            self.assertRegex(uri, r"\A[A-Za-z0-9/._~%-]+\Z")
            path = re.sub(rb"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), uri.encode())
            self.assertTrue(os.path.exists(os.path.join(os.fsencode(self.project.home), path)), uri)

    def test_json_is_of_its_schema(self):
        jsonschema.validate(json.loads(self.reports["json"]), json.loads((ROOT / "docs/report.schema.json").read_text()))

    def test_text_does_not_command_the_terminal(self):
        for name in ("text", "errors"):
            controls = {c for c in self.reports[name].decode("utf-8") if (ord(c) < 32 and c not in "\n\t") or 0x7f <= ord(c) < 0xa0 or c == "\u202e"}
            self.assertEqual(controls, set(), name)
        text = self.reports["text"].decode()
        self.assertIn("src/new<U+000A>line.cpp:6:", text)
        self.assertIn("src/<U+001B>[31mred<U+001B>[0m.cpp:6:", text)
        self.assertIn("src/caf<E9>.cpp:6:", text)
        self.assertIn("src/<U+202E>ppc.cpp:6:", text)
        self.assertIn("größe 数据 \N{PARTY POPPER}.cpp:6:", text)
        self.assertIn("<U+001B>[2J caf<E9> <C4><FA><BA><C3> -->", text, "the line of source")

    def test_text_does_not_command_the_runner(self):
        run = self.project.nettune("check", cwd=self.project.source)
        self.assertIn("\n./::error title=x::y.cpp:6:", run.stdout.decode())
        self.assertEqual([line for line in run.stdout.decode().splitlines() if line.lstrip().startswith(("::", "##["))], [])

    def test_a_lost_file_does_not_command_the_terminal(self):
        project = Project("lost", {b"\x1b[31mlost.cpp": source(0)})
        os.symlink("nowhere", project.path(b"\x1b[2Jgone.cpp"))
        run = project.nettune("check")
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertIn(b"<U+001B>[2Jgone.cpp: error: could not be analysed", run.stderr)
        self.assertNotIn(b"\x1b", run.stderr + run.stdout)

    def test_workflow_commands_are_commands(self):
        commands = list(github_commands(self.reports["github"]))
        self.assertEqual([command for command, _, _ in commands], ["warning"] * 10 + ["notice"])
        self.assertEqual({tuple(properties) for command, properties, _ in commands if command == "warning"},
                         {("file", "line", "endLine", "col", "endColumn", "title")})
        files = {properties["file"] for _, properties, _ in commands[:10]}
        self.assertLessEqual(files, set(map(shown, NAMES)))
        self.assertNotIn(b"\x1b", re.sub(rb"file=[^\n]*?,line=", b"", self.reports["github"]))

    def test_summary_is_a_table(self):
        text = self.summary.read_text()
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        self.assertEqual(len(rows), len(NAMES) + 1)
        for row in rows:
            self.assertEqual(row.count("|"), 4, row)
            self.assertNotRegex(row, r"<(?!/?a\b)|`|\]\(")

    def test_page_is_text(self):
        page = Page(self.reports["html"])
        self.assertEqual(len(page.scripts), 2, "the data and the page's own")
        self.assertNotIn("img", page.tags)
        self.assertEqual([name for _, name, _ in page.attributes if name.startswith("on")], [])
        excerpts = [text for lines in page.data["code"].values() for text in lines.values()]
        self.assertIn("    " + CODE.decode("utf-8", "replace"), excerpts)
        self.assertNotIn(b"\x1b", self.reports["html"])

    def test_region_is_within_the_line(self):
        """Behind bytes that are no UTF-8, too."""
        for result in sarif_run(self.reports["sarif"])["results"]:
            line, column, end_line, end = sarif_place(result["locations"][0])[1]
            self.assertEqual((line, end_line, end - column), (6, 6, len("getaddrinfo")))
            self.assertEqual(column, 5 + CODE.index(b"getaddrinfo"))


if __name__ == "__main__":
    run_tests("__main__")
