"""Packages of npm that the long tests of reports need, at fixed versions, below build."""

import subprocess

from sample import ROOT

# The schema of SARIF, its validator, the one of reviewdog's format, and what drives a browser. puppeteer-core 25 needs a newer node than Debian's.
PACKAGES = ["@microsoft/jest-sarif@1.0.0-beta.0", "@microsoft/sarif-multitool-linux@5.7.0", "@umbrelladocs/rdformat-validator@1.0.1", "puppeteer-core@24.16.0"]
HOME = ROOT / "build/reports-npm"


def installed():
    """The directory of the packages; installs them if need be."""
    done = HOME / "installed"
    wanted = "\n".join(PACKAGES)
    if not done.exists() or done.read_text() != wanted:
        HOME.mkdir(parents=True, exist_ok=True)
        (HOME / "package.json").write_text('{"private": true}\n')
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--legacy-peer-deps", *PACKAGES],
                       cwd=HOME, check=True, timeout=500)
        done.write_text(wanted)
    return HOME / "node_modules"
