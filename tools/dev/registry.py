"""The registry of checks (checks/Checks.def), its pages and tests, as the developer's tools see them."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEF = "checks/Checks.def"
GUIDE = "docs/PERFORMANCE_TUNING.md"
TABLE = "docs/checks/README.md"
HEADINGS = ["What it finds", "Why it matters", "What it leaves alone", "Options", "Example", "Known limits", "See also"]
SEVERITIES = ("Warning", "Informational")

LINE = re.compile(r'^NETTUNE_CHECK\((\w+), "([a-z0-9-]+)", "([a-z0-9-]+)", (\w+), "([\d.]+)"\)$')
NAME = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$")


@dataclass(frozen=True)
class Check:
    cls: str
    name: str
    anchor: str
    severity: str
    since: str
    line: int

    @property
    def slug(self):
        return self.name.removeprefix("nettune-")

    @property
    def page(self):
        return f"docs/checks/{self.slug}.md"

    @property
    def tests(self):
        return f"test/checks/{self.slug}"


def class_of(slug):
    return "".join(word.capitalize() for word in slug.split("-")) + "Check"


def read_checks(root=ROOT):
    """Returns (checks, problems); a problem is `file:line: text`."""
    checks, problems = [], []
    for number, line in enumerate((root / DEF).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("//"):
            continue
        match = LINE.match(line)
        if not match:
            problems.append(f"{DEF}:{number}: not a NETTUNE_CHECK(class, \"name\", \"anchor\", severity, \"since\") line")
            continue
        check = Check(*match.groups(), number)
        if not check.name.startswith("nettune-"):
            problems.append(f"{DEF}:{number}: '{check.name}' does not begin with nettune-")
        elif check.cls != class_of(check.slug):
            problems.append(f"{DEF}:{number}: the class of '{check.name}' is {class_of(check.slug)}, not {check.cls}")
        if check.severity not in SEVERITIES:
            problems.append(f"{DEF}:{number}: severity '{check.severity}' is none of {', '.join(SEVERITIES)}")
        if any(c.name == check.name for c in checks):
            problems.append(f"{DEF}:{number}: '{check.name}' stands twice")
        checks.append(check)
    return checks, problems


def anchors(root=ROOT):
    """Explicit anchors of the guide: name to the lines that define it."""
    found = {}
    guide = root / GUIDE
    if guide.exists():
        for number, line in enumerate(guide.read_text(encoding="utf-8").splitlines(), 1):
            for name in re.findall(r'<a id="([^"]+)"></a>', line):
                found.setdefault(name, []).append(number)
    return found


def section(markdown, heading):
    """The text under `## heading`, without the heading."""
    match = re.search(rf"^## {re.escape(heading)}[ \t]*\n(.*?)(?=^## |\Z)", markdown, re.MULTILINE | re.DOTALL)
    return match.group(1).strip() if match else ""


def first_sentence(markdown):
    """What a check finds, in the one sentence that its page begins with."""
    paragraph = " ".join(section(markdown, HEADINGS[0]).split("\n\n")[0].split())
    return re.split(r"(?<=[.:])\s", paragraph + " ")[0].rstrip(" :")


def project_files(root=ROOT):
    """What git tracks or would track: everything that is not ignored."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
                            capture_output=True, check=True).stdout.decode()
    return sorted(name for name in set(listed.split("\0")) if name and (root / name).is_file())
