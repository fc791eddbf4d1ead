"""Usage: explains_all.py NETTUNE SOURCES: `nettune explain` has each name of its list and each section of the reference, and of each workload its own page."""

import json
import subprocess
import sys
from pathlib import Path

nettune, sources = sys.argv[1], Path(sys.argv[2])
reference = json.loads((sources / "checks/model/reference.json").read_text(encoding="utf-8"))


def explained(*name):
    return subprocess.run([nettune, "explain", *name], capture_output=True, text=True, check=False)


names = {line.strip() for line in explained().stdout.splitlines() if line.startswith("  ")}
names |= {entry["section"] for group in ("server", "sockets", "workloads", "os") for entry in reference[group]}
wrong = [name for name in sorted(names) if explained(name).returncode != 0]
for workload in reference["workloads"][1:]:  # the first is the default: the guide's section of settings
    title = (sources / f"docs/workloads/{workload['name']}.md").read_text(encoding="utf-8").splitlines()[0]
    wrong += [name for name in (workload["name"], workload["section"]) if not explained(name).stdout.startswith(title)]
print(f"{len(names)} names, wrong: {wrong}")
sys.exit(1 if wrong or len(names) < 30 else 0)
