#!/usr/bin/env python3
"""Stands in for clang-tidy in the runner's own tests: says what the plan file tells it to say."""

import json
import os
import sys
from pathlib import Path

plan = json.loads(Path(os.environ["FAKE_PLAN"]).read_text(encoding="utf-8"))
arguments = sys.argv[1:]
if "--list-checks" in arguments:
    print("Enabled checks:\n    " + "\n    ".join(plan.get("checks", ["nettune-x"])))
    sys.exit(0)
source = arguments[arguments.index("--") - 1]
for argument in arguments:
    if argument.startswith("--export-fixes=") and plan.get("fix"):
        Path(argument.split("=", 1)[1]).write_text(
            f"Diagnostics:\n  - DiagnosticName: {plan.get('fixer', 'nettune-x')}\n    ReplacementText: 'x'\n", encoding="utf-8")
if "--fix" in arguments:
    old, new = plan["fix"]
    path = Path(source)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    sys.exit(0)
for line in plan.get("output", []):
    print(line.replace("FILE", source))
print("1 warning generated.", file=sys.stderr)
sys.exit(plan.get("exit", 0))
