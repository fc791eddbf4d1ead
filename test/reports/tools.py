#!/usr/bin/env python3
"""What others' tools say of the reports: the OASIS schema of SARIF and Microsoft's validator, the validator of reviewdog's format.

Needs the network once, for packages of npm. Usage: test/reports/tools.py [CLASS.TEST...]
"""

import json
import re
import subprocess
import unittest

import jsonschema

from formats import SERVER
from hostile import NAMES, source
from npm import installed
from sample import Project, run_tests

# Of a tool whose guide is not on the web: it has no address.
EXPECTED = {"SARIF2005"}


class Tools(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packages = installed()
        plain, hostile = Project("tools", SERVER), Project("tools_hostile", {name: source(number) for number, name in enumerate(NAMES)})
        incomplete = Project("tools_incomplete", {"broken.cpp": "int x = ;\n", "main.cpp": SERVER["main.cpp"], "names.h": SERVER["names.h"]})
        (plain.home / ".clang-tidy").write_text("CheckOptions: {nettune.GuideUrl: 'https://guide.example/GUIDE.md'}\n")
        plain.check(), hostile.check(), incomplete.check()
        cls.projects = (plain, hostile, incomplete)

    def schema_errors(self, report):
        schema = json.loads((self.packages / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text())
        return [error.message for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(report)]

    def test_sarif_is_of_the_schema(self):
        for project in self.projects:
            report = json.loads((project.reports / "sarif").read_bytes())
            self.assertEqual(self.schema_errors(report), [])
        report["runs"][0]["results"] = [{"ruleId": 1}]
        self.assertEqual(len(self.schema_errors(report)), 2, "the schema takes anything")

    def multitool(self, file):
        """Rule and text of what it says; it ends with 0 even on errors."""
        tool = self.packages / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
        tool.chmod(0o755)
        run = subprocess.run([tool, "validate", file, "--rule-kind", "Sarif;Ghas"], capture_output=True, text=True, timeout=300, check=False,
                             env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "PATH": "/usr/bin:/bin", "HOME": str(file.parent)})
        self.assertIn("Analysis completed", run.stdout, run.stdout + run.stderr)
        print(run.stdout.strip())
        return re.findall(r": (error|warning|note) (\w+): (.*)", run.stdout)

    def test_multitool_finds_nothing(self):
        for project in self.projects:
            file = project.reports / "report.sarif"
            file.write_bytes((project.reports / "sarif").read_bytes())
            said = self.multitool(file)
            self.assertEqual({rule for _, rule, _ in said}, set() if project is self.projects[0] else EXPECTED, said)
        broken = json.loads(file.read_text())
        broken["runs"][0]["tool"]["driver"]["rules"] = [{"id": "x", "fullDescription": {"text": "X"}}]
        broken["runs"][0]["results"] = [{"ruleId": "x", "message": {"text": "Text."}, "locations": []}]
        file = file.with_name("broken.sarif")
        file.write_text(json.dumps(broken))
        self.assertTrue([said for said in self.multitool(file) if said[0] == "error"], "it says nothing of a broken file")

    def rdformat(self, file):
        command = ["node", self.packages / "@umbrelladocs/rdformat-validator/bin/rdformat-validator.js", "--strict", "--no-extra-fields", file]
        return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)

    def test_rdjson_is_valid(self):
        for project in self.projects:
            file = project.reports / "rd.json"
            file.write_bytes((project.reports / "rdjson").read_bytes())
            run = self.rdformat(file)
            self.assertEqual(run.returncode, 0, run.stdout[:2000] + run.stderr[:2000])
        broken = json.loads(file.read_text())
        broken["diagnostics"] = [{"message": 1, "location": {}}]
        file.write_text(json.dumps(broken))
        self.assertNotEqual(self.rdformat(file).returncode, 0, "the validator takes anything")


if __name__ == "__main__":
    run_tests("__main__")
