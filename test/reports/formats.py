#!/usr/bin/env python3
"""What each format of `nettune check --format` says of one project: the findings of the text, and what the format adds.

Usage: test/reports/formats.py [CLASS.TEST...]
"""

import json
import re
import unittest
import xml.etree.ElementTree as ElementTree

import jsonschema

from parsers import PARSERS, Page, from_text, github_commands, sarif_place, sarif_run
from sample import ROOT, SERVER, Project, formats, run_tests

SITE = "src/names.cpp"
PATH = [("src/main.cpp", 4), ("src/main.cpp", 4), ("src/greet.cpp", 4)]
FIXABLE = "nettune-unclamped-hardware-concurrency"
GUIDE = "https://guide.example/docs/GUIDE.md"
REASON = "a <b>reason</b>\nof two lines"


class OneProject(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = Project("formats", SERVER)
        cls.summary = cls.project.home / "reports/summary.md"
        cls.summary.write_text("what the step wrote before\n")
        cls.reports = cls.project.check(env={"GITHUB_STEP_SUMMARY": str(cls.summary)})
        cls.findings = from_text(cls.reports["text"])
        cls.own = json.loads(cls.reports["json"])

    def the(self, found, **wanted):
        (one,) = (f for f in found if all(f[name] == value for name, value in wanted.items()))
        return one

    def test_each_format_has_a_parser(self):
        self.assertEqual(sorted(formats()), sorted(PARSERS))

    def test_each_format_says_what_the_text_says(self):
        self.assertGreater(len(self.findings), 6)
        self.assertIn(SITE, {f.file for f in self.findings})
        self.assertIn(FIXABLE, {f.check for f in self.findings})
        for name in formats():
            with self.subTest(format=name):
                self.assertEqual(PARSERS[name](self.reports[name]), self.findings)

    def test_reports_are_the_same_each_time(self):
        again = self.project.check()
        for name in formats():
            self.assertEqual(again[name], self.reports[name], name)

    def test_one_format_on_the_standard_output(self):
        run = self.project.nettune("check", "--format", "checkstyle")
        self.assertEqual(run.stdout, self.reports["checkstyle"])
        self.assertEqual(run.returncode, 1)

    def test_json_is_of_its_schema(self):
        schema = json.loads((ROOT / "docs/report.schema.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.validate(self.own, schema, jsonschema.Draft7Validator)
        del self.own["findings"][0]["fingerprint"]
        self.assertTrue(list(jsonschema.Draft7Validator(schema).iter_errors(self.own)), "the schema takes anything")
        type(self).own = json.loads(self.reports["json"])

    def test_json_tells_the_path(self):
        finding = self.the(self.own["findings"], file=SITE)
        self.assertEqual([(hop["file"], hop["line"]) for hop in finding["path"]], PATH)
        self.assertEqual(finding["function"], "resolve")
        self.assertEqual(finding["api"], "getaddrinfo")
        self.assertEqual(finding["state"], "new")
        self.assertRegex(finding["fingerprint"], "^[0-9a-f]{16}$")
        self.assertEqual(len({f["fingerprint"] for f in self.own["findings"]}), len(self.findings))

    def test_sarif_results(self):
        run = sarif_run(self.reports["sarif"])
        self.assertEqual(run["columnKind"], "utf16CodeUnits")
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            own = self.the(self.own["findings"], fingerprint=result["partialFingerprints"]["nettune/v1"])
            self.assertEqual(own["message"], result["message"]["text"])
            self.assertEqual(result["partialFingerprints"]["primaryLocationLineHash"], own["fingerprint"] + ":1")
            hops = len(own["path"])
            flows = result.get("codeFlows", [])
            self.assertEqual(len(flows), 1 if hops else 0)
            if hops:
                steps = [step["location"] for step in flows[0]["threadFlows"][0]["locations"]]
                self.assertEqual([step["message"]["text"] for step in steps], [hop["message"] for hop in own["path"]] + [own["message"]])
                self.assertEqual([sarif_place(step)[0] for step in steps], [hop["file"] for hop in own["path"]] + [own["file"]])
            self.assertEqual(result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"], "%SRCROOT%")
            self.assertEqual([r["message"]["text"] for r in result.get("relatedLocations", [])],
                             [n["message"] for n in own["notes"][hops:]], "what is no step of the path")

    def test_sarif_region_counts_in_utf16(self):
        (result,) = (r for r in sarif_run(self.reports["sarif"])["results"] if sarif_place(r["locations"][0])[0] == SITE)
        line = SERVER["names.cpp"].splitlines()[5]
        before = len(line[:line.index("getaddrinfo")].encode("utf-16-le")) // 2
        self.assertEqual(sarif_place(result["locations"][0])[1], (6, before + 1, 6, before + 1 + len("getaddrinfo")))
        self.assertNotEqual(before, len(line[:line.index("getaddrinfo")]), "the line has no character of two units")
        self.assertEqual(result["locations"][0]["logicalLocations"], [{"fullyQualifiedName": "resolve", "kind": "function"}])

    def test_sarif_rules_hold_the_guide(self):
        for rule in sarif_run(self.reports["sarif"])["tool"]["driver"]["rules"]:
            self.assertIn("### Symptom", rule["help"]["markdown"], rule["id"])
            self.assertNotIn("<!--", rule["help"]["markdown"])
            prose = re.sub(r"```.*?```", "", rule["help"]["markdown"], flags=re.DOTALL)
            self.assertEqual(re.findall(r"\]\((?!https?:)[^)]*", prose), [], "links that lead nowhere")
            self.assertTrue(rule["shortDescription"]["text"].startswith("Finds "))

    def applied(self, text, first, last, inserted):
        """The text with what stands between two places replaced; places are (line, column) in characters."""
        lines = text.splitlines(keepends=True)
        begin, end = (sum(map(len, lines[:line - 1])) + column - 1 for line, column in (first, last))
        return text[:begin] + inserted + text[end:]

    def test_fixes_are_those_of_fix(self):
        (result,) = (r for r in sarif_run(self.reports["sarif"])["results"] if r["ruleId"] == FIXABLE)
        (change,) = result["fixes"][0]["artifactChanges"]
        text = SERVER["pool.cpp"]
        for replacement in reversed(change["replacements"]):
            region = replacement["deletedRegion"]
            text = self.applied(text, (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"]),
                                replacement.get("insertedContent", {"text": ""})["text"])
        self.assertIn("std::max(", text)
        self.assertNotEqual(text, SERVER["pool.cpp"])
        (diagnostic,) = (d for d in json.loads(self.reports["rdjson"])["diagnostics"] if d["code"]["value"] == FIXABLE)
        (suggestion,) = diagnostic["suggestions"]
        first, last = ((suggestion["range"][name]["line"], suggestion["range"][name]["column"]) for name in ("start", "end"))
        self.assertEqual(self.applied(SERVER["pool.cpp"], first, last, suggestion["text"]), text)

    def test_github(self):
        commands = list(github_commands(self.reports["github"]))
        self.assertLessEqual(len(commands), 10)
        (properties, message), = ((p, m) for _, p, m in commands if p["file"] == SITE)
        self.assertIn("\nsrc/main.cpp:4: ", message)
        self.assertEqual(properties["endLine"], "6")
        summary = self.summary.read_text()
        self.assertTrue(summary.startswith("what the step wrote before\n### nettune: "), summary[:200])
        rows = re.findall(r"^\| (?!where|---)", summary, re.MULTILINE)
        self.assertEqual(len(rows), len(self.findings))

    def test_github_summary_is_kept_short(self):
        self.summary.write_text("x" * (1024 * 1024 - 5000))
        self.project.check(env={"GITHUB_STEP_SUMMARY": str(self.summary)})
        text = self.summary.read_text()
        self.assertLess(len(text.encode()), 1024 * 1024)
        self.assertRegex(text, r"\n\d more do not fit here")

    def test_github_summary_links_to_the_commit(self):
        self.summary.write_text("")
        self.project.check(env={"GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_SERVER_URL": "https://git.example",
                                "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "0123"})
        self.assertIn('<a href="https://git.example/a/b/blob/0123/src/names.cpp#L6">', self.summary.read_text())

    def test_github_summary_that_cannot_be_written(self):
        run = self.project.nettune("check", "--format", "github", env={"GITHUB_STEP_SUMMARY": "/nonexistent/summary.md"})
        self.assertEqual(run.returncode, 2)
        self.assertEqual(run.stderr, b"nettune: /nonexistent/summary.md: error: No such file or directory\n")
        self.assertEqual(run.stdout, self.reports["github"], "what could be written is")

    def test_junit_counts(self):
        suite = ElementTree.fromstring(self.reports["junit"]).find("testsuite")
        cases = suite.findall("testcase")
        self.assertEqual(int(suite.get("tests")), len(cases))
        self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
        self.assertEqual((suite.get("errors"), suite.get("skipped")), ("0", "0"))
        self.assertEqual(len({(c.get("classname"), c.get("name")) for c in cases}), len(cases))
        self.assertTrue(all(not re.search(r":\d+", c.get("name").replace("::", "")) for c in cases), "a name holds a line, which moves")

    def test_gitlab_fingerprints_differ(self):
        found = json.loads(self.reports["gitlab"])
        self.assertEqual(len({f["fingerprint"] for f in found}), len(found))
        self.assertEqual({f["severity"] for f in found}, {"major"})

    def test_page_needs_nothing(self):
        page = Page(self.reports["html"])
        outside = [(tag, name, value) for tag, name, value in page.attributes if name in ("src", "srcset", "action", "data", "poster") or
                   tag == "link"]
        self.assertEqual(outside, [])
        self.assertNotRegex(self.reports["html"].decode(), r"@import|url\(")
        self.assertIn("What the guide says", page.text)
        code = page.data["code"][SITE]
        self.assertEqual(code["6"], SERVER["names.cpp"].splitlines()[5])
        self.assertEqual(sorted(map(int, code)), list(range(3, 8)), "three lines around, within the file")


class States(unittest.TestCase):
    """Of what is there before a change, accepted before it, and new."""

    @classmethod
    def setUpClass(cls):
        sources = {name: text for name, text in SERVER.items() if name not in ("chat.cpp", "pool.cpp")}
        sources["main.cpp"] += "void wait(messaging::messaging_server &server) {\n  server.set_message_handler([](auto, auto) { wait_here(); });\n}\n"
        sources["names.h"] += "void wait_here();\n"
        sources["wait.cpp"] = '#include "names.h"\n#include <unistd.h>\nvoid wait_here() { sleep(1); }\n'
        greet = sources.pop("greet.cpp")
        cls.project = Project("states", sources)
        (cls.project.home / ".clang-tidy").write_text("CheckOptions: {nettune.GuideUrl: '%s'}\n" % GUIDE)
        created = cls.project.nettune("baseline", "create", "--reason", REASON)
        assert created.returncode == 0, created.stderr
        cls.project.write("greet.cpp", greet)
        cls.project.commit()
        cls.project.write("greet.cpp", greet.replace('"names.h"', '"names.h"\n#include <cstdlib>').replace("resolve(", 'system("true");\n    resolve('))
        cls.reports = cls.project.check("--diff=HEAD")

    def test_states(self):
        states = {f["file"]: (f["state"], f.get("reason")) for f in json.loads(self.reports["json"])["findings"]}
        self.assertEqual(states, {"src/wait.cpp": ("accepted", REASON), "src/names.cpp": ("unchanged", None), "src/greet.cpp": ("new", None)})

    def test_reports_without_states_hold_what_is_new(self):
        new = from_text(self.reports["text"])
        self.assertEqual([f.file for f in new], ["src/greet.cpp"])
        for name in ("github", "rdjson", "junit", "checkstyle"):
            with self.subTest(format=name):
                self.assertEqual(PARSERS[name](self.reports[name]), new)
        self.assertEqual([f.file for f in PARSERS["gitlab"](self.reports["gitlab"])], ["src/greet.cpp", "src/names.cpp"])  # GitLab compares

    def test_reports_with_states_hold_all(self):
        every = PARSERS["json"](self.reports["json"])
        for name in ("sarif", "html"):
            self.assertEqual(PARSERS[name](self.reports[name]), every)
        for result in sarif_run(self.reports["sarif"])["results"]:
            file = sarif_place(result["locations"][0])[0]
            self.assertEqual(result["suppressions"], [{"kind": "external", "justification": REASON}] if file == "src/wait.cpp" else [])
            self.assertEqual(result["baselineState"], "new" if file == "src/greet.cpp" else "unchanged")
        skipped = ElementTree.fromstring(self.reports["junit"]).findall(".//skipped")
        self.assertEqual({s.get("message") for s in skipped}, {"was there before", f"accepted: {REASON}"})

    def test_links_lead_to_the_guide(self):
        link = GUIDE + "#blocking-call-in-handler"
        driver = sarif_run(self.reports["sarif"])["tool"]["driver"]
        self.assertEqual(driver["informationUri"], GUIDE)
        self.assertEqual(driver["rules"][0]["helpUri"], link)
        self.assertTrue(driver["rules"][0]["help"]["markdown"].startswith(f"[The guide]({link})\n\n## "))
        self.assertIn("](https://guide.example/docs/checks/blocking-call-in-handler.md)", driver["rules"][0]["help"]["markdown"])
        self.assertEqual(json.loads(self.reports["rdjson"])["diagnostics"][0]["code"]["url"], link)
        self.assertIn(f"guide: {link}", list(github_commands(self.reports["github"]))[0][2])

    def test_fail_on_any_shows_all(self):
        reports = self.project.check("--diff=HEAD", "--fail-on", "any")
        for name in formats():
            with self.subTest(format=name):
                self.assertEqual(PARSERS[name](reports[name]), PARSERS["json"](reports["json"]))


class Incomplete(unittest.TestCase):
    """A file that does not compile."""

    def test_reports_tell(self):
        project = Project("incomplete", {**{n: t for n, t in SERVER.items() if n != "chat.cpp"}, "broken.cpp": "int x = ;\n"})
        reports = project.check()
        own = json.loads(reports["json"])
        self.assertEqual((own["complete"], own["withErrors"], own["notAnalysed"]), (False, ["src/broken.cpp"], []))
        (invocation,) = sarif_run(reports["sarif"])["invocations"]
        self.assertFalse(invocation["executionSuccessful"])
        (notification,) = invocation["toolExecutionNotifications"]
        self.assertEqual(notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "src/broken.cpp")
        self.assertIn("src/broken.cpp has errors", Page(reports["html"]).text)
        self.assertEqual(PARSERS["sarif"](reports["sarif"]), from_text(reports["text"]))


if __name__ == "__main__":
    run_tests("__main__")
