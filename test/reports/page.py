#!/usr/bin/env python3
"""The page of `nettune check --format html` in headless Chromium: filter, chain, permalinks, states, no request, no error, no scrolling sideways.

Needs the network once, for a package of npm. Usage: test/reports/page.py [--pictures DIRECTORY]
"""

import subprocess
import sys
from pathlib import Path

from formats import SERVER, States
from hostile import NAMES, source
from npm import installed
from sample import ROOT, Project


def main():
    pictures = [str(Path(sys.argv[2]).resolve())] if sys.argv[1:2] == ["--pictures"] else []
    packages = installed()
    plain, hostile = Project("chat-server", SERVER), Project("page_hostile", {name: source(number) for number, name in enumerate(NAMES)})
    plain.check(), hostile.check()
    States.setUpClass()
    pages = []
    for project in (plain, States.project, hostile):
        pages.append(project.reports / "page.html")
        pages[-1].write_bytes((project.reports / "html").read_bytes())
    puppeteer = packages / "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js"
    sys.exit(subprocess.run(["node", ROOT / "test/reports/page.mjs", puppeteer, *pages, *pictures], timeout=400, check=False).returncode)


if __name__ == "__main__":
    main()
